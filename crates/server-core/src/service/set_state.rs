//! An agent begins or stops taking work.

use protocol::agent::{Availability, BusyReason, SetState};
use protocol::error::ErrorCode;
use protocol::hello::Done;
use protocol::ids::AgentId;

use super::Service;
use super::once::{Command, bad_frame};
use crate::domain::{AgentStateRecord, Chosen, Fingerprint, Principal};
use crate::error::Error;
use crate::rules::availability;

impl Service {
    /// Makes the agent what they choose. What they are already is done without a trace; who stops
    /// taking work keeps the conversations they own, and what was held out to them goes on.
    pub fn set_state(&self, agent: &AgentId, order: &SetState) -> Result<Done, Error> {
        let reason = order.reason.map_or("", BusyReason::as_str);
        let fields = ["set_state", order.availability.as_str(), reason];
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&fields),
        };
        self.once(&command, |change| {
            let chosen = chosen(order)?;
            let record = change.tx.agent(agent)?.ok_or(ErrorCode::Unauthenticated)?;
            let mut state = availability::state(change.reading(), &record)?;
            if is_that(&state, order.availability, chosen) {
                return Ok(None);
            }
            state.missed = None;
            state.chosen = chosen.unwrap_or(state.chosen);
            availability::set(change, state, order.availability)?;
            Ok(None)
        })
    }
}

/// What the agent is while at work; nothing when they go.
fn chosen(order: &SetState) -> Result<Option<Chosen>, Error> {
    match (order.availability, order.reason) {
        (Availability::Available, None) => Ok(Some(Chosen::Available)),
        (Availability::Offline, None) => Ok(None),
        // A reason of a later version is one that has no name here.
        (Availability::Busy, Some(BusyReason::Unknown)) => {
            Ok(Some(Chosen::Busy(Some(BusyReason::Other))))
        }
        (Availability::Busy, reason) => Ok(Some(Chosen::Busy(reason))),
        (Availability::Available | Availability::Offline, Some(_)) => {
            Err(bad_frame("only who is busy has a reason"))
        }
        (Availability::Missed | Availability::Unknown, _) => {
            Err(bad_frame("this state cannot be chosen"))
        }
    }
}

fn is_that(state: &AgentStateRecord, availability: Availability, chosen: Option<Chosen>) -> bool {
    state.availability == availability && chosen.is_none_or(|chosen| chosen == state.chosen)
}
