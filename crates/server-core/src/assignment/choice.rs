//! Choosing one of the agents who may take a session, and saying why.

use protocol::ids::AgentId;
use protocol::time::Timestamp;

use super::agent::AgentStanding;
use super::score::{Busyness, Reason, Score, matches};
use super::session::WaitingSession;

/// An agent for a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The session, as it waited; it keeps its place if it has to wait again.
    pub session: WaitingSession,
    /// Who is offered it.
    pub agent: AgentId,
    /// Why; never empty.
    pub why: Vec<Reason>,
}

/// Chooses among agents who all may take the session. Agents who suit equally well and have
/// waited equally long are told apart by `draw`: the same draw gives the same choice.
pub fn choose(
    session: &WaitingSession,
    candidates: &[&AgentStanding],
    now: Timestamp,
    draw: u64,
) -> Option<(AgentId, Vec<Reason>)> {
    let scored: Vec<(Score, &AgentStanding)> = candidates
        .iter()
        .map(|agent| (Score::of(session, agent, now), *agent))
        .collect();
    let best = scored.iter().map(|(score, _)| *score).max()?;
    let mut equals: Vec<&AgentStanding> = scored
        .iter()
        .filter(|(score, _)| *score == best)
        .map(|(_, agent)| *agent)
        .collect();
    equals.sort_by(|one, other| one.agent.cmp(&other.agent));
    let drawn = draw.checked_rem(equals.len() as u64)?;
    let chosen = *equals.get(usize::try_from(drawn).ok()?)?;
    Some((chosen.agent.clone(), why(session, chosen, best, &scored)))
}

fn why(
    session: &WaitingSession,
    chosen: &AgentStanding,
    best: Score,
    scored: &[(Score, &AgentStanding)],
) -> Vec<Reason> {
    let mut reasons = matches(session, chosen);
    let own = Busyness::of(chosen);
    let others = || {
        scored
            .iter()
            .filter(|(_, agent)| agent.agent != chosen.agent)
    };
    let busyness = || others().map(|(_, agent)| Busyness::of(agent));
    let nobody_less = busyness().all(|other| other >= own);
    // Who is the only one with room is told so as well.
    if nobody_less && (others().next().is_none() || busyness().any(|other| other > own)) {
        reasons.push(Reason::LeastBusy);
    }
    let suits_as_well =
        |score: &Score| score.points == best.points && score.language == best.language;
    if others().any(|(score, _)| suits_as_well(score)) {
        reasons.push(Reason::LongestIdle);
    }
    reasons
}
