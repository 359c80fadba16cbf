//! What assignment goes by, kept beside storage: every line and every agent, on one board.
//!
//! Storage is the truth and the board a copy of what matters in it. Use cases name what they
//! changed, and only that is read again, so that a long line costs nothing while nobody is free.
//! Invariant: a fact is named after it was committed and read after it was named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::ids::{AgentId, ChannelId, ConversationId, SessionId};
use protocol::time::Timestamp;

use super::availability;
use super::expertise;
use super::presence::Presence;
use crate::assignment::{AgentStanding, Board, Place, Readiness, Rules, Turns, WaitingSession};
use crate::domain::language::Written;
use crate::domain::{AgentRecord, SessionRecord};
use crate::error::StorageError;
use crate::ports::storage::{Reading, Stored};
use crate::settings::OfferSettings;
use protocol::agent::Availability;

/// What the board does not know yet.
#[derive(Debug, Default)]
pub(crate) struct Stale {
    pub(crate) sessions: BTreeSet<SessionId>,
    pub(crate) agents: BTreeSet<AgentId>,
    pub(crate) departed: Vec<(ChannelId, Timestamp)>,
}

impl Stale {
    pub(crate) fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.agents.is_empty() && self.departed.is_empty()
    }

    fn add(&mut self, more: Self) {
        self.sessions.extend(more.sessions);
        self.agents.extend(more.agents);
        self.departed.extend(more.departed);
    }
}

/// The board, and what is still to be put on it.
#[derive(Default)]
pub(crate) struct Line {
    stale: Mutex<Stale>,
    table: Mutex<Option<Table>>,
    /// Channels in which somebody is there; nothing before the first look.
    attended: Mutex<Option<BTreeSet<ChannelId>>>,
}

impl Line {
    /// Notes what has changed.
    pub(crate) fn note(&self, stale: Stale) {
        self.stale().add(stale);
    }

    /// Notes that an agent is to be looked at again.
    pub(crate) fn note_agent(&self, agent: &AgentId) {
        self.stale().agents.insert(agent.clone());
    }

    /// Takes all that has changed.
    pub(crate) fn take_stale(&self) -> Stale {
        std::mem::take(&mut *self.stale())
    }

    /// The board, for one at a time; nothing before the first time and after a fault.
    pub(crate) fn table(&self) -> MutexGuard<'_, Option<Table>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an agent of the channel is available, busy with others or not. Before anybody
    /// has looked, hope.
    pub(crate) fn is_anybody_there(&self, channel: &ChannelId) -> bool {
        self.attended()
            .as_ref()
            .is_none_or(|all| all.contains(channel))
    }

    /// Notes in which channels somebody is there. Says whether somebody may have left one.
    pub(crate) fn note_attended(&self, channels: BTreeSet<ChannelId>) -> bool {
        let mut attended = self.attended();
        let left = match &*attended {
            Some(before) => !before.is_subset(&channels),
            None => true,
        };
        *attended = Some(channels);
        left
    }

    fn attended(&self) -> MutexGuard<'_, Option<BTreeSet<ChannelId>>> {
        self.attended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stale(&self) -> MutexGuard<'_, Stale> {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The board with what it does not keep itself.
pub(crate) struct Table {
    pub(crate) board: Board,
    /// When the quietest of an agent's sessions will have fallen silent.
    silences: BTreeMap<AgentId, Timestamp>,
    /// The conversations of the sessions on the board.
    conversations: BTreeMap<SessionId, ConversationId>,
    /// How many agents are ready in each channel.
    ready: BTreeMap<ChannelId, u32>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self {
            board: Board::new(Rules::default()),
            silences: BTreeMap::new(),
            conversations: BTreeMap::new(),
            ready: BTreeMap::new(),
        }
    }

    /// The channels in which somebody is there.
    pub(crate) fn attended(&self) -> BTreeSet<ChannelId> {
        self.ready.keys().cloned().collect()
    }

    fn count_ready(&mut self, standing: &AgentStanding, by: i32) {
        if standing.readiness != Readiness::Ready {
            return;
        }
        for channel in &standing.channels {
            let count = self.ready.entry(channel.clone()).or_default();
            *count = count.saturating_add_signed(by);
            if *count == 0 {
                self.ready.remove(channel);
            }
        }
    }

    /// Takes over what is known of an agent. Says whether their load is another.
    pub(crate) fn set_agent(&mut self, seen: Seen) -> bool {
        let Seen { standing, silence } = seen;
        match silence {
            Some(at) => self.silences.insert(standing.agent.clone(), at),
            None => self.silences.remove(&standing.agent),
        };
        let before = self.board.agent(&standing.agent);
        let load_changed = before.is_some_and(|before| before.load != standing.load);
        // What is set counts as fresh and is matched again, so repeats are left out.
        if before != Some(&standing) {
            let before = before.cloned();
            self.count_ready(&standing, 1);
            if let Some(before) = before {
                self.count_ready(&before, -1);
            }
            self.board.set_agent(standing);
        }
        load_changed
    }

    /// Puts a session in its line.
    pub(crate) fn add_session(&mut self, seen: SeenSession) {
        let session = seen.waiting.session.clone();
        self.conversations.insert(session, seen.conversation);
        self.board.add_session(seen.waiting);
    }

    /// Takes a session out, if it is in one.
    pub(crate) fn remove_session(&mut self, session: &SessionId) {
        self.conversations.remove(session);
        self.board.remove_session(session);
    }

    /// Whether anybody is in line, or was a moment ago.
    pub(crate) fn is_anybody_waiting(&self) -> bool {
        !self.conversations.is_empty()
    }

    /// Everybody in line, with their place; without one where nobody is there.
    pub(crate) fn places(
        &self,
        now: Timestamp,
    ) -> impl Iterator<Item = (SessionId, ConversationId, Option<Place>)> {
        self.board
            .places(now)
            .filter_map(|(channel, session, place)| {
                let conversation = self.conversations.get(session)?;
                let place = self.ready.contains_key(channel).then_some(place);
                Some((session.clone(), conversation.clone(), place))
            })
    }

    /// Forgets an agent who is no longer on record.
    pub(crate) fn remove_agent(&mut self, agent: &AgentId) {
        self.silences.remove(agent);
        if let Some(before) = self.board.agent(agent).cloned() {
            self.count_ready(&before, -1);
        }
        self.board.remove_agent(agent);
    }

    /// Agents one of whose sessions has fallen silent.
    pub(crate) fn silent(&self, now: Timestamp) -> Vec<AgentId> {
        let due = self.silences.iter().filter(|(_, at)| **at <= now);
        due.map(|(agent, _)| agent.clone()).collect()
    }

    /// When something changes although nobody does anything.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        let silence = self.silences.values().min().copied();
        silence.into_iter().chain(self.board.next_wake()).min()
    }
}

/// An agent as assignment sees them, and when that changes by itself.
pub(crate) struct Seen {
    pub(crate) standing: AgentStanding,
    pub(crate) silence: Option<Timestamp>,
}

/// Sees an agent.
pub(crate) fn see_agent(
    reading: &dyn Reading,
    agent: &AgentRecord,
    now: Timestamp,
    settings: &OfferSettings,
    presence: &Presence,
) -> Stored<Seen> {
    let state = availability::state(reading, agent)?;
    let readiness = if state.availability != Availability::Available {
        Readiness::NotAvailable
    } else if presence.may_be_asked(&agent.id, now, settings) {
        Readiness::Ready
    } else {
        Readiness::Disconnected
    };
    let workload = reading.workload(&agent.id, now.plus(-settings.silent_after_ms))?;
    let channels = reading.channels_of_agent(&agent.id)?;
    let profile = &agent.profile;
    let standing = AgentStanding {
        agent: agent.id.clone(),
        channels: channels.into_iter().map(|channel| channel.id).collect(),
        readiness,
        load: workload.conversations,
        offers: u32::try_from(reading.open_offers(&agent.id)?.len()).unwrap_or(u32::MAX),
        capacity: profile.capacity,
        expertise: profile.expertise.iter().cloned().collect(),
        languages: profile
            .languages
            .iter()
            .filter_map(|tag| Written::of(tag))
            .collect(),
        country: profile.country.clone(),
        last_offered_at: state.last_offered_at,
    };
    let silence = workload.quietest;
    Ok(Seen {
        standing,
        // The moment itself still counts as active.
        silence: silence.map(|at| at.plus(settings.silent_after_ms + 1)),
    })
}

/// A session as assignment sees it, and whose it is.
pub(crate) struct SeenSession {
    pub(crate) waiting: WaitingSession,
    conversation: ConversationId,
}

/// Sees a session; nothing when it does not wait or run, or is held out to somebody.
pub(crate) fn see_session(
    reading: &dyn Reading,
    session: &SessionId,
) -> Stored<Option<SeenSession>> {
    match reading.session(session)? {
        Some(record) => see_waiting(reading, record),
        None => Ok(None),
    }
}

/// The same for a record that was read already.
pub(crate) fn see_waiting(
    reading: &dyn Reading,
    session: SessionRecord,
) -> Stored<Option<SeenSession>> {
    let (None, Some(waiting_since)) = (session.ended_at, session.waiting_since) else {
        return Ok(None);
    };
    if reading.open_offer(&session.id)?.is_some() {
        return Ok(None);
    }
    let id = &session.conversation;
    let conversation = reading.conversation(id)?.ok_or_else(|| {
        StorageError::Damaged(format!("a session waits for the unknown conversation {id}"))
    })?;
    if conversation.session != session.id || conversation.live_status.is_none() {
        return Ok(None);
    }
    let contact = reading.contact(&conversation.contact)?;
    let country = contact.as_ref().and_then(|contact| contact.country.clone());
    let tags = contact.iter().flat_map(|contact| {
        let tags = [&contact.language, &contact.widget_language];
        tags.into_iter().flatten()
    });
    let mut turns = Turns::default();
    for turn in reading.turns(&session.id)? {
        for _ in 0..turn.count {
            turns.turned_down(&turn.agent, turn.last_at);
        }
    }
    let waiting = WaitingSession {
        channel: conversation.channel,
        expertise: expertise::of_session(&session).into_iter().collect(),
        languages: tags.filter_map(|tag| Written::of(tag)).collect(),
        country: country.map(|country| country.code),
        previous_agent: session.previous_agent,
        waiting_since,
        turns,
        session: session.id,
    };
    Ok(Some(SeenSession {
        waiting,
        conversation: conversation.id,
    }))
}
