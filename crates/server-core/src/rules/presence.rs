//! Which agents have a screen that is connected, and for how long others have had none.
//!
//! Kept in memory: after a restart nobody has been here yet, and everybody counts as gone since
//! the start. Invariant: who is signed in and has a socket is
//! never gone.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::ids::AgentId;
use protocol::time::Timestamp;

use crate::settings::OfferSettings;

/// What is to be done about an agent who has no screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Absence {
    /// Nothing yet.
    Brief,
    /// Their offers go to others.
    Disconnected,
    /// Their sessions go to others.
    Gone,
}

/// An agent whose absence has consequences now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) agent: AgentId,
    pub(crate) absence: Absence,
    pub(crate) since: Timestamp,
}

#[derive(Clone, Copy, Debug)]
struct Seat {
    sockets: u32,
    /// Whether they had a socket since the start.
    was_here: bool,
    gone_since: Timestamp,
    signed_out: bool,
    settled: Absence,
}

/// Everybody's screens.
#[derive(Debug)]
pub(crate) struct Presence {
    started_at: Timestamp,
    seats: Mutex<HashMap<AgentId, Seat>>,
}

impl Presence {
    pub(crate) fn new(started_at: Timestamp) -> Self {
        Self {
            started_at,
            seats: Mutex::default(),
        }
    }

    /// Makes an agent known who was not here since the start.
    pub(crate) fn learn(&self, agent: &AgentId, signed_in: bool) {
        let vacant = self.vacant();
        let mut seats = self.seats();
        seats.entry(agent.clone()).or_insert(Seat {
            signed_out: !signed_in,
            ..vacant
        });
    }

    /// A socket of the agent was opened. Says whether it is their only one.
    pub(crate) fn arrived(&self, agent: &AgentId) -> bool {
        let vacant = self.vacant();
        let mut seats = self.seats();
        let seat = seats.entry(agent.clone()).or_insert(vacant);
        seat.sockets = seat.sockets.saturating_add(1);
        seat.was_here = true;
        seat.signed_out = false;
        seat.settled = Absence::Brief;
        seat.sockets == 1
    }

    /// A socket of the agent was closed. Says whether it was their last one.
    pub(crate) fn left(&self, agent: &AgentId, now: Timestamp) -> bool {
        match self.seats().get_mut(agent) {
            Some(seat) => {
                seat.sockets = seat.sockets.saturating_sub(1);
                seat.gone_since = now;
                seat.sockets == 0
            }
            None => false,
        }
    }

    /// The agent has signed out everywhere: they need not be waited for.
    pub(crate) fn signed_out(&self, agent: &AgentId, now: Timestamp) {
        let vacant = self.vacant();
        let mut seats = self.seats();
        let seat = seats.entry(agent.clone()).or_insert(vacant);
        if seat.sockets > 0 {
            seat.gone_since = now;
        }
        seat.signed_out = true;
    }

    /// The agent is signed in again somewhere.
    pub(crate) fn signed_in(&self, agent: &AgentId) {
        if let Some(seat) = self.seats().get_mut(agent) {
            seat.signed_out = false;
        }
    }

    /// Whether a screen of the agent is connected.
    pub(crate) fn is_here(&self, agent: &AgentId) -> bool {
        let seats = self.seats();
        seats.get(agent).is_some_and(|seat| seat.sockets > 0)
    }

    /// Whether something may be offered to the agent: their screen is there, or was a moment ago.
    pub(crate) fn may_be_asked(
        &self,
        agent: &AgentId,
        now: Timestamp,
        settings: &OfferSettings,
    ) -> bool {
        let seats = self.seats();
        seats
            .get(agent)
            .is_some_and(|seat| seat.was_here && seat.absence(now, settings) == Absence::Brief)
    }

    /// Whether the agent is gone for good.
    pub(crate) fn is_gone(
        &self,
        agent: &AgentId,
        now: Timestamp,
        settings: &OfferSettings,
    ) -> bool {
        let vacant = self.vacant();
        let seat = self.seats().get(agent).copied().unwrap_or(vacant);
        seat.absence(now, settings) == Absence::Gone
    }

    /// Agents whose absence has consequences that were not drawn yet.
    pub(crate) fn due(&self, now: Timestamp, settings: &OfferSettings) -> Vec<Due> {
        let seats = self.seats();
        let due = seats.iter().filter_map(|(agent, seat)| {
            let absence = seat.absence(now, settings);
            (absence > seat.settled).then(|| Due {
                agent: agent.clone(),
                absence,
                since: seat.gone_since,
            })
        });
        due.collect()
    }

    /// The consequences were drawn.
    pub(crate) fn settle(&self, due: &Due) {
        if let Some(seat) = self.seats().get_mut(&due.agent) {
            // Somebody who came back meanwhile begins afresh.
            if seat.sockets == 0 && seat.gone_since == due.since {
                seat.settled = seat.settled.max(due.absence);
            }
        }
    }

    /// When [`Presence::due`] should be asked again although nobody comes or goes.
    pub(crate) fn next_due(&self, settings: &OfferSettings) -> Option<Timestamp> {
        let seats = self.seats();
        let next = seats.values().filter_map(|seat| {
            let wait = match seat.settled {
                _ if seat.sockets > 0 => return None,
                Absence::Brief => settings.disconnected_after_ms,
                Absence::Disconnected => settings.gone_after_ms,
                Absence::Gone => return None,
            };
            Some(seat.gone_since.plus(wait))
        });
        next.min()
    }

    fn vacant(&self) -> Seat {
        Seat {
            sockets: 0,
            was_here: false,
            gone_since: self.started_at,
            signed_out: false,
            settled: Absence::Brief,
        }
    }

    fn seats(&self) -> MutexGuard<'_, HashMap<AgentId, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    fn absence(&self, now: Timestamp, settings: &OfferSettings) -> Absence {
        let gone_for = now.since(self.gone_since);
        if self.signed_out {
            Absence::Gone
        } else if self.sockets > 0 {
            Absence::Brief
        } else if gone_for >= settings.gone_after_ms {
            Absence::Gone
        } else if gone_for >= settings.disconnected_after_ms {
            Absence::Disconnected
        } else {
            Absence::Brief
        }
    }
}
