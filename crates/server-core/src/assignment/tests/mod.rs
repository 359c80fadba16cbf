//! Assignment: who may, who suits best, and what the board makes of it.

mod choosing;
mod lines;
mod properties;
mod turns;

use std::collections::BTreeSet;

use protocol::ids::{AgentId, ChannelId};
use protocol::time::Timestamp;

use super::{AgentStanding, Board, Readiness, Reason, Rules, Turns, WaitingSession, choose};
use crate::domain::language::Written;
use protocol::ids::SessionId;

/// Well after everything that happened in a test.
const NOW: Timestamp = Timestamp(1_000_000);

fn id(name: &str) -> AgentId {
    AgentId::parse(name).unwrap()
}

fn channel(name: &str) -> ChannelId {
    ChannelId::parse(name).unwrap()
}

fn written(tag: &str) -> Written {
    Written::of(tag).unwrap()
}

fn session_id(name: &str) -> SessionId {
    SessionId::parse(name).unwrap()
}

/// An agent of the channel `support` with room for four, who knows nothing special.
fn agent(name: &str) -> AgentStanding {
    AgentStanding {
        agent: id(name),
        channels: BTreeSet::from([channel("support")]),
        readiness: Readiness::Ready,
        load: 0,
        offers: 0,
        capacity: 4,
        expertise: BTreeSet::new(),
        languages: BTreeSet::new(),
        country: None,
        last_offered_at: None,
    }
}

/// A session of the channel `support` that wants nothing special.
fn session(name: &str, waiting_since: i64) -> WaitingSession {
    WaitingSession {
        session: session_id(name),
        channel: channel("support"),
        expertise: BTreeSet::new(),
        languages: Vec::new(),
        country: None,
        previous_agent: None,
        waiting_since: Timestamp(waiting_since),
        turns: Turns::default(),
    }
}

fn chosen(session: &WaitingSession, agents: &[AgentStanding]) -> (String, Vec<Reason>) {
    let agents: Vec<&AgentStanding> = agents.iter().collect();
    let (agent, why) = choose(session, &agents, NOW, 0).unwrap();
    (agent.as_str().to_owned(), why)
}

fn board(agents: &[AgentStanding], sessions: &[WaitingSession]) -> Board {
    let mut board = Board::new(Rules::default());
    for agent in agents {
        board.set_agent(agent.clone());
    }
    for session in sessions {
        board.add_session(session.clone());
    }
    board
}

/// All choices that can be made now, as `session>agent`.
fn choices(board: &mut Board, now: Timestamp) -> Vec<String> {
    std::iter::from_fn(|| board.next(now, 0))
        .map(|choice| format!("{}>{}", choice.session.session, choice.agent))
        .collect()
}
