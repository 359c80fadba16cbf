//! How well an agent suits a session.
//!
//! Invariant: language is compared only between agents with the same points. So it weighs, and
//! never overrides expertise, previous agent, load or country.

use protocol::time::Timestamp;

use super::agent::AgentStanding;
use super::rules::{COUNTRY, EXPERTISE, IDLE, PREVIOUS_AGENT, UNDER_HALF};
use super::session::WaitingSession;

/// Why an agent was chosen, for the offer's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// They have expertise that is wanted.
    Expertise,
    /// They attended the visitor last.
    PreviousAgent,
    /// They write a language of the visitor.
    Language,
    /// They are in the visitor's country.
    Country,
    /// Nobody who could take it has less to do.
    LeastBusy,
    /// Nobody who suits as well has waited longer for an offer.
    LongestIdle,
}

impl Reason {
    /// The code on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expertise => "expertise",
            Self::PreviousAgent => "previous_agent",
            Self::Language => "language",
            Self::Country => "country",
            Self::LeastBusy => "least_busy",
            Self::LongestIdle => "longest_idle",
        }
    }
}

/// How much of their capacity an agent has used; relative, so that capacities can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Busyness {
    Idle,
    UnderHalf,
    HalfOrMore,
}

impl Busyness {
    pub(super) fn of(agent: &AgentStanding) -> Self {
        match u64::from(agent.taken()) {
            0 => Self::Idle,
            taken if taken * 2 < u64::from(agent.capacity) => Self::UnderHalf,
            _ => Self::HalfOrMore,
        }
    }

    fn points(self) -> u32 {
        match self {
            Self::Idle => IDLE,
            Self::UnderHalf => UNDER_HALF,
            Self::HalfOrMore => 0,
        }
    }
}

/// How well an agent suits a session; the greater one wins. Fields are compared in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// Expertise, previous agent, load and country together.
    pub points: u32,
    /// 2 for the visitor's first language, 1 for another one of theirs, 0 for none.
    pub language: u8,
    /// Milliseconds since the agent's last offer.
    pub unoffered_ms: i64,
}

impl Score {
    /// The score of this agent for this session.
    pub fn of(session: &WaitingSession, agent: &AgentStanding, now: Timestamp) -> Self {
        let mut points = expertise(session, agent) + Busyness::of(agent).points();
        if is_previous(session, agent) {
            points += PREVIOUS_AGENT;
        }
        if same_country(session, agent) {
            points += COUNTRY;
        }
        Self {
            points,
            language: language(session, agent),
            unoffered_ms: agent.last_offered_at.map_or(i64::MAX, |at| now.since(at)),
        }
    }
}

/// What agent and session have in common.
pub(super) fn matches(session: &WaitingSession, agent: &AgentStanding) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if expertise(session, agent) > 0 {
        reasons.push(Reason::Expertise);
    }
    if is_previous(session, agent) {
        reasons.push(Reason::PreviousAgent);
    }
    if language(session, agent) > 0 {
        reasons.push(Reason::Language);
    }
    if same_country(session, agent) {
        reasons.push(Reason::Country);
    }
    reasons
}

/// The share of the wanted expertise the agent has, in points.
fn expertise(session: &WaitingSession, agent: &AgentStanding) -> u32 {
    if session.expertise.is_empty() {
        return 0;
    }
    let wanted = session.expertise.len() as u64;
    let had = session.expertise.intersection(&agent.expertise).count() as u64;
    // At least a point for any of it, however much is wanted.
    let points = (u64::from(EXPERTISE) * had).div_ceil(wanted);
    u32::try_from(points).unwrap_or(EXPERTISE)
}

fn language(session: &WaitingSession, agent: &AgentStanding) -> u8 {
    let known = |written| agent.languages.contains(written);
    match session.languages.iter().position(known) {
        Some(0) => 2,
        Some(_) => 1,
        None => 0,
    }
}

fn is_previous(session: &WaitingSession, agent: &AgentStanding) -> bool {
    session.previous_agent.as_ref() == Some(&agent.agent)
}

fn same_country(session: &WaitingSession, agent: &AgentStanding) -> bool {
    session.country.is_some() && session.country == agent.country
}
