//! Sessions in the waiting line: how they come into it and how they leave it.
//!
//! Invariant: a session waits only while it runs and nobody owns its conversation.

use protocol::agent::OfferStatus;
use protocol::ids::{AgentId, SessionId};

use super::change::Change;
use super::chatbot;
use super::edit::{Edit, session_of};
use super::offering;
use crate::domain::TurnRecord;
use crate::error::Error;

/// The session wants an agent from now on, unless it has one or waits already.
pub(crate) fn wanted(change: &mut Change<'_>, edit: &mut Edit) -> Result<(), Error> {
    if edit.record.owner.is_some() || edit.record.live_status.is_none() {
        return Ok(());
    }
    let mut session = session_of(change.reading(), &edit.record)?;
    if session.waiting_since.is_some() {
        return Ok(());
    }
    session.waiting_since = Some(change.now);
    session.facts.wanted = true;
    change.tx.put_session(&session)?;
    change.session_changed(&session.id);
    edit.line_changed();
    Ok(())
}

/// An agent answers for the conversation now: nobody waits any more, and nobody else is asked.
pub(crate) fn taken(change: &mut Change<'_>, edit: &mut Edit, by: &AgentId) -> Result<(), Error> {
    edit.set_owner(Some(by), change);
    chatbot::make_room(change, edit)?;
    change.agent_changed(by)?;
    let mut session = session_of(change.reading(), &edit.record)?;
    if session.waiting_since.take().is_some() {
        change.tx.put_session(&session)?;
        change.departed(&edit.record.channel);
        edit.line_changed();
    }
    if let Some(offer) = change.tx.open_offer(&session.id)? {
        if offer.agent == *by {
            offering::end(change, offer, OfferStatus::Accepted)?;
        } else {
            offering::taken_by_another(change, offer, by)?;
        }
    }
    change.session_changed(&session.id);
    Ok(())
}

/// The owner has left: while the session runs, it waits again.
pub(crate) fn given_back(
    change: &mut Change<'_>,
    edit: &mut Edit,
    by: &AgentId,
) -> Result<(), Error> {
    edit.set_owner(None, change);
    change.agent_changed(by)?;
    let mut session = session_of(change.reading(), &edit.record)?;
    session.previous_agent = Some(by.clone());
    change.tx.put_session(&session)?;
    wanted(change, edit)
}

/// The session is over: nobody waits any more, and nobody is asked.
pub(crate) fn over(change: &mut Change<'_>, edit: &mut Edit) -> Result<(), Error> {
    let session = session_of(change.reading(), &edit.record)?;
    if session.waiting_since.is_some() && edit.record.owner.is_none() {
        change.departed(&edit.record.channel);
    }
    if let Some(offer) = change.tx.open_offer(&session.id)? {
        offering::end(change, offer, OfferStatus::Withdrawn)?;
    }
    edit.end_session(change)
}

/// Notes that an agent let the session pass, so that others are asked before them.
pub(crate) fn passed(
    change: &mut Change<'_>,
    session: &SessionId,
    agent: &AgentId,
) -> Result<(), Error> {
    let turns = change.tx.turns(session)?;
    let before = turns.iter().find(|turn| turn.agent == *agent);
    change.tx.put_turn(&TurnRecord {
        session: session.clone(),
        agent: agent.clone(),
        count: before.map_or(0, |turn| turn.count).saturating_add(1),
        last_at: change.now,
    })?;
    change.session_changed(session);
    Ok(())
}
