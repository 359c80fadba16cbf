//! Whether agents take work, as it is kept.

use protocol::agent::{Availability, BusyReason};
use protocol::ids::{AgentId, OfferId};
use protocol::time::Timestamp;

/// What an agent chose to be while at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// To take work.
    Available,
    /// To take none, perhaps saying why.
    Busy(Option<BusyReason>),
}

/// An agent's state. It outlives sign-outs and restarts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentStateRecord {
    /// Who.
    pub agent: AgentId,
    /// Whether they take work.
    pub availability: Availability,
    /// Since when.
    pub since: Timestamp,
    /// What they last chose; signing in brings it back.
    pub chosen: Chosen,
    /// The offer they missed, until they say that they are back.
    pub missed: Option<OfferId>,
    /// When something was last offered to them.
    pub last_offered_at: Option<Timestamp>,
    /// Misses that were forgiven since they last became available.
    pub misses_forgiven: u32,
}

impl AgentStateRecord {
    /// The state of somebody who has never said anything: available.
    pub fn first(agent: AgentId, since: Timestamp) -> Self {
        Self {
            agent,
            availability: Availability::Available,
            since,
            chosen: Chosen::Available,
            missed: None,
            last_offered_at: None,
            misses_forgiven: 0,
        }
    }

    /// Why they are busy.
    pub fn reason(&self) -> Option<BusyReason> {
        match (self.availability, self.chosen) {
            (Availability::Busy, Chosen::Busy(reason)) => reason,
            _ => None,
        }
    }
}

/// What a conversation's owner has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Running conversations in which something happened since an instant.
    pub conversations: u32,
    /// When something last happened in the quietest of them.
    pub quietest: Option<Timestamp>,
}
