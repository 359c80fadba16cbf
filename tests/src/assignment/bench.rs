//! How long one decision takes with 1,000 agents and 5,000 waiting sessions.
//!
//! Each case is one event and everything the board does until it has nothing left to decide.
//! What counts is time on the processor: other programs on the machine are not the board's fault.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Context, Result};
use protocol::ids::{AgentId, ChannelId, SessionId};
use protocol::time::Timestamp;
use rustix::time::{ClockId, clock_gettime};
use server_core::assignment::{AgentStanding, Board, Readiness, Rules, Turns, WaitingSession};
use server_core::domain::language::Written;

const AGENTS: usize = 1_000;
const SESSIONS: usize = 5_000;
const CHANNELS: usize = 10;
const ROUNDS: usize = 100;
/// What one decision may take, says the issue.
const LIMIT: Duration = Duration::from_millis(10);

fn agent(at: usize, load: u32) -> Result<AgentStanding> {
    let channels = [at, at / 7, at / 31].map(|at| format!("channel_{}", at % CHANNELS));
    Ok(AgentStanding {
        agent: AgentId::parse(&format!("agent_{at:04}")).context("an agent's id")?,
        channels: channels
            .iter()
            .map(|name| ChannelId::parse(name).context("a channel's id"))
            .collect::<Result<_>>()?,
        readiness: Readiness::Ready,
        load,
        offers: 0,
        capacity: 4,
        expertise: (0..3)
            .map(|skill| format!("skill_{}", (at + skill) % 12))
            .collect(),
        languages: ["en", ["es", "zh-CN", "ar", "fr"][at % 4]]
            .iter()
            .filter_map(|tag| Written::of(tag))
            .collect(),
        country: Some(["ES", "CN", "EG", "FR"][at % 4].to_owned()),
        last_offered_at: Some(Timestamp(at as i64)),
    })
}

fn session_id(at: usize) -> Result<SessionId> {
    SessionId::parse(&format!("session_{at:05}")).context("a session's id")
}

fn session(at: usize) -> Result<WaitingSession> {
    Ok(WaitingSession {
        session: session_id(at)?,
        channel: ChannelId::parse(&format!("channel_{}", at % CHANNELS))
            .context("a channel's id")?,
        expertise: (0..2)
            .map(|skill| format!("skill_{}", (at * 5 + skill) % 12))
            .collect(),
        languages: [["es", "zh-SG", "ar", "fr"][at % 4], "en"]
            .iter()
            .filter_map(|tag| Written::of(tag))
            .collect(),
        country: Some(["ES", "CN", "EG", "FR"][at % 4].to_owned()),
        previous_agent: None,
        waiting_since: Timestamp(at as i64),
        turns: Turns::default(),
    })
}

/// A board with this load for everybody and this many who wait.
fn board(load: u32, sessions: usize) -> Result<Board> {
    let mut board = Board::new(Rules::default());
    for at in 0..AGENTS {
        board.set_agent(agent(at, load)?);
    }
    for at in 0..sessions {
        board.add_session(session(at)?);
    }
    Ok(board)
}

/// How long this thread, or the whole process, has been at work.
pub(super) fn on_processor(whose: ClockId) -> Duration {
    let time = clock_gettime(whose);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// What one case took, in order.
struct Times {
    name: &'static str,
    decided: usize,
    times: Vec<Duration>,
}

fn measure(
    name: &'static str,
    start: &Board,
    mut event: impl FnMut(&mut Board, usize) -> Result<()>,
) -> Result<Times> {
    let now = Timestamp(10_000_000);
    let mut times = Vec::with_capacity(ROUNDS);
    let mut decided = 0;
    for round in 0..ROUNDS {
        let mut board = start.clone();
        let begun = on_processor(ClockId::ThreadCPUTime);
        event(&mut board, round)?;
        while board.next(now, round as u64).is_some() {
            decided += 1;
        }
        times.push(on_processor(ClockId::ThreadCPUTime).saturating_sub(begun));
    }
    times.sort_unstable();
    Ok(Times {
        name,
        decided: decided / ROUNDS,
        times,
    })
}

/// Measures all cases; the table, and whether all stay below the limit.
///
/// # Errors
/// When a name here is no name.
pub fn run() -> Result<(String, bool)> {
    let mut all_free = board(1, 0)?;
    let mut none_free = board(4, SESSIONS)?;
    // As after a start: everything has been looked at once.
    while all_free.next(Timestamp(10_000_000), 0).is_some() {}
    while none_free.next(Timestamp(10_000_000), 0).is_some() {}
    let mut refused = board(4, 0)?;
    for at in 0..SESSIONS {
        let mut session = session(at)?;
        // Twenty have turned it down just now, and the one who will get free is among them.
        for agent in (0..20).map(|agent| agent * 37 % AGENTS) {
            let agent = format!("agent_{agent:04}");
            let agent = AgentId::parse(&agent).context("an agent's id")?;
            session.turns.turned_down(&agent, Timestamp(9_999_000));
        }
        refused.add_session(session);
    }
    while refused.next(Timestamp(10_000_000), 0).is_some() {}
    let cases = [
        measure(
            "a session comes, everybody has room",
            &all_free,
            |board, round| {
                board.add_session(session(SESSIONS + round)?);
                Ok(())
            },
        )?,
        measure(
            "a session comes, nobody has room",
            &none_free,
            |board, round| {
                board.add_session(session(SESSIONS + round)?);
                Ok(())
            },
        )?,
        measure("an agent gets room for one", &none_free, |board, round| {
            board.set_agent(agent(round, 3)?);
            Ok(())
        })?,
        measure("an agent gets room for four", &none_free, |board, round| {
            board.set_agent(agent(round, 0)?);
            Ok(())
        })?,
        measure(
            "an agent gets room who has turned down all that wait",
            &refused,
            |board, _| {
                board.set_agent(agent(0, 3)?);
                Ok(())
            },
        )?,
        measure(
            "an agent leaves whom all have waited for",
            &refused,
            |board, _| {
                board.remove_agent(&agent(1, 4)?.agent);
                Ok(())
            },
        )?,
        measure("place of the last in a line", &none_free, |board, _| {
            let last = session_id(SESSIONS - 1)?;
            board.place(&last, Timestamp(10_000_000));
            Ok(())
        })?,
    ];
    let mut text = format!(
        "{AGENTS} agents, {SESSIONS} waiting sessions, {CHANNELS} channels; {ROUNDS} rounds each\n\
         {:<54} {:>9} {:>12} {:>12}\n",
        "event", "decisions", "median", "longest"
    );
    let mut is_quick = true;
    for case in cases {
        let median = case.times.get(ROUNDS / 2).copied().unwrap_or_default();
        let longest = case.times.last().copied().unwrap_or_default();
        is_quick &= longest <= LIMIT;
        writeln!(
            text,
            "{:<54} {:>9} {:>12} {:>12}",
            case.name,
            case.decided,
            format!("{} µs", median.as_micros()),
            format!("{} µs", longest.as_micros()),
        )?;
    }
    Ok((text, is_quick))
}
