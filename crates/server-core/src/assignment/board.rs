//! Everybody who waits and everybody who answers, kept up to date one fact at a time.
//!
//! What cannot have changed is not looked at again: a pair of session and agent is looked at when
//! one of them is fresh. Invariant: outside of the fresh ones no agent may take any session that
//! waits.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use protocol::ids::{AgentId, ChannelId};
use protocol::time::Timestamp;

use super::agent::AgentStanding;
use super::choice::{Choice, choose};
use super::desk::{Desk, Spot, spot};
use super::rules::Rules;
use super::score::Reason;
use super::session::WaitingSession;
use protocol::ids::SessionId;

/// Where a session stands in its channel's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub position: u32,
    /// How long it is expected to wait, in milliseconds; absent when there is no telling.
    pub expected_wait_ms: Option<i64>,
}

/// All lines and all agents.
#[derive(Clone, Debug, Default)]
pub struct Board {
    rules: Rules,
    agents: BTreeMap<AgentId, AgentStanding>,
    sessions: BTreeMap<SessionId, WaitingSession>,
    desks: BTreeMap<ChannelId, Desk>,
    fresh_agents: BTreeSet<AgentId>,
    fresh_sessions: BTreeSet<Spot>,
    /// When a session that was turned down has to be looked at again.
    wakes: BTreeSet<(Timestamp, SessionId)>,
}

/// A session with the agent who suits it best.
struct Found {
    session: SessionId,
    agent: AgentId,
    why: Vec<Reason>,
}

impl Board {
    /// An empty board.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// Takes over all that is known of an agent now, whatever it was before.
    pub fn set_agent(&mut self, agent: AgentStanding) {
        let before = self.unseat(&agent.agent);
        for channel in &agent.channels {
            self.desks.entry(channel.clone()).or_default().seat(&agent);
        }
        if agent.is_in_play() && agent.room() > 0 {
            self.fresh_agents.insert(agent.agent.clone());
        }
        self.agents.insert(agent.agent.clone(), agent);
        self.free_those_who_waited_for(before);
    }

    /// Forgets an agent.
    pub fn remove_agent(&mut self, agent: &AgentId) {
        let before = self.unseat(agent);
        self.free_those_who_waited_for(before);
    }

    fn unseat(&mut self, agent: &AgentId) -> Option<AgentStanding> {
        self.fresh_agents.remove(agent);
        let before = self.agents.remove(agent)?;
        for channel in &before.channels {
            if let Some(desk) = self.desks.get_mut(channel) {
                desk.unseat(agent);
            }
        }
        Some(before)
    }

    /// Where an agent is no longer in play, nobody has to wait for their turn.
    fn free_those_who_waited_for(&mut self, before: Option<AgentStanding>) {
        let Some(before) = before.filter(AgentStanding::is_in_play) else {
            return;
        };
        for channel in &before.channels {
            if let Some(desk) = self.desks.get(channel)
                && !desk.in_play.contains(&before.agent)
            {
                self.fresh_sessions.extend(desk.turned_down.iter().cloned());
            }
        }
    }

    /// An agent, as last told.
    pub fn agent(&self, agent: &AgentId) -> Option<&AgentStanding> {
        self.agents.get(agent)
    }

    /// Puts a session in its line, or back where it stood; also when its wishes have changed.
    pub fn add_session(&mut self, session: WaitingSession) {
        self.remove_session(&session.session);
        let desk = self.desks.entry(session.channel.clone()).or_default();
        desk.line_up(&session);
        self.fresh_sessions.insert(spot(&session));
        self.sessions.insert(session.session.clone(), session);
    }

    /// Takes a session out of its line.
    pub fn remove_session(&mut self, session: &SessionId) -> Option<WaitingSession> {
        let before = self.sessions.remove(session)?;
        let spot = spot(&before);
        if let Some(desk) = self.desks.get_mut(&before.channel) {
            desk.step_out(&spot);
        }
        self.fresh_sessions.remove(&spot);
        if !before.turns.is_empty() {
            self.wakes.retain(|(_, other)| other != session);
        }
        Some(before)
    }

    /// Notes that a session has left this channel's line for good: an agent accepted it, or the
    /// visitor left. Expected waits are reckoned from these.
    pub fn departed(&mut self, channel: &ChannelId, at: Timestamp) {
        let desk = self.desks.entry(channel.clone()).or_default();
        desk.pace.departed(at);
    }

    /// Where a session stands in its line; nothing when it does not wait.
    pub fn place(&self, session: &SessionId, now: Timestamp) -> Option<Place> {
        let waiting = self.sessions.get(session)?;
        let desk = self.desks.get(&waiting.channel)?;
        let ahead = desk.line.range(..spot(waiting)).count();
        let position = u32::try_from(ahead).ok()?.checked_add(1)?;
        Some(Place {
            position,
            expected_wait_ms: desk.pace.expected_wait_ms(position, now),
        })
    }

    /// Everybody in line, with their place.
    pub fn places(&self, now: Timestamp) -> impl Iterator<Item = (&ChannelId, &SessionId, Place)> {
        self.desks.iter().flat_map(move |(channel, desk)| {
            (1_u32..)
                .zip(&desk.line)
                .map(move |(position, (_, session))| {
                    let expected_wait_ms = desk.pace.expected_wait_ms(position, now);
                    let place = Place {
                        position,
                        expected_wait_ms,
                    };
                    (channel, session, place)
                })
        })
    }

    /// A channel's line, oldest first.
    pub fn line(&self, channel: &ChannelId) -> impl Iterator<Item = &SessionId> {
        let line = self.desks.get(channel).map(|desk| &desk.line);
        line.into_iter().flatten().map(|(_, session)| session)
    }

    /// When [`Board::next`] should be asked again although nothing happens.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.wakes.first().map(|(at, _)| *at)
    }

    /// The oldest session that somebody may take, with the agent who suits it best. It leaves the
    /// line and its offer counts for the agent at once. To be called until it answers nothing.
    pub fn next(&mut self, now: Timestamp, draw: u64) -> Option<Choice> {
        self.wake(now);
        let (looked_at, found) = self.find(now, draw);
        for spot in looked_at {
            self.rest(&spot, now);
        }
        let Some(Found {
            session,
            agent,
            why,
        }) = found
        else {
            self.fresh_agents.clear();
            return None;
        };
        let session = self.remove_session(&session)?;
        if let Some(before) = self.agents.get(&agent) {
            let mut after = before.clone();
            after.offers = after.offers.saturating_add(1);
            after.last_offered_at = Some(now);
            self.offered(after);
        }
        Some(Choice {
            session,
            agent,
            why,
        })
    }

    /// An agent has less room; nothing else has changed, so nobody else becomes fresh.
    fn offered(&mut self, agent: AgentStanding) {
        if agent.room() == 0 {
            self.fresh_agents.remove(&agent.agent);
            for channel in &agent.channels {
                if let Some(desk) = self.desks.get_mut(channel) {
                    desk.with_room.remove(&agent.agent);
                }
            }
        }
        self.agents.insert(agent.agent.clone(), agent);
    }

    fn wake(&mut self, now: Timestamp) {
        while let Some((at, session)) = self.wakes.pop_first() {
            if at > now {
                self.wakes.insert((at, session));
                return;
            }
            if let Some(waiting) = self.sessions.get(&session) {
                self.fresh_sessions.insert(spot(waiting));
            }
        }
    }

    /// A fresh session found nobody: it is looked at again when that may have changed.
    fn rest(&mut self, spot: &Spot, now: Timestamp) {
        self.fresh_sessions.remove(spot);
        let Some(waiting) = self.sessions.get(&spot.1) else {
            return;
        };
        if let Some(at) = waiting.turns.next_change(now, self.rules) {
            self.wakes.insert((at, spot.1.clone()));
        }
    }

    /// Walks all lines with something fresh, oldest first, up to the first match. Also says which
    /// fresh sessions were looked at in vain.
    fn find(&self, now: Timestamp, draw: u64) -> (Vec<Spot>, Option<Found>) {
        let mut in_vain = Vec::new();
        for spot in self.merged() {
            let is_fresh = self.fresh_sessions.contains(spot);
            let Some(waiting) = self.sessions.get(&spot.1) else {
                continue;
            };
            let candidates = self.candidates(waiting, is_fresh, now);
            if let Some((agent, why)) = choose(waiting, &candidates, now, draw) {
                let session = spot.1.clone();
                let found = Found {
                    session,
                    agent,
                    why,
                };
                return (in_vain, Some(found));
            }
            if is_fresh {
                in_vain.push(spot.clone());
            }
        }
        (in_vain, None)
    }

    /// Who may take the session now. For one that is not fresh it is enough to know whether a
    /// fresh agent may: when none may, nobody may.
    fn candidates(
        &self,
        waiting: &WaitingSession,
        is_fresh: bool,
        now: Timestamp,
    ) -> Vec<&AgentStanding> {
        let Some(desk) = self.desks.get(&waiting.channel) else {
            return Vec::new();
        };
        let turns = &waiting.turns;
        let fewest = turns.fewest(&desk.in_play);
        let may = |agent: &AgentId| turns.allow(agent, fewest, now, self.rules);
        let fresh_may = || {
            let fresh = self.fresh_agents.iter();
            fresh
                .filter(|agent| desk.with_room.contains(*agent))
                .any(may)
        };
        if !is_fresh && !fresh_may() {
            return Vec::new();
        }
        let with_room = desk.with_room.iter().filter(|agent| may(agent));
        with_room
            .filter_map(|agent| self.agents.get(agent))
            .collect()
    }

    /// Fresh sessions and the lines of fresh agents, in one order, the oldest first.
    fn merged(&self) -> impl Iterator<Item = &Spot> {
        let channels: BTreeSet<&ChannelId> = self
            .fresh_agents
            .iter()
            .filter_map(|agent| self.agents.get(agent))
            .flat_map(|agent| &agent.channels)
            .collect();
        let lines = channels
            .into_iter()
            .filter_map(|channel| self.desks.get(channel))
            .map(|desk| desk.line.iter());
        let mut sources: Vec<_> = lines.chain([self.fresh_sessions.iter()]).collect();
        let mut heads: BinaryHeap<Reverse<(&Spot, usize)>> = sources
            .iter_mut()
            .enumerate()
            .filter_map(|(at, source)| Some(Reverse((source.next()?, at))))
            .collect();
        let mut last: Option<&Spot> = None;
        std::iter::from_fn(move || {
            loop {
                let Reverse((spot, at)) = heads.pop()?;
                if let Some(next) = sources.get_mut(at).and_then(Iterator::next) {
                    heads.push(Reverse((next, at)));
                }
                // A fresh session in the line of a fresh agent comes from both.
                if last != Some(spot) {
                    last = Some(spot);
                    return Some(spot);
                }
            }
        })
    }
}
