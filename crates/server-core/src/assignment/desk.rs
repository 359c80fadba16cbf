//! One channel's side of the board: its line, and the agents who answer in it.

use std::collections::BTreeSet;

use protocol::ids::AgentId;
use protocol::time::Timestamp;

use super::agent::AgentStanding;
use super::pace::Pace;
use super::session::WaitingSession;
use protocol::ids::SessionId;

/// Where a session stands in any line: the oldest first.
pub(super) type Spot = (Timestamp, SessionId);

pub(super) fn spot(session: &WaitingSession) -> Spot {
    (session.waiting_since, session.session.clone())
}

/// A channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    /// Everybody who waits.
    pub(super) line: BTreeSet<Spot>,
    /// Those of them whom somebody has turned down.
    pub(super) turned_down: BTreeSet<Spot>,
    /// Agents who are ready, with room or without.
    pub(super) in_play: BTreeSet<AgentId>,
    /// Those of them who have room.
    pub(super) with_room: BTreeSet<AgentId>,
    /// How fast the line moves.
    pub(super) pace: Pace,
}

impl Desk {
    pub(super) fn seat(&mut self, agent: &AgentStanding) {
        if agent.is_in_play() {
            self.in_play.insert(agent.agent.clone());
            if agent.room() > 0 {
                self.with_room.insert(agent.agent.clone());
            }
        }
    }

    pub(super) fn unseat(&mut self, agent: &AgentId) {
        self.in_play.remove(agent);
        self.with_room.remove(agent);
    }

    pub(super) fn line_up(&mut self, session: &WaitingSession) {
        self.line.insert(spot(session));
        if !session.turns.is_empty() {
            self.turned_down.insert(spot(session));
        }
    }

    pub(super) fn step_out(&mut self, spot: &Spot) {
        self.line.remove(spot);
        self.turned_down.remove(spot);
    }
}
