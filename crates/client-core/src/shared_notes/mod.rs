//! The shared notes of conversations as this agent has them (mission P10).
//!
//! For each there is a pad: the server's version it goes on from, and what stands on screen. Own
//! words go to the server as a whole text with the version they were written on; what others wrote
//! comes as a whole text and is merged into what stands on screen. Invariants: a word leaves this
//! device's storage only when the server has it; at most one text of a pad is on its way; while one
//! is, newer versions wait, because nobody knows yet whether they hold it.

mod history;
mod saved;
#[cfg(test)]
mod tests;

use protocol::agent::{SaveSharedNotes, SharedNotes, merge};
use protocol::error::ErrorCode;
use protocol::ids::{ClientId, ConversationId};
use protocol::limits::Limits;
use protocol::time::Timestamp;

use crate::composer::problem_of;
use crate::effect::Slice;
use crate::session::keys;
use crate::turn::Turn;

pub(crate) use history::{Ask, History};

/// Time without a further key before what was written is saved.
const QUIET_MS: i64 = 500;
/// Time after which it is saved, however fast one writes.
const LONGEST_MS: i64 = 2_000;

/// A text on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    client_id: ClientId,
    text: String,
    restores: Option<u64>,
}

/// The shared notes of one conversation.
#[derive(Clone, Debug)]
pub(crate) struct Pad {
    conversation: ConversationId,
    /// The server's version that the text goes on from.
    pub(crate) base: SharedNotes,
    /// What stands on screen.
    pub(crate) text: String,
    sent: Option<Sent>,
    /// A newer version, which waits for the answer to what is on its way.
    newer: Option<SharedNotes>,
    /// Since when something is unsaved, and when it is to be saved.
    due: Option<(Timestamp, Timestamp)>,
    /// What is unsaved waits for nothing but the server.
    ready: bool,
    /// Words of somebody else came among own ones that were not saved.
    pub(crate) merged: bool,
    /// Why the server did not take the text.
    pub(crate) refused: Option<ErrorCode>,
    pub(crate) history: Option<History>,
}

impl Pad {
    fn of(conversation: ConversationId, base: SharedNotes) -> Self {
        Self {
            conversation,
            text: base.text.clone(),
            base,
            sent: None,
            newer: None,
            due: None,
            ready: false,
            merged: false,
            refused: None,
            history: None,
        }
    }

    /// Whether something stands on screen that the server has not said it has.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.sent.is_some() || self.text != self.base.text
    }

    /// Whether the version it goes on from was told by the server on this page.
    fn is_told(&self) -> bool {
        self.base.version == 0 || self.base.author.is_some()
    }

    /// Why the text cannot be saved as it stands.
    pub(crate) fn problem(&self, limits: &Limits) -> Option<ErrorCode> {
        let found = problem_of(&self.text, limits).filter(|code| *code != ErrorCode::TextEmpty);
        found.or(self.refused)
    }

    fn key(&self) -> String {
        keys::in_conversation(keys::SHARED_NOTES, &self.conversation)
    }

    /// Keeps on this device what the server does not have.
    fn store(&self, turn: &mut Turn) {
        if self.is_unsaved() {
            turn.save(self.key(), saved::write(self));
        } else {
            turn.forget(self.key());
        }
    }

    /// Saves what differs a little later.
    fn wait(&mut self, now: Timestamp) {
        let since = self.due.map_or(now, |(since, _)| since);
        let at = now.plus(QUIET_MS).min(since.plus(LONGEST_MS));
        self.due = Some((since, at));
    }

    /// Goes on from another version of the server. Own words are what makes the text differ from
    /// `known`, a text whose words that version has.
    fn go_on(&mut self, known: &str, notes: SharedNotes, turn: &mut Turn) {
        let is_news = notes.text != known;
        let text = merge(known, &self.text, &notes.text);
        self.merged |= is_news && self.text != known && text != self.text;
        self.text = text;
        if notes.version > self.base.version
            && let Some(history) = &mut self.history
        {
            history.ask = Some(Ask::Newest);
        }
        self.base = notes;
        if self.text == self.base.text {
            (self.due, self.ready) = (None, false);
        } else if self.refused.is_none() {
            self.wait(turn.now);
        }
        self.store(turn);
        turn.render(Slice::Information);
    }
}

/// All pads: of conversations that were opened, and of those with unsaved words.
#[derive(Debug, Default)]
pub(crate) struct SharedPads {
    pads: Vec<Pad>,
    /// When the timer that saves will run out.
    pub(crate) timer: Option<Timestamp>,
}

impl SharedPads {
    pub(crate) fn get(&self, conversation: &ConversationId) -> Option<&Pad> {
        self.pads
            .iter()
            .find(|pad| pad.conversation == *conversation)
    }

    pub(crate) fn get_mut(&mut self, conversation: &ConversationId) -> Option<&mut Pad> {
        self.pads
            .iter_mut()
            .find(|pad| pad.conversation == *conversation)
    }

    /// Takes unsaved words from storage; says what was on its way.
    pub(crate) fn restore(&mut self, rest: &str, value: &str, now: Timestamp) -> Option<Order> {
        let mut pad = saved::read(ConversationId::parse(rest)?, value)?;
        pad.wait(now);
        let order = pad.sent.as_ref().map(|sent| order(&pad, sent));
        self.pads
            .retain(|other| other.conversation != pad.conversation);
        self.pads.push(pad);
        order
    }

    /// Another page of this browser let go of what is stored for a conversation: what is unsaved
    /// here is kept again.
    pub(crate) fn forgotten_elsewhere(&mut self, rest: &str, turn: &mut Turn) {
        for pad in &self.pads {
            if pad.conversation.as_str() == rest && pad.is_unsaved() {
                pad.store(turn);
            }
        }
    }

    /// The server says how the notes of a conversation stand.
    pub(crate) fn told(&mut self, of: &ConversationId, notes: SharedNotes, turn: &mut Turn) {
        turn.render(Slice::Information);
        let Some(pad) = self.get_mut(of) else {
            self.pads.push(Pad::of(of.clone(), notes));
            return;
        };
        if pad.sent.is_some() {
            let newest = pad.newer.as_ref().map_or(0, |newer| newer.version);
            if notes.version > newest.max(pad.base.version) {
                pad.newer = Some(notes);
            }
        } else if notes.version > pad.base.version || !pad.is_told() {
            let known = std::mem::take(&mut pad.base.text);
            pad.go_on(&known, notes, turn);
        }
    }

    /// The agent changed what stood in the field, `from`, to something else.
    pub(crate) fn edit(&mut self, of: &ConversationId, from: &str, text: String, turn: &mut Turn) {
        let Some(pad) = self.get_mut(of) else {
            return;
        };
        if !pad.is_unsaved() {
            pad.merged = false;
        }
        if from == pad.text {
            pad.text = text;
        } else {
            // The field could not take over what others wrote, because a character was being
            // composed in it.
            pad.text = merge(from, &text, &pad.text);
        }
        pad.refused = None;
        pad.ready = false;
        pad.wait(turn.now);
        turn.render(Slice::Information);
    }

    /// Brings an earlier version back. Only while everything is saved, so that it replaces
    /// nothing that history does not have.
    pub(crate) fn restore_version(
        &mut self,
        of: &ConversationId,
        version: u64,
        turn: &mut Turn,
    ) -> Option<Order> {
        let pad = self.get_mut(of)?;
        let history = pad.history.as_ref()?;
        let found = history.versions.iter().find(|it| it.version == version)?;
        if pad.is_unsaved() || found.text == pad.text {
            return None;
        }
        pad.text.clone_from(&found.text);
        pad.merged = false;
        turn.render(Slice::Information);
        Some(pad.send(Some(version), turn))
    }

    /// Stores what is due, and says what is to be sent if there is a connection.
    pub(crate) fn due(&mut self, is_online: bool, limits: &Limits, turn: &mut Turn) -> Vec<Order> {
        let mut orders = Vec::new();
        for pad in &mut self.pads {
            let is_due = pad.due.is_some_and(|(_, at)| at <= turn.now);
            if is_due {
                pad.due = None;
                pad.ready = true;
            }
            let may_go = is_online && pad.sent.is_none() && pad.text != pad.base.text;
            if pad.ready && may_go && pad.problem(limits).is_none() {
                pad.ready = false;
                orders.push(pad.send(None, turn));
            } else if is_due {
                pad.store(turn);
            }
        }
        orders
    }

    /// When something is due.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let dues = self.pads.iter().filter_map(|pad| Some(pad.due?.1));
        dues.min()
    }

    /// The page may go away: what is unsaved is stored now.
    pub(crate) fn save(&mut self, turn: &mut Turn) {
        for pad in &mut self.pads {
            if pad.due.is_some() {
                pad.due = Some((turn.now, turn.now));
            }
        }
    }

    /// The server has what was on its way, and says how the notes stand now.
    pub(crate) fn saved(&mut self, name: &ClientId, notes: SharedNotes, turn: &mut Turn) {
        let is_it = |pad: &&mut Pad| pad.sent.as_ref().is_some_and(|it| it.client_id == *name);
        let Some(pad) = self.pads.iter_mut().find(is_it) else {
            return;
        };
        let known = pad.sent.take().map_or_else(String::new, |sent| sent.text);
        let newer = pad.newer.take().filter(|it| it.version > notes.version);
        pad.go_on(&known, newer.unwrap_or(notes), turn);
    }

    /// The server did not take it, for good. It stays on screen and on this device.
    pub(crate) fn refused(&mut self, of: &ConversationId, code: ErrorCode, turn: &mut Turn) {
        let Some(pad) = self.get_mut(of) else {
            return;
        };
        pad.sent = None;
        pad.refused = Some(code);
        (pad.due, pad.ready) = (None, false);
        match pad.newer.take() {
            Some(newer) => {
                let known = std::mem::take(&mut pad.base.text);
                pad.go_on(&known, newer, turn);
            }
            None => pad.store(turn),
        }
        turn.render(Slice::Information);
    }

    /// Forgets pads that hold nothing of their own, but for one conversation's.
    pub(crate) fn keep_only(&mut self, shown: Option<&ConversationId>) {
        self.pads
            .retain(|pad| pad.is_unsaved() || Some(&pad.conversation) == shown);
        for pad in &mut self.pads {
            pad.history = None;
        }
    }
}

/// What is to be sent, by the name it keeps until it is answered.
pub(crate) type Order = SaveSharedNotes;

impl Pad {
    /// Stores the text as one on its way.
    fn send(&mut self, restores: Option<u64>, turn: &mut Turn) -> Order {
        let sent = Sent {
            client_id: turn.client_id(),
            text: self.text.clone(),
            restores,
        };
        let order = order(self, &sent);
        self.sent = Some(sent);
        self.store(turn);
        turn.render(Slice::Information);
        order
    }
}

fn order(pad: &Pad, sent: &Sent) -> Order {
    Order {
        client_id: sent.client_id.clone(),
        conversation: pad.conversation.clone(),
        base_version: pad.base.version,
        text: sent.text.clone(),
        restores: sent.restores,
    }
}
