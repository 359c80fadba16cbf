//! The two who decide: the board, and a plain round robin to compare it with.

use std::collections::BTreeMap;

use protocol::ids::{AgentId, SessionId};
use protocol::time::Timestamp;
use server_core::assignment::{AgentStanding, Board, Readiness, Rules, WaitingSession};

use super::Dealer;

/// Somebody who decides.
pub(super) enum Table {
    Board(Box<Board>),
    Circle(Circle),
}

impl Table {
    pub(super) fn new(dealer: Dealer) -> Self {
        match dealer {
            Dealer::Board => Self::Board(Box::new(Board::new(Rules::default()))),
            Dealer::RoundRobin => Self::Circle(Circle::default()),
        }
    }

    pub(super) fn set_agent(&mut self, agent: &AgentStanding) {
        match self {
            Self::Board(board) => board.set_agent(agent.clone()),
            Self::Circle(circle) => {
                circle.agents.insert(agent.agent.clone(), agent.clone());
            }
        }
    }

    pub(super) fn add_session(&mut self, session: WaitingSession) {
        match self {
            Self::Board(board) => board.add_session(session),
            Self::Circle(circle) => {
                let place = (session.waiting_since, session.session.clone());
                circle.line.insert(place, session);
            }
        }
    }

    /// When to ask again although nothing happens.
    pub(super) fn next_wake(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Board(board) => board.next_wake(),
            Self::Circle(circle) => circle
                .line
                .values()
                .flat_map(|session| session.turns.iter())
                .map(|(_, turn)| turn.last_at.plus(PAUSE_MS))
                .filter(|at| *at > now)
                .min(),
        }
    }

    pub(super) fn next(&mut self, now: Timestamp, draw: u64) -> Option<(WaitingSession, AgentId)> {
        match self {
            Self::Board(board) => {
                let choice = board.next(now, draw)?;
                Some((choice.session, choice.agent))
            }
            Self::Circle(circle) => circle.next(now),
        }
    }
}

/// How long the round robin leaves those alone who turned a session down.
const PAUSE_MS: i64 = 30_000;

/// Agents in a fixed order; each session goes to the next one with room.
#[derive(Default)]
pub(super) struct Circle {
    agents: BTreeMap<AgentId, AgentStanding>,
    line: BTreeMap<(Timestamp, SessionId), WaitingSession>,
    last: Option<AgentId>,
}

impl Circle {
    fn next(&mut self, now: Timestamp) -> Option<(WaitingSession, AgentId)> {
        let found = self
            .line
            .iter()
            .find_map(|(place, session)| Some((place.clone(), self.turn_of(session, now)?)));
        let (place, agent) = found?;
        let session = self.line.remove(&place)?;
        if let Some(standing) = self.agents.get_mut(&agent) {
            standing.offers += 1;
        }
        self.last = Some(agent.clone());
        Some((session, agent))
    }

    fn turn_of(&self, session: &WaitingSession, now: Timestamp) -> Option<AgentId> {
        let may = |agent: &&AgentStanding| {
            let mut turns = session.turns.iter();
            let paused = turns
                .any(|(other, turn)| *other == agent.agent && now.since(turn.last_at) < PAUSE_MS);
            agent.readiness == Readiness::Ready
                && agent.room() > 0
                && agent.channels.contains(&session.channel)
                && !paused
        };
        let is_later = |agent: &&AgentStanding| Some(&agent.agent) > self.last.as_ref();
        let mut able = self.agents.values().filter(may);
        let later = able.clone().find(is_later);
        later
            .or_else(|| able.next())
            .map(|agent| agent.agent.clone())
    }
}
