//! The queue of messages.
//!
//! Invariants: an entry is stored before it is first sent and forgotten only when it was
//! acknowledged, seen in the conversation or discarded; what was sent once is sent again
//! unchanged under the same client id; in each lane (a visitor's client has one, an agent's one
//! for each conversation) at most one entry is on its way, the oldest that has not failed.

#[cfg(feature = "agent")]
use protocol::agent::PostNote;
use protocol::chatbot::PressedButton;
use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{AttachmentId, ClientId, ConversationId};
use protocol::limits::Limits;
use protocol::message::Format;
use protocol::time::Timestamp;
use protocol::visitor::PostMessage;

use super::entry::{Entry, EntryState};
use super::extras::Extras;
use super::neighbours::Neighbours;
use super::saved;
use crate::composer::problem_of;
use crate::connection::backoff;
use crate::effect::{Alert, Slice};
#[cfg(feature = "agent")]
use crate::outgoing::Outgoing;
use crate::outgoing::Shared;
use crate::session::keys;
use crate::side::Party;
use crate::turn::Turn;

/// Time an answer may take before the socket is taken for dead.
const ANSWER_MS: i64 = 20_000;
/// Least wait before a refused message is tried again.
pub(super) const LEAST_PAUSE_MS: u32 = 250;

impl Entry {
    fn storage_key(&self) -> String {
        keys::outbox(self.at, &self.client_id)
    }

    /// Writes down how far it is.
    #[inline(never)]
    pub(super) fn store(&self, turn: &mut Turn) {
        turn.save(self.storage_key(), saved::write(self));
    }

    pub(super) fn fail(&mut self, code: ErrorCode, turn: &mut Turn) {
        self.state = EntryState::Failed(code);
        self.store(turn);
        turn.alert(Alert::SendFailed);
        turn.render(Slice::Timeline);
    }
}

/// All messages that are not acknowledged, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(super) entries: Vec<Entry>,
    neighbours: Neighbours,
    /// The button whose message was acknowledged last: its question is closed, also before the
    /// server has told of it again.
    pub(super) pressed: Option<PressedButton>,
}

impl Outbox {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether something would be lost with this page if it is not in storage.
    pub(crate) fn keeps_any(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.state != EntryState::Taken)
    }

    /// The entries shown in this conversation; a visitor's client shows all.
    pub(crate) fn shown_in<'a>(
        &'a self,
        party: Party,
        shown: Option<&'a ConversationId>,
    ) -> impl Iterator<Item = &'a Entry> {
        self.entries
            .iter()
            .filter(|entry| entry.extras.change.is_none())
            .filter(move |entry| party == Party::Visitor || entry.conversation.as_ref() == shown)
    }

    /// Takes an entry from storage.
    pub(crate) fn restore(&mut self, rest: &str, value: &str, now: Timestamp) {
        if let Some(mut entry) = saved::read(rest, value) {
            if entry.state == EntryState::Queued && entry.is_expired(now) {
                entry.state = EntryState::Failed(ErrorCode::Expired);
            }
            self.insert(entry);
        }
    }

    fn insert(&mut self, mut entry: Entry) {
        entry.asks = false;
        let at = self
            .entries
            .partition_point(|other| other.place() < entry.place());
        self.entries.insert(at, entry);
    }

    /// Puts a new message at the end and stores it.
    #[inline(never)]
    pub(crate) fn push(
        &mut self,
        text: String,
        conversation: Option<ConversationId>,
        extras: Extras,
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
            extras,
            state: EntryState::Queued,
            refusals: 0,
            asks: false,
            stored: turn.storing,
            tried: false,
        };
        entry.store(turn);
        self.entries.push(entry);
        turn.render(Slice::Timeline);
    }

    /// Stores what was written before storing was allowed.
    pub(crate) fn store_all(&mut self, turn: &mut Turn) {
        for entry in &mut self.entries {
            if !entry.stored {
                entry.stored = turn.storing;
                entry.store(turn);
            }
        }
    }

    /// Sends what may go now.
    #[inline(never)]
    pub(crate) fn send_due(&mut self, party: Party, limits: &Limits, turn: &mut Turn) {
        for at in 0..self.entries.len() {
            // A pause ends when its time is up, also for an entry that is not at the head: older
            // ones may have been taken over since. Its timer would ring for ever.
            if matches!(self.entries[at].state, EntryState::Paused { until } if until <= turn.now) {
                self.entries[at].state = EntryState::Queued;
            }
            if self.is_head(at, party) {
                self.send(at, party, limits, turn);
            }
        }
    }

    /// Whether an entry is the first of its lane that is due, with none of the lane on its way.
    /// A later one may be: when older ones were taken over from another page. One whose files
    /// are not there yet lets others pass, unless the conversation begins with it.
    fn is_head(&self, at: usize, party: Party) -> bool {
        let entry = &self.entries[at];
        entry.is_due()
            && entry.has_files()
            && !self.entries.iter().enumerate().any(|(place, other)| {
                (place < at && other.is_due() && (other.has_files() || other.begins())
                    || other.is_in_flight())
                    && (party == Party::Visitor || other.conversation == entry.conversation)
            })
    }

    fn send(&mut self, at: usize, party: Party, limits: &Limits, turn: &mut Turn) {
        let entry = &mut self.entries[at];
        if entry.state != EntryState::Queued {
            return;
        }
        if entry.is_expired(turn.now) {
            entry.fail(ErrorCode::Expired, turn);
            return;
        }
        // Written when other limits held: the server would end the connection over it.
        if problem_of(&entry.text, limits) == Some(ErrorCode::TextTooLong) {
            entry.fail(ErrorCode::TextTooLong, turn);
            return;
        }
        entry.tried = true;
        entry.state = EntryState::InFlight { since: turn.now };
        turn.render(Slice::Timeline);
        if let (Some(change), Some(place)) = (&entry.extras.change, &entry.conversation) {
            turn.send(entry.order(change, place, party));
            return;
        }
        // What was stored as a note goes out as one or not at all.
        #[cfg(feature = "agent")]
        if let Some(mentioned) = &entry.extras.note {
            if let Some(conversation) = &entry.conversation {
                let order = PostNote {
                    client_id: entry.client_id.clone(),
                    conversation: conversation.clone(),
                    text: entry.text.clone(),
                    mentions: mentioned.agents.clone(),
                    teams: mentioned.teams.clone(),
                    reply_to: entry.extras.reply_to.clone(),
                    attachments: entry.attachments(),
                };
                turn.send(Outgoing::Agent(order.into()));
            } else {
                entry.fail(ErrorCode::NotFound, turn);
            }
            return;
        }
        turn.send(
            PostMessage {
                client_id: entry.client_id.clone(),
                conversation: entry.conversation.clone(),
                text: entry.text.clone(),
                format: Format::Plain,
                greeting: entry.extras.greeting.clone(),
                pressed: entry.extras.pressed.clone(),
                form: entry.extras.form.clone(),
                attachments: entry.attachments(),
                reply_to: entry.extras.reply_to.clone(),
            }
            .by(party),
        );
    }

    /// The socket is gone: nothing is on its way any more.
    pub(crate) fn lost(&mut self, turn: &mut Turn) {
        self.neighbours.lost();
        for entry in &mut self.entries {
            if entry.is_in_flight() {
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
        let entry = self.take(at, turn);
        entry.abandon_files(turn);
        if entry.extras.pressed.is_some() {
            self.pressed.clone_from(&entry.extras.pressed);
        }
        Some(entry)
    }

    #[inline(never)]
    pub(super) fn take(&mut self, at: usize, turn: &mut Turn) -> Entry {
        let entry = self.entries.remove(at);
        turn.forget(entry.storage_key());
        turn.render(Slice::Timeline);
        entry
    }

    /// Another page stored a message. One that failed there has failed here, too.
    pub(crate) fn stored_elsewhere(&mut self, rest: &str, value: &str, turn: &mut Turn) {
        let Some(other) = saved::read(rest, value) else {
            return;
        };
        let at = self
            .entries
            .iter()
            .position(|entry| entry.client_id == other.client_id);
        if let Some(at) = at.filter(|at| self.entries[*at].is_held_by(&other)) {
            let entry = self.entries.remove(at);
            entry.abandon_files(turn);
            self.neighbours.stored(other);
            turn.render(Slice::Timeline);
            return;
        }
        match at.map(|at| &mut self.entries[at]) {
            Some(own) if other.has_failed() && !own.is_in_flight() => {
                own.state = other.state;
                own.halt_files(turn);
                turn.render(Slice::Timeline);
            }
            Some(own) => own.stored_files(&other, turn),
            None => self.neighbours.stored(other),
        }
    }

    /// Another page is done with a stored message: it is not sent from here any more. What
    /// failed was discarded or written anew there. An answer or a form may have been taken back
    /// there, because the server did not want it; if the server has it, the feed brings it. The
    /// rest the server has: it stays on the screen until the feed brings it, or a copy that
    /// should have. One that is on its way gets its own answer.
    pub(crate) fn removed_elsewhere(&mut self, rest: &str, turn: &mut Turn) {
        let Some((_, client_id)) = keys::read_outbox(rest) else {
            return;
        };
        self.neighbours.removed(&client_id);
        self.entries.retain(|entry| {
            let is_given_up = entry.client_id == client_id
                && (entry.has_failed()
                    || entry.can_be_cancelled() && !entry.is_anybodys()
                    || entry.can_be_taken_back() && !entry.is_in_flight());
            if is_given_up {
                entry.abandon_files(turn);
            }
            !is_given_up
        });
        for entry in &mut self.entries {
            if entry.client_id == client_id && !entry.is_in_flight() {
                entry.abandon_files(turn);
                entry.state = EntryState::Taken;
            }
        }
        // The message that was changed is on the screen anyway.
        self.entries
            .retain(|entry| entry.state != EntryState::Taken || entry.extras.change.is_none());
        turn.render(Slice::Timeline);
    }

    /// A fresh copy of a conversation came; what it does not have is nowhere else.
    pub(crate) fn copied(&mut self, party: Party, conversation: &ConversationId) {
        self.entries.retain(|entry| {
            entry.state != EntryState::Taken
                || (party != Party::Visitor && entry.conversation.as_ref() != Some(conversation))
        });
    }

    /// Takes over what a closed page left, except what a conversation `holds` already. Call it
    /// while connected.
    pub(crate) fn take_over(&mut self, holds: impl Fn(&ClientId) -> bool, turn: &mut Turn) {
        while let Some(entry) = self.neighbours.abandoned(turn.now) {
            if holds(&entry.client_id) {
                turn.forget(entry.storage_key());
            } else {
                self.insert(entry);
                turn.render(Slice::Timeline);
            }
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
            entry.fail(refusal.code, turn);
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
        if let Some(mut entry) = self.take_failed(key) {
            let is_gone = entry.state == EntryState::Failed(ErrorCode::UnknownAttachment);
            for file in &mut entry.extras.files {
                if is_gone || file.finished().is_none() {
                    file.renew(turn);
                }
            }
            // First the new, then the old one: a crash in between loses nothing.
            self.push(
                entry.text.clone(),
                conversation,
                entry.extras.clone(),
                Some(entry.key.clone()),
                turn,
            );
            turn.forget(entry.storage_key());
        }
    }

    /// Gives a message up that failed, or waits for its files, and hands it out, if it was
    /// written and not pressed.
    pub(crate) fn discard(&mut self, key: &str, turn: &mut Turn) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| {
            entry.key == key && (entry.has_failed() || entry.can_be_cancelled())
        })?;
        let entry = self.entries.remove(at);
        entry.abandon_files(turn);
        turn.forget(entry.storage_key());
        turn.render(Slice::Timeline);
        entry.extras.pressed.is_none().then_some(entry)
    }

    /// The attachments of these messages that are at the server already.
    pub(crate) fn finished_files(&self) -> impl Iterator<Item = &AttachmentId> {
        let files = self.entries.iter().flat_map(|entry| &entry.extras.files);
        files.filter_map(|file| Some(&file.finished()?.id))
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

    /// The visitor becomes another one: everything of theirs goes into whatever conversation
    /// there is then. Other pages have to decide for themselves.
    pub(crate) fn retarget(&mut self, turn: &mut Turn) {
        self.neighbours = Neighbours::default();
        self.entries.retain(|entry| {
            // What was said in the old conversation is nothing the new visitor could change.
            if entry.extras.change.is_some() {
                turn.forget(entry.storage_key());
            }
            entry.state != EntryState::Taken && entry.extras.change.is_none()
        });
        for entry in &mut self.entries {
            entry.conversation = None;
            entry.extras.reply_to = None;
            // Nobody asked the new visitor anything yet.
            entry.extras.greeting = None;
            entry.extras.pressed = None;
            entry.halt_files(turn);
            for file in &mut entry.extras.files {
                file.renew(turn);
            }
            entry.store(turn);
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
        self.next_answer_due()
            .into_iter()
            .chain(self.neighbours.next_due())
            .chain(self.uploads_due())
            .min()
    }

    /// The same as far as it is about answers.
    pub(crate) fn next_answer_due(&self) -> Option<Timestamp> {
        let mut soonest: Option<Timestamp> = None;
        for entry in &self.entries {
            let at = match entry.state {
                EntryState::InFlight { since } => since.plus(ANSWER_MS),
                EntryState::Paused { until } => until,
                EntryState::Queued | EntryState::Failed(_) | EntryState::Taken => continue,
            };
            soonest = Some(match soonest {
                Some(soonest) => soonest.min(at),
                None => at,
            });
        }
        soonest
    }
}
