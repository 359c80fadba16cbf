//! The agent's own state: what the server says, and what the agent chose and the server has not
//! confirmed.

use protocol::agent::{AgentState, Availability, BusyReason};
use protocol::ids::ClientId;

/// A state the agent chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) client_id: ClientId,
    pub(crate) availability: Availability,
    pub(crate) reason: Option<BusyReason>,
    /// The server took it; its entry is on the way.
    pub(crate) answered: bool,
}

impl Choice {
    fn is_told_by(&self, state: &AgentState) -> bool {
        self.availability == state.availability && self.reason == state.reason
    }
}

/// The agent's state.
#[derive(Debug, Default)]
pub(crate) struct OwnState {
    pub(crate) told: Option<AgentState>,
    pub(crate) choice: Option<Choice>,
}

impl OwnState {
    /// The server says how it is. A choice without an answer stays: it is still wanted.
    pub(crate) fn tell(&mut self, state: AgentState) {
        let is_settled = |choice: &Choice| choice.answered || choice.is_told_by(&state);
        if self.choice.as_ref().is_some_and(is_settled) {
            self.choice = None;
        }
        self.told = Some(state);
    }

    /// The server took a choice.
    pub(crate) fn taken(&mut self, client_id: &ClientId) {
        let Some(choice) = &mut self.choice else {
            return;
        };
        if choice.client_id != *client_id {
            return;
        }
        choice.answered = true;
        let is_told = self
            .told
            .as_ref()
            .is_some_and(|state| choice.is_told_by(state));
        if is_told {
            self.choice = None;
        }
    }

    /// The server refused a choice; says whether it was the one in sight.
    pub(crate) fn refused(&mut self, client_id: &ClientId) -> bool {
        let is_it = |choice: &Choice| choice.client_id == *client_id;
        let was_it = self.choice.as_ref().is_some_and(is_it);
        if was_it {
            self.choice = None;
        }
        was_it
    }

    /// How many open offers there is room for. Those open count as load already.
    pub(crate) fn room(&self, open: usize) -> usize {
        let Some(state) = &self.told else {
            return open;
        };
        let running = (state.load as usize).saturating_sub(open);
        (state.capacity as usize).saturating_sub(running).min(open)
    }
}
