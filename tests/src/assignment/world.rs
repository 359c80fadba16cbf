//! The world of the simulation: agents of different kinds, and everybody who comes.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use protocol::ids::{AgentId, ChannelId, SessionId};
use protocol::time::Timestamp;
use server_core::assignment::{AgentStanding, Readiness, Turns, WaitingSession};
use server_core::domain::language::Written;

use super::chance::Chance;

const MINUTE: i64 = 60_000;

/// How long a session takes, on average.
const SESSION_MS: i64 = 8 * MINUTE;
/// How long until the next visitor comes, on average over a day.
const ARRIVAL_MS: i64 = 9_500;
/// How many come in each hour of a day, in per cent of the average.
const BY_HOUR: [i64; 24] = [
    60, 60, 65, 70, 75, 80, 90, 105, 120, 130, 135, 130, 120, 115, 125, 135, 140, 130, 115, 100,
    90, 80, 70, 60,
];

/// An agent, and how they behave.
#[derive(Clone, Debug)]
pub struct Person {
    /// What assignment knows at the beginning.
    pub standing: AgentStanding,
    /// Of a thousand offers, how many they miss.
    pub misses: usize,
    /// Of a thousand offers, how many they decline.
    pub declines: usize,
}

/// A visitor who comes.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// What assignment is told; waits from the moment they come.
    pub session: WaitingSession,
    /// How long an agent will be busy with them.
    pub takes_ms: i64,
}

/// Everything that is fixed before the first decision.
#[derive(Clone, Debug)]
pub struct World {
    /// The agents.
    pub people: Vec<Person>,
    /// The visitors, in the order in which they come.
    pub arrivals: Vec<Arrival>,
    /// Where the rest of chance begins.
    pub seed: u64,
}

const CHANNELS: [&str; 3] = ["support", "sales", "returns"];
const SKILLS: [&str; 4] = ["billing", "technical", "orders", "contracts"];

impl World {
    /// 24 agents and so many visitors.
    ///
    /// # Errors
    /// When a name here is no name.
    pub fn new(arrivals: usize, seed: u64) -> Result<Self> {
        let mut chance = Chance::new(seed);
        let people = (0..24)
            .map(|at| person(at, &mut chance))
            .collect::<Result<Vec<_>>>()?;
        let mut now = 0;
        let arrivals = (0..arrivals)
            .map(|at| {
                let hour = usize::try_from(now / (60 * MINUTE) % 24)?;
                now += chance.around(ARRIVAL_MS * 100 / BY_HOUR[hour]);
                arrival(at, now, &people, &mut chance)
            })
            .collect::<Result<Vec<_>>>()?;
        let seed = chance.next();
        Ok(Self {
            people,
            arrivals,
            seed,
        })
    }
}

fn person(at: usize, chance: &mut Chance) -> Result<Person> {
    // Everybody answers in one channel, every third in two, every eighth in all.
    let channels = match at {
        at if at % 8 == 7 => vec![0, 1, 2],
        at if at % 3 == 2 => vec![at % 3, (at / 3) % 2],
        _ => vec![at % 3],
    };
    let mut expertise = BTreeSet::from([skill(at)]);
    if at.is_multiple_of(2) {
        expertise.insert(skill(at / 2 + 1));
    }
    // All write English; half of them something else as well, a few two more.
    let tags: &[&str] = match at % 8 {
        1 | 4 => &["en", "es"],
        2 => &["en", "zh-CN"],
        5 => &["en", "es", "ar"],
        _ => &["en"],
    };
    let country = match at % 8 {
        1 | 4 => "ES",
        2 => "CN",
        _ => "GB",
    };
    Ok(Person {
        standing: AgentStanding {
            agent: AgentId::parse(&format!("agent_{at:02}")).context("an agent's id")?,
            channels: channels.into_iter().map(channel).collect::<Result<_>>()?,
            readiness: Readiness::Ready,
            load: 0,
            offers: 0,
            capacity: [2, 3, 3, 4, 5][at % 5],
            expertise,
            languages: tags.iter().filter_map(|tag| Written::of(tag)).collect(),
            country: Some(country.to_owned()),
            last_offered_at: None,
        },
        misses: [5, 10, 20, 60][chance.below(4)],
        declines: [0, 5, 15, 40][chance.below(4)],
    })
}

fn arrival(at: usize, now: i64, people: &[Person], chance: &mut Chance) -> Result<Arrival> {
    let (language, country) = match chance.below(100) {
        0..55 => ("en", "GB"),
        55..80 => ("es-MX", "ES"),
        80..92 => ("zh-SG", "CN"),
        _ => ("ar-EG", "EG"),
    };
    let languages = [language, "en"];
    let channel = channel([0, 0, 0, 1, 1, 2][chance.below(6)])?;
    let mut expertise = BTreeSet::new();
    if chance.in_thousand(400) {
        expertise.insert(skill(chance.below(SKILLS.len())));
    }
    let colleagues: Vec<&Person> = people
        .iter()
        .filter(|person| person.standing.channels.contains(&channel))
        .collect();
    let before = colleagues[chance.below(colleagues.len())];
    let previous_agent = chance
        .in_thousand(150)
        .then(|| before.standing.agent.clone());
    Ok(Arrival {
        session: WaitingSession {
            session: session_id(at)?,
            channel,
            expertise,
            languages: languages
                .iter()
                .filter_map(|tag| Written::of(tag))
                .collect(),
            country: Some(country.to_owned()),
            previous_agent,
            waiting_since: Timestamp(now),
            turns: Turns::default(),
        },
        takes_ms: MINUTE + chance.around(SESSION_MS - MINUTE),
    })
}

fn session_id(at: usize) -> Result<SessionId> {
    SessionId::parse(&format!("session_{at:05}")).context("a session's id")
}

fn channel(at: usize) -> Result<ChannelId> {
    ChannelId::parse(CHANNELS[at % CHANNELS.len()]).context("a channel's id")
}

fn skill(at: usize) -> String {
    SKILLS[at % SKILLS.len()].to_owned()
}
