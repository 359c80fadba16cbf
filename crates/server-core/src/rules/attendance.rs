//! Agents coming into a conversation and leaving it.
//!
//! Invariants: at most one owner; what hidden participants do is never told to the visitor; the
//! visitor is told once that an agent is there, however often their role changes.

use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::error::ErrorCode;
use protocol::ids::AgentId;
use protocol::message::SystemEventKind;
use protocol::time::Timestamp;

use super::change::Change;
use super::edit::{Edit, Line, session_of};
use super::help;
use super::waiting;
use crate::domain::{Audience, ParticipantRecord, Visibility};
use crate::error::Error;

/// Whether something was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved {
    Yes,
    No,
}

/// Makes the agent the owner, unless another is.
pub(crate) fn take(
    change: &mut Change<'_>,
    edit: &mut Edit,
    agent: &AgentId,
) -> Result<Moved, Error> {
    let present = change.tx.participants(&edit.record.id)?;
    match owner(&present) {
        Some(owner) if owner == agent => Ok(Moved::No),
        Some(_) => Err(ErrorCode::AlreadyTaken.into()),
        None => {
            let taken = SystemEventKind::ConversationTaken;
            enter(change, edit, agent, &present, ParticipantRole::Owner, taken)
        }
    }
}

/// Whether the agent is at least a visible member.
pub(crate) fn takes_part(present: &[ParticipantRecord], agent: &AgentId) -> bool {
    present.iter().any(|part| {
        part.agent == *agent
            && part.visibility == Visibility::Visible
            && part.role != ParticipantRole::Reader
    })
}

/// Makes the agent a visible member, unless they are at least that.
pub(crate) fn join(
    change: &mut Change<'_>,
    edit: &mut Edit,
    agent: &AgentId,
) -> Result<Moved, Error> {
    let present = change.tx.participants(&edit.record.id)?;
    if takes_part(&present, agent) {
        return Ok(Moved::No);
    }
    let role = match owner(&present) {
        Some(owner) if owner == agent => ParticipantRole::Owner,
        _ => ParticipantRole::Member,
    };
    let joined = SystemEventKind::AgentJoined;
    enter(change, edit, agent, &present, role, joined)
}

/// What an agent's message does: the first to answer owns, everybody who answers takes part.
pub(crate) fn answer(
    change: &mut Change<'_>,
    edit: &mut Edit,
    agent: &AgentId,
) -> Result<Moved, Error> {
    if owner(&change.tx.participants(&edit.record.id)?).is_none() {
        take(change, edit, agent)
    } else {
        join(change, edit, agent)
    }
}

/// Takes the agent out. What they owned waits for somebody else.
pub(crate) fn leave(
    change: &mut Change<'_>,
    edit: &mut Edit,
    agent: &AgentId,
) -> Result<Moved, Error> {
    let present = change.tx.participants(&edit.record.id)?;
    let Some(part) = present.iter().find(|part| part.agent == *agent) else {
        return Ok(Moved::No);
    };
    change.tx.remove_participant(&edit.record.id, agent)?;
    edit.agent_left(agent);
    if part.role == ParticipantRole::Owner {
        waiting::given_back(change, edit, agent)?;
    }
    let audience = audience_of(part.visibility);
    let left = SystemEventKind::AgentLeft;
    edit.say(change, Line::system(audience, left, Some(agent.clone())))?;
    edit.participants_changed(audience == Audience::All);
    Ok(Moved::Yes)
}

fn enter(
    change: &mut Change<'_>,
    edit: &mut Edit,
    agent: &AgentId,
    present: &[ParticipantRecord],
    role: ParticipantRole,
    event: SystemEventKind,
) -> Result<Moved, Error> {
    let was_visible = present
        .iter()
        .find(|part| part.agent == *agent && part.visibility == Visibility::Visible);
    // Later than everybody present, so that the order they came in is never a tie.
    let last = present.iter().map(|part| part.joined_at).max();
    let after_all = last.map_or(change.now, |last: Timestamp| change.now.max(last.plus(1)));
    change.tx.put_participant(&ParticipantRecord {
        conversation: edit.record.id.clone(),
        agent: agent.clone(),
        role,
        visibility: Visibility::Visible,
        joined_at: was_visible.map_or(after_all, |part| part.joined_at),
    })?;
    let audience = match was_visible {
        Some(_) => Audience::Agents,
        None => Audience::All,
    };
    edit.say(change, Line::system(audience, event, Some(agent.clone())))?;
    edit.participants_changed(audience == Audience::All);
    if role == ParticipantRole::Owner && owner(present) != Some(agent) {
        waiting::taken(change, edit, agent)?;
    }
    note_attended(change, edit)?;
    if edit.record.live_status == Some(LiveStatus::LookingForHelp) {
        edit.set_live_status(LiveStatus::InProgress);
        if was_visible.is_none() {
            help::came(change, &edit.record, agent)?;
        }
    }
    Ok(Moved::Yes)
}

/// An agent has accepted the session, whatever becomes of it.
fn note_attended(change: &mut Change<'_>, edit: &Edit) -> Result<(), Error> {
    let mut session = session_of(change.reading(), &edit.record)?;
    if !session.facts.attended {
        session.facts.attended = true;
        change.tx.put_session(&session)?;
    }
    Ok(())
}

fn owner(present: &[ParticipantRecord]) -> Option<&AgentId> {
    let mut owners = present
        .iter()
        .filter(|part| part.role == ParticipantRole::Owner);
    owners.next().map(|part| &part.agent)
}

/// Who may read a line about a participant.
fn audience_of(visibility: Visibility) -> Audience {
    match visibility {
        Visibility::Visible => Audience::All,
        Visibility::Hidden => Audience::Agents,
    }
}
