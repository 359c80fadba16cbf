//! The queue of messages.
//!
//! Invariants: an entry is stored before it is first sent and forgotten only when it was
//! acknowledged, seen in the conversation or discarded; what was sent once is sent again
//! unchanged under the same client id; in each lane (a visitor's client has one, an agent's one
//! for each conversation) at most one entry is on its way, the oldest that has not failed.

use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{ClientId, ConversationId};
use protocol::message::Format;
use protocol::time::Timestamp;
use protocol::visitor::PostMessage;

use super::saved;
use crate::connection::backoff;
use crate::effect::{Alert, Slice};
use crate::outgoing::Shared;
use crate::session::{Party, keys};
use crate::turn::Turn;

/// Time an answer may take before the socket is taken for dead.
const ANSWER_MS: i64 = 20_000;
/// Least wait before a refused message is tried again.
const LEAST_PAUSE_MS: u32 = 250;

/// A message on its way.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) client_id: ClientId,
    /// The name of its row: the client id it was first written under.
    pub(crate) key: String,
    /// When it was written, in milliseconds; unique and growing, so that it gives the order.
    pub(crate) at: i64,
    /// As the command names it. Never changed once it may have been sent.
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) text: String,
    pub(crate) state: EntryState,
    /// How often the server asked to try again later.
    pub(crate) refusals: u32,
    /// It is in storage.
    pub(crate) stored: bool,
}

/// How far an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// Waits for its turn or for a connection.
    Queued,
    /// Sent on the present socket.
    InFlight { since: Timestamp },
    /// The server asked to try again later.
    Paused { until: Timestamp },
    /// Refused for good; the person decides.
    Failed(ErrorCode),
}

impl Entry {
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.state, EntryState::Failed(_))
    }

    fn storage_key(&self) -> String {
        keys::outbox(self.at, &self.client_id)
    }
}

/// All messages that are not acknowledged, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    entries: Vec<Entry>,
}

impl Outbox {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries shown in this conversation; a visitor's client shows all.
    pub(crate) fn shown_in<'a>(
        &'a self,
        party: Party,
        shown: Option<&'a ConversationId>,
    ) -> impl Iterator<Item = &'a Entry> {
        self.entries
            .iter()
            .filter(move |entry| party == Party::Visitor || entry.conversation.as_ref() == shown)
    }

    /// Takes an entry from storage.
    pub(crate) fn restore(&mut self, rest: &str, value: &str, now: Timestamp) {
        if let Some(entry) = saved::read(rest, value, now) {
            self.insert(entry);
        }
    }

    fn insert(&mut self, entry: Entry) {
        let at = self
            .entries
            .partition_point(|other| (other.at, &other.client_id) < (entry.at, &entry.client_id));
        self.entries.insert(at, entry);
    }

    /// Puts a new message at the end and stores it.
    pub(crate) fn push(
        &mut self,
        text: String,
        conversation: Option<ConversationId>,
        key: Option<String>,
        turn: &mut Turn,
    ) {
        let client_id = turn.client_id();
        let last = self.entries.last().map_or(0, |entry| entry.at + 1);
        let entry = Entry {
            key: key.unwrap_or_else(|| client_id.as_str().to_owned()),
            client_id,
            at: turn.now.0.max(last),
            conversation,
            text,
            state: EntryState::Queued,
            refusals: 0,
            stored: turn.storing,
        };
        turn.save(entry.storage_key(), saved::write(&entry));
        self.entries.push(entry);
        turn.render(Slice::Timeline);
    }

    /// Stores what was written before storing was allowed.
    pub(crate) fn store_all(&mut self, turn: &mut Turn) {
        for entry in &mut self.entries {
            if !entry.stored {
                entry.stored = turn.storing;
                turn.save(entry.storage_key(), saved::write(entry));
            }
        }
    }

    /// Sends what may go now.
    pub(crate) fn send_due(&mut self, party: Party, turn: &mut Turn) {
        let mut at = 0;
        while at < self.entries.len() {
            if self.is_head(at, party) {
                self.send(at, party, turn);
            }
            at += 1;
        }
    }

    /// Whether an entry is the first of its lane that has not failed.
    fn is_head(&self, at: usize, party: Party) -> bool {
        let entry = &self.entries[at];
        !entry.has_failed()
            && !self.entries[..at].iter().any(|other| {
                !other.has_failed()
                    && (party == Party::Visitor || other.conversation == entry.conversation)
            })
    }

    fn send(&mut self, at: usize, party: Party, turn: &mut Turn) {
        let entry = &mut self.entries[at];
        match entry.state {
            EntryState::Queued => {}
            EntryState::Paused { until } if until <= turn.now => {}
            _ => return,
        }
        entry.state = EntryState::InFlight { since: turn.now };
        turn.send(
            PostMessage {
                client_id: entry.client_id.clone(),
                conversation: entry.conversation.clone(),
                text: entry.text.clone(),
                format: Format::Plain,
            }
            .by(party),
        );
        turn.render(Slice::Timeline);
    }

    /// The socket is gone: nothing is on its way any more.
    pub(crate) fn lost(&mut self, turn: &mut Turn) {
        for entry in &mut self.entries {
            if matches!(entry.state, EntryState::InFlight { .. }) {
                entry.state = EntryState::Queued;
                turn.render(Slice::Timeline);
            }
        }
    }

    /// The server has this message; it is none of ours any more.
    pub(crate) fn acknowledged(&mut self, client_id: &ClientId, turn: &mut Turn) -> Option<Entry> {
        let at = self
            .entries
            .iter()
            .position(|entry| entry.client_id == *client_id)?;
        let entry = self.entries.remove(at);
        turn.forget(entry.storage_key());
        turn.render(Slice::Timeline);
        Some(entry)
    }

    /// Another page acknowledged or discarded a stored message; it is not sent from here any
    /// more. One that is on its way gets its own answer.
    pub(crate) fn removed_elsewhere(&mut self, rest: &str, turn: &mut Turn) {
        let Some((_, client_id)) = keys::read_outbox(rest) else {
            return;
        };
        let before = self.entries.len();
        self.entries.retain(|entry| {
            entry.client_id != client_id || matches!(entry.state, EntryState::InFlight { .. })
        });
        if self.entries.len() != before {
            turn.render(Slice::Timeline);
        }
    }

    /// The server did not take a command; says whether it was one of these messages.
    pub(crate) fn refused(
        &mut self,
        client_id: &ClientId,
        refusal: &Refusal,
        turn: &mut Turn,
    ) -> bool {
        let Some(entry) = self
            .entries
            .iter_mut()
            .find(|entry| entry.client_id == *client_id)
        else {
            return false;
        };
        turn.render(Slice::Timeline);
        if refusal.retryable {
            let pause = refusal
                .retry_after_ms
                .unwrap_or_else(|| backoff::delay_ms(entry.refusals, turn.random()))
                .max(LEAST_PAUSE_MS);
            entry.refusals += 1;
            entry.state = EntryState::Paused {
                until: turn.now.plus(i64::from(pause)),
            };
        } else {
            entry.state = EntryState::Failed(refusal.code);
            turn.save(entry.storage_key(), saved::write(entry));
            turn.alert(Alert::SendFailed);
        }
        true
    }

    /// Writes a failed message anew under a new client id, because the server remembers the
    /// refusal of the old one; the row stays the same.
    pub(crate) fn retry(
        &mut self,
        key: &str,
        conversation: Option<ConversationId>,
        turn: &mut Turn,
    ) {
        if let Some(entry) = self.take_failed(key) {
            // First the new, then the old one: a crash in between loses nothing.
            self.push(
                entry.text.clone(),
                conversation,
                Some(entry.key.clone()),
                turn,
            );
            turn.forget(entry.storage_key());
        }
    }

    /// Gives a failed message up and hands its text out.
    pub(crate) fn discard(&mut self, key: &str, turn: &mut Turn) -> Option<String> {
        let entry = self.take_failed(key)?;
        turn.forget(entry.storage_key());
        turn.render(Slice::Timeline);
        Some(entry.text)
    }

    fn take_failed(&mut self, key: &str) -> Option<Entry> {
        let at = self
            .entries
            .iter()
            .position(|entry| entry.key == key && entry.has_failed())?;
        Some(self.entries.remove(at))
    }

    /// A failed message's conversation, as its command named it.
    #[cfg(feature = "agent")]
    pub(crate) fn conversation_of(&self, key: &str) -> Option<&ConversationId> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)?
            .conversation
            .as_ref()
    }

    /// The visitor becomes another one: everything goes into whatever conversation there is then.
    pub(crate) fn retarget(&mut self, turn: &mut Turn) {
        for entry in &mut self.entries {
            entry.conversation = None;
            turn.save(entry.storage_key(), saved::write(entry));
        }
    }

    /// Whether an answer is overdue.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.entries.iter().any(|entry| match entry.state {
            EntryState::InFlight { since } => now.since(since) >= ANSWER_MS,
            _ => false,
        })
    }

    /// When the queue has to be looked at again.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.entries
            .iter()
            .filter_map(|entry| match entry.state {
                EntryState::InFlight { since } => Some(since.plus(ANSWER_MS)),
                EntryState::Paused { until } => Some(until),
                EntryState::Queued | EntryState::Failed(_) => None,
            })
            .min()
    }
}
