//! One use case's transaction: records, the entries they cause, and who is woken afterwards.
//!
//! Invariant: nobody is woken before the commit, and everybody concerned is woken after it.

use std::collections::BTreeSet;

use protocol::conversation::VisitorConversation;
use protocol::feed::Feed;
use protocol::ids::{ClientId, ContactId};
use protocol::time::Timestamp;

use crate::domain::Subject;
use crate::ports::storage::{Reading, Stored, Transaction};
use crate::ports::{Entropy, Publisher};

/// An open transaction with what a use case needs to fill it.
pub(crate) struct Change<'t> {
    pub(crate) tx: &'t mut dyn Transaction,
    pub(crate) now: Timestamp,
    entropy: &'t dyn Entropy,
    news: News,
}

/// What to say once the transaction is committed.
#[derive(Default)]
pub(crate) struct News {
    advanced: BTreeSet<Feed>,
    started: Option<(ContactId, VisitorConversation)>,
}

impl<'t> Change<'t> {
    pub(crate) fn new(
        tx: &'t mut dyn Transaction,
        now: Timestamp,
        entropy: &'t dyn Entropy,
    ) -> Self {
        Self {
            tx,
            now,
            entropy,
            news: News::default(),
        }
    }

    pub(crate) fn reading(&self) -> &dyn Reading {
        &*self.tx
    }

    /// Writes an entry and remembers whom to wake.
    pub(crate) fn entry(&mut self, feed: Feed, subject: &Subject) -> Stored<()> {
        self.tx.append_entry(&feed, subject, self.now)?;
        self.news.advanced.insert(feed);
        Ok(())
    }

    pub(crate) fn conversation_started(
        &mut self,
        contact: ContactId,
        conversation: VisitorConversation,
    ) {
        self.news.started = Some((contact, conversation));
    }

    /// A fresh name for a record: 32 hexadecimal digits.
    pub(crate) fn name(&self) -> String {
        fresh_name(self.entropy)
    }

    pub(crate) fn draw(&self) -> u128 {
        self.entropy.draw()
    }

    pub(crate) fn into_news(self) -> News {
        self.news
    }
}

impl News {
    pub(crate) fn publish(self, publisher: &dyn Publisher) {
        if let Some((contact, conversation)) = &self.started {
            publisher.conversation_started(contact, conversation);
        }
        for feed in &self.advanced {
            publisher.advanced(feed);
        }
    }
}

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn fresh_name(entropy: &dyn Entropy) -> String {
    ClientId::from_bits(entropy.draw()).as_str().to_owned()
}
