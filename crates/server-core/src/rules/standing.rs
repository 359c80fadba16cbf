//! Where a conversation's latest session stands, and what an agent can do about it.
//!
//! Gathers from storage what `session` decides by. Invariant: what a use case refuses here is what the
//! agent's screen was told cannot be done.

use protocol::agent::SessionStanding;
use protocol::author::AgentRef;
use protocol::conversation::LiveStatus;
use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{AgentId, ConversationId};
use protocol::session::{Obstacle, SessionAction, SessionRefusal, SessionState};

use super::attendance;
use super::edit::session_of;
use crate::domain::{ConversationRecord, SessionRecord};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};
use crate::session::{self, Part, Situation};

/// All that decides what the agent can do about the latest session.
fn situation(
    reading: &dyn Reading,
    record: &ConversationRecord,
    latest: &SessionRecord,
    agent: &AgentId,
) -> Stored<Situation> {
    let present = reading.participants(&record.id)?;
    let own = present.iter().find(|part| part.agent == *agent);
    Ok(Situation {
        state: state(reading, record, latest)?,
        live_status: record.live_status,
        part: own.map(|part| Part {
            role: part.role,
            visibility: part.visibility,
        }),
        others: present.iter().any(|part| part.agent != *agent),
        answers_here: reading.answers_in(agent, &record.channel)?,
        owes_wrap_up: false,
        extended: false,
    })
}

/// Where the session stands.
fn state(
    reading: &dyn Reading,
    record: &ConversationRecord,
    session: &SessionRecord,
) -> Stored<SessionState> {
    if session.ended_at.is_some() || record.live_status.is_none() {
        return Ok(SessionState::Closed);
    }
    if record.owner.is_some() {
        return Ok(SessionState::Attended);
    }
    if session.waiting_since.is_none() {
        return Ok(SessionState::Chatbot);
    }
    Ok(match reading.open_offer(&session.id)? {
        Some(_) => SessionState::Offered,
        None => SessionState::Waiting,
    })
}

/// Passes when the agent can do this now.
///
/// # Errors
/// `not_now`, with where the session stands and what can be done.
pub(crate) fn check(
    reading: &dyn Reading,
    record: &ConversationRecord,
    agent: &AgentId,
    action: SessionAction,
) -> Result<(), Error> {
    let latest = session_of(reading, record)?;
    let now = situation(reading, record, &latest, agent)?;
    let Err(obstacle) = session::check(action, &now) else {
        return Ok(());
    };
    Err(refusal(&now, obstacle, None))
}

fn refusal(now: &Situation, obstacle: Obstacle, by: Option<AgentRef>) -> Error {
    Refusal {
        session: Some(Box::new(SessionRefusal {
            state: now.state,
            obstacle,
            allowed: session::allowed(now),
            by,
        })),
        ..ErrorCode::NotNow.into()
    }
    .into()
}

/// Passes while help is wanted in the conversation, and for who takes part in it already.
///
/// # Errors
/// `not_now` with who came to help, when somebody did: the second of two does not reach the
/// conversation any more, and is told all the same. What looks for no help and never did is left to
/// other checks.
pub(crate) fn check_help(
    reading: &dyn Reading,
    id: &ConversationId,
    agent: &AgentId,
) -> Result<(), Error> {
    let Some(record) = reading.conversation(id)? else {
        return Ok(());
    };
    let latest = session_of(reading, &record)?;
    let Some(help) = &latest.help else {
        return Ok(());
    };
    let wanted = record.live_status == Some(LiveStatus::LookingForHelp);
    let inside = attendance::takes_part(&reading.participants(id)?, agent);
    if wanted || inside {
        return Ok(());
    }
    let by = match &help.answered_by {
        Some(helper) => reading.agent(helper)?.map(|helper| helper.to_ref()),
        None => None,
    };
    let now = situation(reading, &record, &latest, agent)?;
    Err(refusal(&now, Obstacle::NoHelpWanted, by))
}

/// The session as the agent is told of it.
pub(crate) fn shown(
    reading: &dyn Reading,
    record: &ConversationRecord,
    agent: &AgentId,
) -> Stored<SessionStanding> {
    let latest = session_of(reading, record)?;
    let now = situation(reading, record, &latest, agent)?;
    Ok(SessionStanding {
        session: latest.id,
        state: now.state,
        started_at: latest.started_at,
        ended_at: latest.ended_at,
        outcome: latest.ended_at.map(|_| session::outcome(&latest.facts)),
        actions: session::actions(&now),
    })
}
