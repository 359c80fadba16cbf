//! Whether agents take work: how one state leads to another.
//!
//! Invariants: nothing is held out to somebody who is not available; what was missed stays
//! missed until the agent says otherwise, through sign-outs and restarts.

use protocol::agent::{Availability, OfferStatus};
use protocol::ids::AgentId;

use super::change::Change;
use super::offering;
use crate::domain::{AgentRecord, AgentStateRecord, Chosen};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};

/// The agent's state; available for somebody who has never said anything.
pub(crate) fn state(reading: &dyn Reading, agent: &AgentRecord) -> Stored<AgentStateRecord> {
    let kept = reading.agent_state(&agent.id)?;
    Ok(kept.unwrap_or_else(|| AgentStateRecord::first(agent.id.clone(), agent.created_at)))
}

/// Makes the agent this from now on. Who takes no work is held out nothing.
pub(crate) fn set(
    change: &mut Change<'_>,
    mut state: AgentStateRecord,
    availability: Availability,
) -> Result<(), Error> {
    state.availability = availability;
    state.since = change.now;
    if availability == Availability::Available {
        state.misses_forgiven = 0;
    }
    change.tx.put_agent_state(&state)?;
    change.agent_changed(&state.agent)?;
    if availability != Availability::Available {
        offering::end_all(change, &state.agent, OfferStatus::Withdrawn)?;
    }
    Ok(())
}

/// The agent comes to work: what they last chose holds again, and what they missed, too.
pub(crate) fn signed_in(change: &mut Change<'_>, agent: &AgentId) -> Result<(), Error> {
    let Some(state) = change.tx.agent_state(agent)? else {
        let first = AgentStateRecord::first(agent.clone(), change.now);
        return set(change, first, Availability::Available);
    };
    if state.availability != Availability::Offline {
        return Ok(());
    }
    let back = match (&state.missed, state.chosen) {
        (Some(_), _) => Availability::Missed,
        (None, Chosen::Available) => Availability::Available,
        (None, Chosen::Busy(_)) => Availability::Busy,
    };
    set(change, state, back)
}

/// The agent has signed out everywhere.
pub(crate) fn signed_out(change: &mut Change<'_>, agent: &AgentId) -> Result<(), Error> {
    match change.tx.agent_state(agent)? {
        Some(state) if state.availability != Availability::Offline => {
            set(change, state, Availability::Offline)
        }
        _ => Ok(()),
    }
}
