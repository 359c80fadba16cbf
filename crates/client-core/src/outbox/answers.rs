//! What the queue knows of the chatbot's questions: which are being answered, and which entries
//! have to leave it in another way than by being sent.

use protocol::chatbot::PressedButton;
use protocol::ids::{ClientId, MessageId};

use super::entry::{Entry, EntryState};
use super::queue::Outbox;
use crate::turn::Turn;

impl Entry {
    /// Whether the server's refusal takes it back instead of letting it stand there as failed: an
    /// answer to a question that is closed, or a form that lacks something.
    pub(super) fn can_be_taken_back(&self) -> bool {
        self.extras.pressed.is_some() || self.extras.form.is_some()
    }
}

impl Outbox {
    /// The button of a question whose message is on its way, or was the last to arrive.
    pub(crate) fn pressed(&self, question: &MessageId) -> Option<&PressedButton> {
        self.entries
            .iter()
            .filter(|entry| !entry.has_failed())
            .filter_map(|entry| entry.extras.pressed.as_ref())
            .chain(&self.pressed)
            .find(|pressed| pressed.question == *question)
    }

    /// Whether a question's answer has arrived at the server.
    pub(crate) fn has_answered(&self, question: &MessageId) -> bool {
        matches!(&self.pressed, Some(pressed) if pressed.question == *question)
    }

    /// Takes failed answers to a question away: another one is given.
    pub(crate) fn forget_failed_answers(&mut self, question: &MessageId, turn: &mut Turn) {
        while let Some(at) = self.entries.iter().position(|entry| {
            entry.has_failed()
                && matches!(&entry.extras.pressed, Some(pressed) if pressed.question == *question)
        }) {
            self.take(at, turn);
        }
    }

    /// Whether messages wait that will begin the conversation.
    pub(crate) fn begins(&self) -> bool {
        self.entries.iter().any(Entry::is_due)
    }

    /// Whether a filled-in form is among what is shown.
    pub(crate) fn holds_form(&self) -> bool {
        self.entries.iter().any(|entry| entry.extras.form.is_some())
    }

    /// Whether the greeting of this name was answered.
    pub(crate) fn answers_greeting(&self, id: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.extras.greeting.as_deref() == Some(id))
    }

    /// An entry, as long as it is here.
    pub(crate) fn get(&self, client_id: &ClientId) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.client_id == *client_id)
    }

    /// Takes an entry away that will not be sent.
    pub(crate) fn withdraw(&mut self, client_id: &ClientId, turn: &mut Turn) -> Option<Entry> {
        let at = self
            .entries
            .iter()
            .position(|entry| entry.client_id == *client_id)?;
        self.entries[at].halt_files(turn);
        Some(self.take(at, turn))
    }

    /// Takes away the last entry that the server cannot have.
    pub(crate) fn withdraw_untried(&mut self, turn: &mut Turn) -> Option<Entry> {
        let at = self.entries.iter().rposition(|entry| {
            !entry.tried && entry.state == EntryState::Queued && entry.extras.change.is_none()
        })?;
        self.entries[at].halt_files(turn);
        Some(self.take(at, turn))
    }
}
