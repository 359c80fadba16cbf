//! The simulation itself: what happens, one event after the other.
//!
//! Everything that does not depend on who is chosen is drawn beforehand or from the session and
//! the number of its offers, so that two dealers meet the same visitors.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use protocol::ids::{AgentId, SessionId};
use protocol::time::Timestamp;
use server_core::assignment::{Readiness, Rules, WaitingSession};

use super::Dealer;
use super::chance::Chance;
use super::deal::Table;
use super::figures::{Figures, Gathered};
use super::world::{Person, World};

const MINUTE: i64 = 60_000;
/// How long an offer stands.
const OFFER_MS: i64 = 30_000;
/// How long agents work between two breaks, and how long a break is.
const WORK_MS: i64 = 110 * MINUTE;
const BREAK_MS: i64 = 10 * MINUTE;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Comes(usize),
    Accepts {
        visitor: usize,
        agent: usize,
    },
    Declines {
        visitor: usize,
        agent: usize,
    },
    Misses {
        visitor: usize,
        agent: usize,
    },
    Ends {
        visitor: usize,
        agent: usize,
    },
    /// Back from having missed an offer.
    Returns(usize),
    Rests(usize),
    Works(usize),
    /// Time has passed, nothing else.
    Passes,
}

struct Play<'a> {
    world: &'a World,
    table: Table,
    people: Vec<Person>,
    by_id: BTreeMap<AgentId, usize>,
    by_session: BTreeMap<SessionId, usize>,
    /// Sessions without an offer, as the rule is checked against them.
    waiting: BTreeMap<usize, WaitingSession>,
    offered: BTreeMap<usize, WaitingSession>,
    coming: BinaryHeap<Reverse<(i64, u64, Happening)>>,
    count: u64,
    chance: Chance,
    gathered: Gathered,
}

/// Plays the whole world with this dealer.
pub fn play(world: &World, dealer: Dealer) -> Figures {
    let mut play = Play::new(world, dealer);
    while let Some(Reverse((now, _, happening))) = play.coming.pop() {
        play.happen(now, happening);
        play.deal(now);
        if dealer == Dealer::Board {
            play.check(now);
        }
        if play.gathered.served() == world.arrivals.len() {
            break;
        }
    }
    play.gathered.figures(&play.people)
}

impl<'a> Play<'a> {
    fn new(world: &'a World, dealer: Dealer) -> Self {
        let mut play = Self {
            world,
            table: Table::new(dealer),
            people: world.people.clone(),
            by_id: BTreeMap::new(),
            by_session: BTreeMap::new(),
            waiting: BTreeMap::new(),
            offered: BTreeMap::new(),
            coming: BinaryHeap::new(),
            count: 0,
            chance: Chance::new(world.seed),
            gathered: Gathered::new(world.people.len()),
        };
        for (at, person) in world.people.iter().enumerate() {
            play.by_id.insert(person.standing.agent.clone(), at);
            play.table.set_agent(&person.standing);
            let first = play.chance.between(0, WORK_MS);
            play.later(first, Happening::Rests(at));
        }
        for (at, arrival) in world.arrivals.iter().enumerate() {
            play.by_session.insert(arrival.session.session.clone(), at);
            play.later(arrival.session.waiting_since.0, Happening::Comes(at));
        }
        play
    }

    fn later(&mut self, at: i64, happening: Happening) {
        self.count += 1;
        self.coming.push(Reverse((at, self.count, happening)));
    }

    fn happen(&mut self, now: i64, happening: Happening) {
        match happening {
            Happening::Comes(visitor) => {
                let session = self.world.arrivals[visitor].session.clone();
                self.line_up(visitor, session);
            }
            Happening::Accepts { visitor, agent } => {
                let Some(session) = self.offered.remove(&visitor) else {
                    return;
                };
                let takes = self.world.arrivals[visitor].takes_ms;
                let standing = &mut self.people[agent].standing;
                standing.offers -= 1;
                standing.load += 1;
                self.gathered
                    .accepted(agent, &session, standing, now, takes);
                self.tell(agent);
                self.later(now + takes, Happening::Ends { visitor, agent });
            }
            Happening::Declines { visitor, agent } => self.turned_down(now, visitor, agent),
            Happening::Misses { visitor, agent } => {
                self.people[agent].standing.readiness = Readiness::NotAvailable;
                self.turned_down(now, visitor, agent);
                let away = self.chance.between(MINUTE, 3 * MINUTE);
                self.later(now + away, Happening::Returns(agent));
            }
            Happening::Ends { agent, .. } => {
                self.people[agent].standing.load -= 1;
                self.tell(agent);
            }
            Happening::Rests(agent) => {
                self.state(agent, Readiness::NotAvailable);
                self.later(now + BREAK_MS, Happening::Works(agent));
            }
            Happening::Works(agent) => {
                self.state(agent, Readiness::Ready);
                self.later(now + WORK_MS, Happening::Rests(agent));
            }
            Happening::Returns(agent) => self.state(agent, Readiness::Ready),
            Happening::Passes => {}
        }
    }

    fn state(&mut self, agent: usize, readiness: Readiness) {
        self.people[agent].standing.readiness = readiness;
        self.tell(agent);
    }

    fn tell(&mut self, agent: usize) {
        self.table.set_agent(&self.people[agent].standing);
    }

    fn line_up(&mut self, visitor: usize, session: WaitingSession) {
        self.waiting.insert(visitor, session.clone());
        self.table.add_session(session);
    }

    fn turned_down(&mut self, now: i64, visitor: usize, agent: usize) {
        let Some(mut session) = self.offered.remove(&visitor) else {
            return;
        };
        self.gathered.turned_down();
        let standing = &mut self.people[agent].standing;
        standing.offers -= 1;
        session.turns.turned_down(&standing.agent, Timestamp(now));
        self.tell(agent);
        self.line_up(visitor, session);
    }

    /// Lets the dealer decide until there is nothing left to decide.
    fn deal(&mut self, now: i64) {
        loop {
            let draw = self.chance.next();
            let Some((session, agent)) = self.table.next(Timestamp(now), draw) else {
                break;
            };
            let visitor = self.by_session[&session.session];
            let agent = self.by_id[&agent];
            self.waiting.remove(&visitor);
            let standing = &mut self.people[agent].standing;
            standing.offers += 1;
            standing.last_offered_at = Some(Timestamp(now));
            self.answer(now, visitor, agent, &session);
            self.offered.insert(visitor, session);
        }
        self.gathered.line(self.waiting.len());
        if let Some(at) = self.table.next_wake(Timestamp(now)) {
            self.later(at.0, Happening::Passes);
        }
    }

    /// What comes of an offer: the same for both dealers, the agent's habits apart.
    fn answer(&mut self, now: i64, visitor: usize, agent: usize, session: &WaitingSession) {
        let attempt: u32 = session.turns.iter().map(|(_, turn)| turn.count).sum();
        let seed = self.world.seed ^ ((visitor as u64) << 20) ^ u64::from(attempt);
        let mut chance = Chance::new(seed);
        let person = &self.people[agent];
        let luck = chance.below(1000);
        let after = chance.between(2_000, 15_000);
        if luck < person.misses {
            self.later(now + OFFER_MS, Happening::Misses { visitor, agent });
        } else if luck < person.misses + person.declines {
            self.later(now + after, Happening::Declines { visitor, agent });
        } else {
            self.later(now + after, Happening::Accepts { visitor, agent });
        }
    }

    /// Counts every session that waits although somebody may take it, by the rule as it is written
    /// in `docs/assignment.md`.
    fn check(&mut self, now: i64) {
        let rules = Rules::default();
        let may = |person: &Person, session: &WaitingSession| {
            let agent = &person.standing;
            let turn = |id: &AgentId| {
                let mut turns = session.turns.iter();
                turns.find(|(other, _)| *other == id).map(|(_, turn)| turn)
            };
            let asked_again = turn(&agent.agent).is_none_or(|last| {
                let passed = Timestamp(now).since(last.last_at);
                let everybody_had_theirs = self
                    .people
                    .iter()
                    .map(|person| &person.standing)
                    .filter(|other| other.readiness == Readiness::Ready)
                    .filter(|other| other.channels.contains(&session.channel))
                    .all(|other| turn(&other.agent).map_or(0, |turn| turn.count) >= last.count);
                passed >= rules.ask_again_ms || (passed >= rules.pause_ms && everybody_had_theirs)
            });
            agent.readiness == Readiness::Ready
                && agent.room() > 0
                && agent.channels.contains(&session.channel)
                && asked_again
        };
        let overlooked = self
            .waiting
            .values()
            .filter(|session| self.people.iter().any(|person| may(person, session)))
            .count();
        self.gathered.overlooked(overlooked);
    }
}
