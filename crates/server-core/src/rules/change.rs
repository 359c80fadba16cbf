//! One use case's transaction: records, the entries they cause, and who is woken afterwards.
//!
//! Invariant: nobody is woken before the commit, and everybody concerned is woken after it.

use std::collections::BTreeSet;

use protocol::conversation::VisitorConversation;
use protocol::feed::Feed;
use protocol::ids::{AgentId, ChannelId, ClientId, ContactId, SessionId};
use protocol::time::Timestamp;

use super::line::Stale;
use crate::domain::{Subject, TypingNotice};
use crate::ports::storage::{Reading, Stored, Transaction};
use crate::ports::{Entropy, Publisher};
use crate::settings::OfferSettings;

/// An open transaction with what a use case needs to fill it.
pub(crate) struct Change<'t> {
    pub(crate) tx: &'t mut dyn Transaction,
    pub(crate) now: Timestamp,
    pub(crate) offers: &'t OfferSettings,
    entropy: &'t dyn Entropy,
    news: News,
}

/// What to say once the transaction is committed.
#[derive(Default)]
pub(crate) struct News {
    advanced: BTreeSet<Feed>,
    started: Option<(ContactId, VisitorConversation)>,
    stale: Stale,
    chatbot_due: bool,
    typing: Vec<TypingNotice>,
}

impl<'t> Change<'t> {
    pub(crate) fn new(
        tx: &'t mut dyn Transaction,
        now: Timestamp,
        offers: &'t OfferSettings,
        entropy: &'t dyn Entropy,
    ) -> Self {
        Self {
            tx,
            now,
            offers,
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

    /// The agent's state or load is another: their screens are told, once, and what they may be
    /// offered is looked at again.
    pub(crate) fn agent_changed(&mut self, agent: &AgentId) -> Stored<()> {
        if self.news.stale.agents.insert(agent.clone()) {
            self.entry(Feed::Agent(agent.clone()), &Subject::State)?;
        }
        Ok(())
    }

    /// Whether the session waits, or what it waits for, is to be looked at again.
    pub(crate) fn session_changed(&mut self, session: &SessionId) {
        self.news.stale.sessions.insert(session.clone());
    }

    /// A session has left a channel's line for good.
    pub(crate) fn departed(&mut self, channel: &ChannelId) {
        self.news.stale.departed.push((channel.clone(), self.now));
    }

    /// A chatbot has something to do.
    pub(crate) fn chatbot_due(&mut self) {
        self.news.chatbot_due = true;
    }

    /// A chatbot types.
    pub(crate) fn typing(&mut self, notice: TypingNotice) {
        self.news.typing.push(notice);
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
    /// Whether there is work for whoever distributes it and lets chatbots speak.
    pub(crate) fn is_work(&self) -> bool {
        self.chatbot_due || !self.stale.is_empty()
    }

    /// What the waiting line has to look at again.
    pub(crate) fn take_stale(&mut self) -> Stale {
        std::mem::take(&mut self.stale)
    }

    pub(crate) fn publish(self, publisher: &dyn Publisher) {
        if let Some((contact, conversation)) = &self.started {
            publisher.conversation_started(contact, conversation);
        }
        for feed in &self.advanced {
            publisher.advanced(feed);
        }
        for notice in &self.typing {
            publisher.typing(notice);
        }
    }
}

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn fresh_name(entropy: &dyn Entropy) -> String {
    ClientId::from_bits(entropy.draw()).as_str().to_owned()
}
