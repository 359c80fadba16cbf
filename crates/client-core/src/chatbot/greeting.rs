//! What the chatbot says before the visitor has done anything: shown one message after the other,
//! each after the time it takes to type it.
//!
//! Invariants: nothing of it is stored; its rows are named by the ids the messages will have, so
//! that the stored ones take their places; what was revealed once is never hidden again by the
//! clock, only by another conversation.

use protocol::author::{Author, AuthorRole};
use protocol::chatbot::{self, GreetingMessage};
use protocol::ids::MessageId;
use protocol::time::Timestamp;

/// The greeting of a visitor without a conversation.
#[derive(Debug, Default)]
pub(crate) struct Greeting {
    told: Option<chatbot::Greeting>,
    /// When each message that is on screen came, by this device's steady clock.
    shown_at: Vec<Timestamp>,
    /// When the next one comes.
    next_at: Option<Timestamp>,
}

impl Greeting {
    /// The server greets, anew perhaps: in another language, or after the connection was lost.
    /// Whoever has read half of it does not wait for that half again.
    pub(crate) fn told(&mut self, greeting: chatbot::Greeting, now: Timestamp) {
        // Its name alone does not tell: the same greeting speaks several languages.
        if self.told.as_ref() == Some(&greeting) {
            return;
        }
        self.shown_at.truncate(greeting.messages.len());
        self.told = Some(greeting);
        self.plan(now);
    }

    /// There is nothing to greet with, or nobody to greet any more.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Its name.
    pub(crate) fn id(&self) -> Option<&str> {
        self.told.as_ref().map(|greeting| greeting.id.as_str())
    }

    /// The chatbot as a writer.
    pub(crate) fn author(&self) -> Author {
        Author {
            role: AuthorRole::Automated,
            agent: None,
            name: self.told.as_ref().and_then(|told| told.name.clone()),
        }
    }

    fn messages(&self) -> &[GreetingMessage] {
        self.told.as_ref().map_or(&[], |told| &told.messages)
    }

    /// The messages on screen, with the moments they came.
    pub(crate) fn shown(&self) -> impl DoubleEndedIterator<Item = (&GreetingMessage, Timestamp)> {
        self.messages().iter().zip(self.shown_at.iter().copied())
    }

    /// Whether this message is on screen.
    pub(crate) fn has_shown(&self, message: &MessageId) -> bool {
        self.shown().any(|(shown, _)| shown.id == *message)
    }

    /// Whether the chatbot types.
    pub(crate) fn is_typing(&self) -> bool {
        self.next_at.is_some()
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.next_at
    }

    fn plan(&mut self, now: Timestamp) {
        let next = self.messages().get(self.shown_at.len());
        self.next_at = next.map(|next| now.plus(i64::from(next.delay_ms)));
    }

    /// Shows what is due by now; says what came.
    pub(crate) fn reveal(&mut self, now: Timestamp) -> Vec<String> {
        let mut texts = Vec::new();
        while self.next_at.is_some_and(|at| at <= now) {
            texts.extend(self.show_next(now));
        }
        texts
    }

    /// Shows the rest at once: the visitor has answered, and what they wrote stands below all of
    /// it.
    pub(crate) fn reveal_all(&mut self, now: Timestamp) {
        while self.next_at.is_some() {
            self.show_next(now);
        }
    }

    fn show_next(&mut self, now: Timestamp) -> Option<String> {
        let text = self.messages().get(self.shown_at.len())?.text.clone();
        self.shown_at.push(now);
        self.plan(now);
        Some(text)
    }
}
