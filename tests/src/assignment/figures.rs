//! What is counted while a simulation runs, and what is made of it.

use server_core::assignment::{AgentStanding, WaitingSession};

use super::world::Person;

/// Everything that is told of one simulation. Shares are in tenths of a per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Sessions an agent accepted.
    pub served: usize,
    /// Offers that were missed or declined.
    pub turned_down: usize,
    /// Waits until somebody accepted, in milliseconds, from the shortest to the longest.
    pub waits_ms: Vec<i64>,
    /// The longest line of all channels together.
    pub longest_line: usize,
    /// How often a session waited although somebody might have taken it; absent where another
    /// rule holds.
    pub overlooked: Option<usize>,
    /// Sessions for each place of an agent's capacity, in hundredths, in order.
    pub sessions_per_place: Vec<i64>,
    /// Time in sessions of the time an agent's places were there, in order.
    pub busy: Vec<i64>,
    /// Served in the visitor's first language.
    pub in_language: i64,
    /// The same for visitors whose first language is not English, which all agents write.
    pub in_rarer_language: i64,
    /// Served by somebody with all wanted expertise, of those who wanted any.
    pub with_expertise: i64,
    /// Served by the previous agent, of those who had one.
    pub by_previous_agent: i64,
    /// Served by somebody in the same country.
    pub in_country: i64,
}

impl Figures {
    /// The wait that so many per cent stay below, in milliseconds.
    pub fn wait_ms(&self, per_cent: usize) -> i64 {
        let last = self.waits_ms.len().saturating_sub(1);
        let at = (self.waits_ms.len() * per_cent / 100).min(last);
        self.waits_ms.get(at).copied().unwrap_or(0)
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    hits: i64,
    of: i64,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.of += 1;
        self.hits += i64::from(hit);
    }

    fn per_thousand(self) -> i64 {
        (self.hits * 1000 + self.of / 2) / self.of.max(1)
    }
}

/// Counts while the simulation runs.
pub(super) struct Gathered {
    turned_down: usize,
    waits_ms: Vec<i64>,
    longest_line: usize,
    overlooked: Option<usize>,
    sessions: Vec<i64>,
    busy_ms: Vec<i64>,
    last: i64,
    language: Share,
    rarer_language: Share,
    expertise: Share,
    previous: Share,
    country: Share,
}

impl Gathered {
    pub(super) fn new(people: usize) -> Self {
        Self {
            turned_down: 0,
            waits_ms: Vec::new(),
            longest_line: 0,
            overlooked: None,
            sessions: vec![0; people],
            busy_ms: vec![0; people],
            last: 0,
            language: Share::default(),
            rarer_language: Share::default(),
            expertise: Share::default(),
            previous: Share::default(),
            country: Share::default(),
        }
    }

    pub(super) fn served(&self) -> usize {
        self.waits_ms.len()
    }

    pub(super) fn accepted(
        &mut self,
        at: usize,
        session: &WaitingSession,
        agent: &AgentStanding,
        now: i64,
        takes_ms: i64,
    ) {
        self.waits_ms.push(now - session.waiting_since.0);
        self.sessions[at] += 1;
        self.busy_ms[at] += takes_ms;
        self.last = now;
        let first = session.languages.first();
        let speaks = first.is_some_and(|first| agent.languages.contains(first));
        self.language.add(speaks);
        // English is the second choice of everybody whose first one it is not.
        if session.languages.get(1) != first {
            self.rarer_language.add(speaks);
        }
        if !session.expertise.is_empty() {
            self.expertise
                .add(session.expertise.is_subset(&agent.expertise));
        }
        if let Some(previous) = &session.previous_agent {
            self.previous.add(*previous == agent.agent);
        }
        self.country.add(session.country == agent.country);
    }

    pub(super) fn turned_down(&mut self) {
        self.turned_down += 1;
    }

    pub(super) fn overlooked(&mut self, count: usize) {
        *self.overlooked.get_or_insert(0) += count;
    }

    pub(super) fn line(&mut self, length: usize) {
        self.longest_line = self.longest_line.max(length);
    }

    pub(super) fn figures(mut self, people: &[Person]) -> Figures {
        self.waits_ms.sort_unstable();
        let places = || people.iter().map(|it| i64::from(it.standing.capacity));
        let mut sessions_per_place: Vec<i64> = self
            .sessions
            .iter()
            .zip(places())
            .map(|(sessions, places)| sessions * 100 / places)
            .collect();
        sessions_per_place.sort_unstable();
        let mut busy: Vec<i64> = self
            .busy_ms
            .iter()
            .zip(places())
            .map(|(busy, places)| busy * 1000 / (places * self.last.max(1)))
            .collect();
        busy.sort_unstable();
        Figures {
            served: self.waits_ms.len(),
            turned_down: self.turned_down,
            waits_ms: self.waits_ms,
            longest_line: self.longest_line,
            overlooked: self.overlooked,
            sessions_per_place,
            busy,
            in_language: self.language.per_thousand(),
            in_rarer_language: self.rarer_language.per_thousand(),
            with_expertise: self.expertise.per_thousand(),
            by_previous_agent: self.previous.per_thousand(),
            in_country: self.country.per_thousand(),
        }
    }
}
