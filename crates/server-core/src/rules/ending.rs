//! How a session ends before its time.
//!
//! Invariants: what is over has no place in line, no offer and no open question; who took part stays on
//! record until the next session begins.

use protocol::ids::AgentId;
use protocol::message::SystemEventKind;

use super::change::Change;
use super::chatbot;
use super::edit::{Edit, Line};
use super::waiting;
use crate::domain::Audience;
use crate::error::Error;

/// An agent ends the running session.
pub(crate) fn end(change: &mut Change<'_>, edit: &mut Edit, by: &AgentId) -> Result<(), Error> {
    chatbot::make_room(change, edit)?;
    waiting::over(change, edit)?;
    let ended = SystemEventKind::SessionEnded;
    edit.say(change, Line::system(Audience::All, ended, Some(by.clone())))?;
    Ok(())
}
