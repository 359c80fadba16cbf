//! What holds whatever the agents, the sessions and the order of events.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::*;
use crate::assignment::Choice;

const AGENTS: [&str; 5] = ["a1", "a2", "a3", "a4", "a5"];
const SESSIONS: [&str; 8] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
const CHANNELS: [&str; 2] = ["support", "sales"];
const TAGS: [&str; 3] = ["en", "es", "zh-CN"];
const SKILLS: [&str; 3] = ["billing", "technical", "sales"];
const COUNTRIES: [&str; 2] = ["ES", "CN"];

fn skills() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(proptest::sample::select(&SKILLS[..]), 0..3)
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn languages() -> impl Strategy<Value = Vec<Written>> {
    vec(proptest::sample::select(&TAGS[..]), 0..3)
        .prop_map(|tags| tags.into_iter().map(written).collect())
}

fn country() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(proptest::sample::select(&COUNTRIES[..]).prop_map(str::to_owned))
}

prop_compose! {
    fn any_agent()(
        name in proptest::sample::select(&AGENTS[..]),
        channels in btree_set(proptest::sample::select(&CHANNELS[..]), 0..3),
        readiness in proptest::sample::select(vec![
            Readiness::Ready,
            Readiness::Ready,
            Readiness::Ready,
            Readiness::NotAvailable,
            Readiness::Disconnected,
        ]),
        load in 0..4_u32,
        offers in 0..2_u32,
        capacity in 1..6_u32,
        expertise in skills(),
        languages in languages(),
        country in country(),
        last in proptest::option::of(0..1_000_i64),
    ) -> AgentStanding {
        AgentStanding {
            agent: id(name),
            channels: channels.into_iter().map(channel).collect(),
            readiness,
            load,
            offers,
            capacity,
            expertise,
            languages: languages.into_iter().collect(),
            country,
            last_offered_at: last.map(Timestamp),
        }
    }
}

prop_compose! {
    fn any_session()(
        name in proptest::sample::select(&SESSIONS[..]),
        in_channel in proptest::sample::select(&CHANNELS[..]),
        expertise in skills(),
        languages in languages(),
        country in country(),
        previous in proptest::option::of(proptest::sample::select(&AGENTS[..])),
        since in 0..100_i64,
    ) -> WaitingSession {
        WaitingSession {
            session: session_id(name),
            channel: channel(in_channel),
            expertise,
            languages,
            country,
            previous_agent: previous.map(id),
            waiting_since: Timestamp(since),
            turns: Turns::default(),
        }
    }
}

/// Something that happens to a board.
#[derive(Clone, Debug)]
enum Happening {
    Agent(AgentStanding),
    AgentGone(&'static str),
    Session(WaitingSession),
    SessionGone(&'static str),
    /// An offer that runs is turned down.
    TurnedDown(usize),
    /// An offer that runs is accepted.
    Accepted(usize),
    Time(i64),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => any_agent().prop_map(Happening::Agent),
        1 => proptest::sample::select(&AGENTS[..]).prop_map(Happening::AgentGone),
        4 => any_session().prop_map(Happening::Session),
        1 => proptest::sample::select(&SESSIONS[..]).prop_map(Happening::SessionGone),
        4 => any::<usize>().prop_map(Happening::TurnedDown),
        2 => any::<usize>().prop_map(Happening::Accepted),
        3 => (0..50_000_i64).prop_map(Happening::Time),
    ]
}

/// Everything a board was told, kept as plainly as possible.
#[derive(Default)]
struct Told {
    agents: Vec<AgentStanding>,
    waiting: Vec<WaitingSession>,
    offers: Vec<Choice>,
}

impl Told {
    /// The rule of `docs/assignment.md`, word by word.
    fn may(&self, agent: &AgentStanding, session: &WaitingSession, now: Timestamp) -> bool {
        let in_channel = |agent: &&AgentStanding| agent.channels.contains(&session.channel);
        let turn = |agent: &AgentId| {
            let turns = session.turns.iter();
            turns
                .filter(|(other, _)| *other == agent)
                .map(|it| it.1)
                .next()
        };
        let count = |agent: &AgentStanding| turn(&agent.agent).map_or(0, |turn| turn.count);
        let able =
            agent.readiness == Readiness::Ready && agent.load + agent.offers < agent.capacity;
        let asked_again = match turn(&agent.agent) {
            None => true,
            Some(last) => {
                let everybody_had_theirs = self
                    .agents
                    .iter()
                    .filter(|other| other.readiness == Readiness::Ready)
                    .filter(in_channel)
                    .all(|other| count(other) >= last.count);
                let passed = now.since(last.last_at);
                passed >= 120_000 || (passed >= 30_000 && everybody_had_theirs)
            }
        };
        able && in_channel(&agent) && asked_again
    }

    /// The oldest session anybody may take.
    fn oldest(&self, now: Timestamp) -> Option<&WaitingSession> {
        let takeable = |session: &&WaitingSession| {
            let mut agents = self.agents.iter();
            agents.any(|agent| self.may(agent, session, now))
        };
        let place = |session: &&WaitingSession| (session.waiting_since, session.session.clone());
        self.waiting.iter().filter(takeable).min_by_key(place)
    }

    fn agent(&mut self, id: &AgentId) -> Option<&mut AgentStanding> {
        self.agents.iter_mut().find(|agent| agent.agent == *id)
    }
}

fn apply(board: &mut Board, told: &mut Told, happening: Happening, now: &mut Timestamp) {
    match happening {
        Happening::Agent(agent) => {
            told.agents.retain(|other| other.agent != agent.agent);
            told.agents.push(agent.clone());
            board.set_agent(agent);
        }
        Happening::AgentGone(name) => {
            told.agents.retain(|other| other.agent != id(name));
            board.remove_agent(&id(name));
        }
        Happening::Session(session) => {
            told.waiting.retain(|it| it.session != session.session);
            told.waiting.push(session.clone());
            board.add_session(session);
        }
        Happening::SessionGone(name) => {
            told.waiting.retain(|it| it.session != session_id(name));
            board.remove_session(&session_id(name));
        }
        Happening::TurnedDown(which) | Happening::Accepted(which) if told.offers.is_empty() => {
            // Nothing is offered.
            let _ = which;
        }
        Happening::TurnedDown(which) => {
            let mut offer = told.offers.remove(which % told.offers.len());
            offer.session.turns.turned_down(&offer.agent, *now);
            if let Some(agent) = told.agent(&offer.agent) {
                agent.offers = agent.offers.saturating_sub(1);
                board.set_agent(agent.clone());
            }
            let known = |it: &&WaitingSession| it.session == offer.session.session;
            if !told.waiting.iter().any(|it| known(&it)) {
                told.waiting.push(offer.session.clone());
                board.add_session(offer.session);
            }
        }
        Happening::Accepted(which) => {
            let offer = told.offers.remove(which % told.offers.len());
            if let Some(agent) = told.agent(&offer.agent) {
                agent.offers = agent.offers.saturating_sub(1);
                agent.load += 1;
                board.set_agent(agent.clone());
            }
        }
        Happening::Time(passed) => *now = now.plus(passed),
    }
}

proptest! {
    /// The board, which looks only at what is fresh, decides as one that looks at everything; and
    /// when it answers nothing, nobody waits whom somebody may take.
    #[test]
    fn the_board_decides_like_somebody_who_looks_at_everything(
        happenings in vec(happening(), 1..60),
        draw in any::<u64>(),
    ) {
        let mut board = Board::new(Rules::default());
        let mut told = Told::default();
        let mut now = Timestamp(0);
        for happening in happenings {
            apply(&mut board, &mut told, happening, &mut now);
            while let Some(choice) = board.next(now, draw) {
                prop_assert_eq!(Some(&choice.session), told.oldest(now));
                let candidates: Vec<&AgentStanding> = told
                    .agents
                    .iter()
                    .filter(|agent| told.may(agent, &choice.session, now))
                    .collect();
                let (agent, why) = choose(&choice.session, &candidates, now, draw).unwrap();
                prop_assert_eq!(&choice.agent, &agent);
                prop_assert_eq!(&choice.why, &why);
                told.waiting.retain(|it| it.session != choice.session.session);
                let agent = told.agent(&choice.agent).unwrap();
                agent.offers += 1;
                agent.last_offered_at = Some(now);
                told.offers.push(choice);
            }
            prop_assert_eq!(told.oldest(now), None);
            for (at, session) in sorted(&told.waiting, "support").into_iter().enumerate() {
                let place = board.place(&session.session, now).unwrap();
                prop_assert_eq!(place.position as usize, at + 1);
            }
        }
    }

    /// Language is no reason against better expertise, previous agent, load or country: who wins
    /// when nobody's language is known has as many points as who wins when it is.
    #[test]
    fn language_never_overrides(
        session in any_session(),
        agents in vec(any_agent(), 1..8),
    ) {
        let agents = distinct(agents);
        let mute = |agent: &AgentStanding| AgentStanding {
            languages: BTreeSet::new(),
            ..agent.clone()
        };
        let silent: Vec<AgentStanding> = agents.iter().map(mute).collect();
        let points = |name: &str| {
            let agent = agents.iter().find(|agent| agent.agent.as_str() == name).unwrap();
            crate::assignment::Score::of(&session, agent, NOW).points
        };
        let with = chosen(&session, &agents).0;
        let without = chosen(&session, &silent).0;
        prop_assert_eq!(points(&with), points(&without));
    }

    /// The same, said of two agents: who is better in one weighty factor and worse in none is
    /// never beaten by who only has the language.
    #[test]
    fn one_better_factor_beats_any_language(
        session in any_session(),
        agent in any_agent(),
        factor in 0..4_usize,
    ) {
        let session = WaitingSession {
            expertise: BTreeSet::from(["billing".to_owned()]),
            languages: vec![written("es")],
            country: Some("ES".to_owned()),
            previous_agent: (factor == 1).then(|| id("better")),
            ..session
        };
        let speaker = AgentStanding {
            agent: id("speaker"),
            languages: BTreeSet::from([written("es")]),
            expertise: BTreeSet::new(),
            country: None,
            load: 1,
            offers: 0,
            capacity: 4,
            ..agent
        };
        let mut better = AgentStanding {
            agent: id("better"),
            languages: BTreeSet::new(),
            last_offered_at: Some(NOW),
            ..speaker.clone()
        };
        match factor {
            0 => better.expertise = BTreeSet::from(["billing".to_owned()]),
            1 => {}
            2 => better.load = 0,
            _ => better.country = Some("ES".to_owned()),
        }
        prop_assert_eq!(chosen(&session, &[speaker, better]).0, "better");
    }

    /// Between agents alike in all else, the language decides; so it weighs.
    #[test]
    fn language_weighs(session in any_session(), agent in any_agent()) {
        let session = WaitingSession {
            languages: vec![written("es")],
            previous_agent: None,
            ..session
        };
        let speaker = AgentStanding {
            agent: id("speaker"),
            languages: BTreeSet::from([written("es-MX")]),
            last_offered_at: Some(NOW),
            ..agent
        };
        let other = AgentStanding {
            agent: id("another"),
            languages: BTreeSet::from([written("en")]),
            last_offered_at: None,
            ..speaker.clone()
        };
        let (who, why) = chosen(&session, &[other, speaker]);
        prop_assert_eq!(who, "speaker");
        prop_assert!(why.contains(&Reason::Language));
    }

    /// An offer always says why.
    #[test]
    fn there_is_always_a_reason(
        session in any_session(),
        agents in vec(any_agent(), 1..8),
    ) {
        prop_assert!(!chosen(&session, &distinct(agents)).1.is_empty());
    }
}

fn sorted<'a>(waiting: &'a [WaitingSession], name: &str) -> Vec<&'a WaitingSession> {
    let mut line: Vec<&WaitingSession> = waiting
        .iter()
        .filter(|session| session.channel == channel(name))
        .collect();
    line.sort_by_key(|session| (session.waiting_since, session.session.clone()));
    line
}

fn distinct(agents: Vec<AgentStanding>) -> Vec<AgentStanding> {
    let mut seen = BTreeSet::new();
    let unseen = |agent: &AgentStanding| seen.insert(agent.agent.clone());
    let mut agents = agents;
    let mut unseen = unseen;
    agents.retain(|agent| unseen(agent));
    agents
}
