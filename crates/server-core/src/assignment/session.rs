//! What assignment knows of a session that waits, and who has turned it down.

use std::collections::{BTreeMap, BTreeSet};

use protocol::ids::{AgentId, ChannelId};
use protocol::time::Timestamp;

use super::rules::Rules;
use crate::domain::language::Written;
use protocol::ids::SessionId;

/// A session that wants an agent and has no offer out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSession {
    /// Which one.
    pub session: SessionId,
    /// In which line it waits.
    pub channel: ChannelId,
    /// What the agent should be good at.
    pub expertise: BTreeSet<String>,
    /// What the visitor reads, the browser's first language first.
    pub languages: Vec<Written>,
    /// Where the visitor is, as an ISO 3166 code.
    pub country: Option<String>,
    /// Who attended the visitor last.
    pub previous_agent: Option<AgentId>,
    /// Since when; an offer that comes to nothing does not change it.
    pub waiting_since: Timestamp,
    /// Who was offered it and did not take it.
    pub turns: Turns,
}

/// How often one agent let a session pass, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How often they missed or declined it.
    pub count: u32,
    /// When last.
    pub last_at: Timestamp,
}

/// The agents who missed or declined a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    by_agent: BTreeMap<AgentId, Turn>,
}

impl Turns {
    /// Notes that the agent missed or declined the session.
    pub fn turned_down(&mut self, agent: &AgentId, at: Timestamp) {
        let turn = self.by_agent.entry(agent.clone()).or_insert(Turn {
            count: 0,
            last_at: at,
        });
        turn.count = turn.count.saturating_add(1);
        turn.last_at = at;
    }

    /// Whether nobody has turned it down.
    pub fn is_empty(&self) -> bool {
        self.by_agent.is_empty()
    }

    /// Everybody who has turned it down.
    pub fn iter(&self) -> impl Iterator<Item = (&AgentId, Turn)> {
        self.by_agent.iter().map(|(agent, turn)| (agent, *turn))
    }

    /// The smallest number of turns any of these agents had.
    pub(super) fn fewest(&self, in_play: &BTreeSet<AgentId>) -> u32 {
        if in_play.len() > self.by_agent.len() {
            return 0;
        }
        let counts = in_play
            .iter()
            .map(|agent| self.by_agent.get(agent).map_or(0, |turn| turn.count));
        counts.min().unwrap_or(0)
    }

    /// Whether the agent may be asked (again), when those in play had at least `fewest` turns.
    pub(super) fn allow(&self, agent: &AgentId, fewest: u32, now: Timestamp, rules: Rules) -> bool {
        let Some(turn) = self.by_agent.get(agent) else {
            return true;
        };
        let passed = now.since(turn.last_at);
        // A clock that was set back must not shut anybody out until it has caught up.
        let passed = if passed < 0 { i64::MAX } else { passed };
        passed >= rules.ask_again_ms || (turn.count <= fewest && passed >= rules.pause_ms)
    }

    /// The next instant after `now` at which somebody may be asked again.
    pub(super) fn next_change(&self, now: Timestamp, rules: Rules) -> Option<Timestamp> {
        self.by_agent
            .values()
            .flat_map(|turn| [rules.pause_ms, rules.ask_again_ms].map(|ms| turn.last_at.plus(ms)))
            .filter(|at| *at > now)
            .min()
    }
}
