//! How a session ends: an agent ends it, or silence does.
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

/// The running session has been silent for too long. Nobody is told in so many words: who comes back
/// simply goes on, in a new session.
pub(crate) fn expire(change: &mut Change<'_>, edit: &mut Edit) -> Result<(), Error> {
    chatbot::make_room(change, edit)?;
    waiting::over(change, edit)
}

/// An agent ends the running session.
pub(crate) fn end(change: &mut Change<'_>, edit: &mut Edit, by: &AgentId) -> Result<(), Error> {
    expire(change, edit)?;
    let ended = SystemEventKind::SessionEnded;
    edit.say(change, Line::system(Audience::All, ended, Some(by.clone())))?;
    Ok(())
}
