//! Who is connected, and who wants to know what.
//!
//! The hub carries no news: it only says "this feed went on", and the socket's own task reads
//! storage behind its own cursor. So order and completeness never depend on what happens here,
//! and a socket that reads slowly holds a set of names, not a queue of messages. Typing is the
//! one thing that travels through the hub itself, because nobody keeps it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use protocol::conversation::VisitorConversation;
use protocol::feed::Feed;
use protocol::ids::ContactId;
use protocol::typing::TypingChanged;
use protocol::visitor::PlaceChanged;
use server_core::domain::{PlaceNotice, TokenDigest, TypingNotice};
use server_core::ports::Publisher;
use tokio::sync::Notify;

/// What a socket may be woken for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Entries of a feed, and typing beside it.
    Feed(Feed),
    /// What concerns a visitor, on all their screens.
    Contact(ContactId),
    /// The end of a sign-in.
    SignIn(TokenDigest),
}

/// Why a socket has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The server stops.
    GoingAway,
    /// The agent has signed out.
    SignedOut,
    /// Cut without a word, as a network does it; tests ask for it.
    Cut,
}

/// News that is told, not read.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// Somebody types. `by` names the writer as `Principal::key` prints it.
    Typing {
        /// The writer, who is not told.
        by: String,
        /// What the others are told.
        typing: TypingChanged,
    },
    /// The visitor's place in the waiting line is another.
    Place(PlaceChanged),
    /// The visitor has a conversation now.
    Started(VisitorConversation),
}

impl Signal {
    /// Whether this one makes an earlier one pointless.
    fn replaces(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (
                Self::Typing { by, typing },
                Self::Typing {
                    by: earlier_by,
                    typing: earlier,
                },
            ) => by == earlier_by && typing.conversation == earlier.conversation,
            (Self::Place(one), Self::Place(earlier)) => one.conversation == earlier.conversation,
            (Self::Started(one), Self::Started(earlier)) => one.id == earlier.id,
            _ => false,
        }
    }
}

/// Everything a socket was woken for since it last looked.
#[derive(Debug, Default)]
pub struct Notes {
    /// Feeds that went on; each once.
    pub feeds: Vec<Feed>,
    /// What is told; the latest of each kind.
    pub signals: Vec<Arc<Signal>>,
    /// Why the socket has to end.
    pub end: Option<End>,
}

impl Notes {
    fn add_feed(&mut self, feed: &Feed) {
        if !self.feeds.contains(feed) {
            self.feeds.push(feed.clone());
        }
    }
}

/// Who types when it is nobody: no principal has this key.
const CHATBOT: &str = "chatbot";

/// More signals than this at once are typing nobody needs to see.
const MOST_SIGNALS: usize = 32;

/// Where the hub leaves notes for one socket. Small: ten thousand of them wait at the same time.
#[derive(Debug)]
pub struct Mailbox {
    id: u64,
    notes: Mutex<Notes>,
    woken: Notify,
}

impl Mailbox {
    /// Waits for the next note. Notes left before are not missed.
    pub async fn woken(&self) {
        self.woken.notified().await;
    }

    /// Takes all notes.
    pub fn take(&self) -> Notes {
        std::mem::take(&mut *self.notes())
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave(&self, note: impl FnOnce(&mut Notes)) {
        note(&mut self.notes());
        self.woken.notify_one();
    }
}

#[derive(Debug, Default)]
struct Registry {
    mailboxes: HashMap<u64, Arc<Mailbox>>,
    readers: HashMap<Topic, Vec<Arc<Mailbox>>>,
    stopping: bool,
}

/// All sockets of this server.
#[derive(Debug, Default)]
pub struct Hub {
    registry: Mutex<Registry>,
    last_id: AtomicU64,
    emptied: Notify,
    line: Notify,
}

impl Hub {
    /// A mailbox for a new socket; nothing when the server is stopping.
    pub fn join(self: &Arc<Self>) -> Option<Seat> {
        let mailbox = Arc::new(Mailbox {
            id: self.last_id.fetch_add(1, Ordering::Relaxed),
            notes: Mutex::default(),
            woken: Notify::new(),
        });
        let mut registry = self.registry();
        if registry.stopping {
            return None;
        }
        registry.mailboxes.insert(mailbox.id, mailbox.clone());
        Some(Seat {
            hub: self.clone(),
            mailbox,
            topics: Vec::new(),
        })
    }

    /// How many sockets are connected.
    pub fn count(&self) -> usize {
        self.registry().mailboxes.len()
    }

    /// Tells everybody who follows the feed that somebody types.
    pub fn typing_of(&self, feed: &Feed, by: &str, typing: TypingChanged) {
        let signal = Arc::new(Signal::Typing {
            by: by.to_owned(),
            typing,
        });
        self.signal(&Topic::Feed(feed.clone()), &signal);
    }

    /// Ends all sockets and lets no more in.
    pub fn stop(&self) {
        self.registry().stopping = true;
        self.end_all(End::GoingAway);
    }

    /// Ends all sockets there are.
    pub fn end_all(&self, end: End) {
        let mailboxes: Vec<_> = self.registry().mailboxes.values().cloned().collect();
        for mailbox in mailboxes {
            mailbox.leave(|notes| notes.end = Some(end));
        }
    }

    /// Waits until no socket is left.
    pub async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.count() == 0 {
                return;
            }
            emptied.await;
        }
    }

    /// Waits until sessions are to be distributed. One task may wait; what happened before the
    /// wait is not missed.
    pub async fn line_moved(&self) {
        self.line.notified().await;
    }

    fn signal(&self, topic: &Topic, signal: &Arc<Signal>) {
        for mailbox in self.readers(topic) {
            mailbox.leave(|notes| {
                notes.signals.retain(|earlier| !signal.replaces(earlier));
                let is_typing = matches!(**signal, Signal::Typing { .. });
                if !is_typing || notes.signals.len() < MOST_SIGNALS {
                    notes.signals.push(signal.clone());
                }
            });
        }
    }

    fn readers(&self, topic: &Topic) -> Vec<Arc<Mailbox>> {
        self.registry()
            .readers
            .get(topic)
            .cloned()
            .unwrap_or_default()
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Publisher for Hub {
    fn advanced(&self, feed: &Feed) {
        for mailbox in self.readers(&Topic::Feed(feed.clone())) {
            mailbox.leave(|notes| notes.add_feed(feed));
        }
    }

    fn conversation_started(&self, contact: &ContactId, conversation: &VisitorConversation) {
        let signal = Arc::new(Signal::Started(conversation.clone()));
        self.signal(&Topic::Contact(contact.clone()), &signal);
    }

    fn signed_out(&self, sign_in: &TokenDigest) {
        for mailbox in self.readers(&Topic::SignIn(sign_in.clone())) {
            mailbox.leave(|notes| notes.end = Some(End::SignedOut));
        }
    }

    fn typing(&self, notice: &TypingNotice) {
        for feed in &notice.to {
            self.typing_of(feed, CHATBOT, notice.frame.clone());
        }
    }

    fn place_changed(&self, notice: &PlaceNotice) {
        let feed = Feed::Visitor(notice.frame.conversation.clone());
        let signal = Arc::new(Signal::Place(notice.frame.clone()));
        self.signal(&Topic::Feed(feed), &signal);
    }

    fn line_changed(&self) {
        self.line.notify_one();
    }
}

/// One socket's place in the hub. Leaving it drops everything the socket followed.
#[derive(Debug)]
pub struct Seat {
    hub: Arc<Hub>,
    mailbox: Arc<Mailbox>,
    topics: Vec<Topic>,
}

impl Seat {
    /// Where its notes arrive.
    pub fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    /// Notes a feed for oneself: there may be entries that nobody will announce again.
    pub fn note(&self, feed: &Feed) {
        self.mailbox.leave(|notes| notes.add_feed(feed));
    }

    /// Begins to follow a topic; a repeat changes nothing.
    pub fn follow(&mut self, topic: Topic) {
        if self.topics.contains(&topic) {
            return;
        }
        let mut registry = self.hub.registry();
        let readers = registry.readers.entry(topic.clone()).or_default();
        readers.push(self.mailbox.clone());
        drop(registry);
        self.topics.push(topic);
    }

    /// Stops following a topic.
    pub fn unfollow(&mut self, topic: &Topic) {
        self.topics.retain(|followed| followed != topic);
        self.hub.registry().forget(topic, self.mailbox.id);
    }
}

impl Registry {
    fn forget(&mut self, topic: &Topic, mailbox: u64) {
        if let Some(readers) = self.readers.get_mut(topic) {
            readers.retain(|reader| reader.id != mailbox);
            if readers.is_empty() {
                self.readers.remove(topic);
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut registry = self.hub.registry();
        for topic in &self.topics {
            registry.forget(topic, self.mailbox.id);
        }
        registry.mailboxes.remove(&self.mailbox.id);
        let empty = registry.mailboxes.is_empty();
        drop(registry);
        if empty {
            self.hub.emptied.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::author::{Author, AuthorRole};
    use protocol::ids::ConversationId;

    use super::*;

    fn conversation(id: &str) -> ConversationId {
        ConversationId::parse(id).unwrap()
    }

    fn typing(typing: bool) -> TypingChanged {
        TypingChanged {
            conversation: conversation("c1"),
            author: Author {
                role: AuthorRole::Visitor,
                agent: None,
                name: None,
            },
            typing,
        }
    }

    #[test]
    fn a_feed_that_goes_on_twice_is_one_note() {
        let hub = Arc::new(Hub::default());
        let feed = Feed::Visitor(conversation("c1"));
        let mut seat = hub.join().unwrap();
        seat.follow(Topic::Feed(feed.clone()));
        hub.advanced(&feed);
        hub.advanced(&feed);
        hub.advanced(&Feed::Visitor(conversation("c2")));
        assert_eq!(seat.mailbox().take().feeds, [feed]);
        assert!(seat.mailbox().take().feeds.is_empty());
    }

    #[test]
    fn only_the_latest_typing_of_somebody_waits() {
        let hub = Arc::new(Hub::default());
        let feed = Feed::Conversation(conversation("c1"));
        let mut seat = hub.join().unwrap();
        seat.follow(Topic::Feed(feed.clone()));
        hub.typing_of(&feed, "visitor/k", typing(true));
        hub.typing_of(&feed, "visitor/k", typing(false));
        let signals = seat.mailbox().take().signals;
        assert_eq!(signals.len(), 1);
        assert!(
            matches!(&*signals[0], Signal::Typing { typing, .. } if !typing.typing),
            "{signals:?}"
        );
    }

    #[tokio::test]
    async fn a_note_left_before_the_wait_is_not_missed() {
        let hub = Arc::new(Hub::default());
        let feed = Feed::Visitor(conversation("c1"));
        let mut seat = hub.join().unwrap();
        seat.follow(Topic::Feed(feed.clone()));
        hub.advanced(&feed);
        seat.mailbox().woken().await;
        assert_eq!(seat.mailbox().take().feeds, [feed]);
    }

    #[tokio::test]
    async fn a_seat_that_is_left_leaves_nothing_behind() {
        let hub = Arc::new(Hub::default());
        let mut seat = hub.join().unwrap();
        seat.follow(Topic::Feed(Feed::Visitor(conversation("c1"))));
        seat.follow(Topic::SignIn(TokenDigest("d".to_owned())));
        seat.unfollow(&Topic::SignIn(TokenDigest("d".to_owned())));
        assert_eq!(hub.registry().readers.len(), 1);
        drop(seat);
        hub.emptied().await;
        assert!(hub.registry().readers.is_empty());
    }

    #[test]
    fn a_stopping_hub_lets_nobody_in() {
        let hub = Arc::new(Hub::default());
        let seat = hub.join().unwrap();
        hub.stop();
        assert_eq!(seat.mailbox().take().end, Some(End::GoingAway));
        assert!(hub.join().is_none());
    }
}
