//! What assignment knows of an agent.

use std::collections::BTreeSet;

use protocol::ids::{AgentId, ChannelId};
use protocol::time::Timestamp;

use crate::domain::language::Written;

/// Whether an agent can be offered anything at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Available, and some browser of theirs is connected.
    Ready,
    /// Busy, missed or offline by their state.
    NotAvailable,
    /// Available by their state, but their last browser has gone.
    Disconnected,
}

/// An agent, as far as assignment is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentStanding {
    /// Who.
    pub agent: AgentId,
    /// Where they answer.
    pub channels: BTreeSet<ChannelId>,
    /// Whether they can be offered anything.
    pub readiness: Readiness,
    /// Sessions they attend.
    pub load: u32,
    /// Offers they have not answered yet.
    pub offers: u32,
    /// How many sessions and offers they may have together.
    pub capacity: u32,
    /// What they are good at.
    pub expertise: BTreeSet<String>,
    /// What they write.
    pub languages: BTreeSet<Written>,
    /// Where they are, as an ISO 3166 code.
    pub country: Option<String>,
    /// When they were last offered something.
    pub last_offered_at: Option<Timestamp>,
}

impl AgentStanding {
    /// Whether they are among those who are asked in turn, with room or without.
    pub fn is_in_play(&self) -> bool {
        self.readiness == Readiness::Ready
    }

    /// How many more sessions they may be offered.
    pub fn room(&self) -> u32 {
        self.capacity.saturating_sub(self.taken())
    }

    /// Sessions and open offers: an offer takes the room its session will need.
    pub fn taken(&self) -> u32 {
        self.load.saturating_add(self.offers)
    }
}
