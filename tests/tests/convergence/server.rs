//! The server of these stories: the real use cases, with a carrier as thin as can be.
//!
//! Like the real one it keeps one cursor for each socket and feed, reads behind it, and follows a
//! feed before it answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use protocol::agent::{AgentCommand, AgentFrame};
use protocol::conversation::VisitorConversation;
use protocol::error::{ErrorCode, Refusal};
use protocol::feed::Feed;
use protocol::hello::{Done, Pong, Refused};
use protocol::ids::{AgentId, ChannelId, ClientId, ContactId, SiteKey};
use protocol::seq::{FeedCursor, Seq};
use protocol::time::Timestamp;
use protocol::typing::TypingChanged;
use protocol::visitor::{ConversationStarted, VisitorCommand, VisitorFrame};
use server_core::domain::{Principal, TokenDigest, Visitor};
use server_core::error::Error;
use server_core::memory::MemoryStorage;
use server_core::ports::{
    Clock, Credentials, Entropy, Publisher, ScriptFile, SiteRules, Sites, storage,
};
use server_core::service::{Arrival, Entries, Ports, Resumption, Service, VerifiedVisitor};
use server_core::settings::{Rate, Settings};

/// The time of a story.
#[derive(Default)]
pub(crate) struct StoryClock(AtomicI64);

impl StoryClock {
    pub(crate) fn at(millis: i64) -> Self {
        Self(AtomicI64::new(millis))
    }

    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct StoryEntropy(AtomicU64);

impl StoryEntropy {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub(crate) fn next(&self) -> u64 {
        let mut z = self
            .0
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
            .wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Entropy for StoryEntropy {
    fn draw(&self) -> u128 {
        (u128::from(self.next()) << 64) | u128::from(self.next())
    }
}

struct NoCredentials;

impl Credentials for NoCredentials {
    fn hash_password(&self, password: &str) -> String {
        password.to_owned()
    }

    fn verify_password(&self, password: &str, hash: &str) -> bool {
        password == hash
    }

    fn digest_token(&self, _token: &str) -> TokenDigest {
        panic!("nobody signs in here")
    }
}

/// A chatbot for one channel; the other has none.
const SCRIPT: &str = r#"{"name": "Robin", "languages": ["en"], "steps": [
    {"id": "hello", "type": "text", "text": "Hello"},
    {"id": "what", "type": "question", "required": false, "on_text": "person", "text": "What",
     "answers": [{"id": "again", "text": "Again", "go_to": "hello"},
                 {"id": "mail", "text": "Mail", "go_to": "mail"},
                 {"id": "person", "text": "Person", "go_to": "person"}]},
    {"id": "mail", "type": "email", "text": "Where", "skip": "No"},
    {"id": "bye", "type": "end", "text": "Bye"},
    {"id": "person", "type": "forward", "text": "One moment"},
    {"id": "nobody", "type": "end", "text": "Nobody"}
]}"#;

struct StorySites(Arc<ScriptFile>);

impl StorySites {
    fn new() -> Self {
        let script = server_core::script::check(SCRIPT.as_bytes()).unwrap();
        let source = SCRIPT.to_owned();
        Self(Arc::new(ScriptFile { script, source }))
    }
}

impl Sites for StorySites {
    fn script(&self, site: &SiteKey) -> Option<Arc<ScriptFile>> {
        (site.as_str() == "demo-support").then(|| self.0.clone())
    }

    fn rules(&self, _: &SiteKey) -> Arc<SiteRules> {
        Arc::default()
    }
}

/// Conversations that began, for the visitor's other sockets.
#[derive(Default)]
struct News(Mutex<Vec<(ContactId, VisitorConversation)>>);

impl Publisher for News {
    // Sockets read behind their cursors whenever frames travel.
    fn advanced(&self, _feed: &Feed) {}

    fn conversation_started(&self, contact: &ContactId, conversation: &VisitorConversation) {
        let news = (contact.clone(), conversation.clone());
        self.0.lock().unwrap().push(news);
    }

    fn signed_out(&self, _sign_in: &TokenDigest) {}
}

pub(crate) struct Server {
    pub(crate) service: Service,
    ports: Ports,
    news: Arc<News>,
}

/// The server's end of a socket.
#[derive(Default)]
pub(crate) struct Peer {
    pub(crate) who: Option<Principal>,
    pub(crate) follows: BTreeMap<Feed, Seq>,
}

/// Pages are so short that every conversation has several, and visitors are told to wait often.
fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.limits.page_rows = 5;
    settings.visitor_posts = vec![Rate {
        count: 2,
        per_ms: 3_000,
    }];
    settings
}

impl Server {
    pub(crate) fn new(clock: Arc<StoryClock>, seed: u64) -> Self {
        let news = Arc::new(News::default());
        let ports = Ports {
            storage: Arc::new(MemoryStorage::new()),
            clock,
            publisher: news.clone(),
            entropy: Arc::new(StoryEntropy::new(seed)),
            credentials: Arc::new(NoCredentials),
            sites: Arc::new(StorySites::new()),
        };
        let service = Service::start(ports.clone(), settings()).unwrap();
        service.seed_demo().unwrap();
        Self {
            service,
            ports,
            news,
        }
    }

    /// Starts again on the same storage.
    pub(crate) fn restart(&mut self) {
        self.news.0.lock().unwrap().clear();
        self.service = Service::start(self.ports.clone(), settings()).unwrap();
    }

    /// Starts again with another epoch: no cursor of before holds.
    pub(crate) fn lose_feeds(&mut self) {
        let epoch = format!("{:032x}", self.ports.entropy.draw());
        storage::write(&*self.ports.storage, |tx| tx.put_meta("epoch", &epoch)).unwrap();
        self.restart();
    }

    /// Lets chatbots do what is due. Says whether more will be.
    pub(crate) fn speak(&self) -> bool {
        self.service.speak().unwrap().is_some()
    }

    /// What the visitors' sockets are told outside of feeds.
    pub(crate) fn take_news(&self) -> Vec<(ContactId, String)> {
        let news = std::mem::take(&mut *self.news.0.lock().unwrap());
        news.into_iter()
            .map(|(contact, conversation)| {
                let frame = VisitorFrame::ConversationStarted(ConversationStarted { conversation });
                (contact, frame.encode())
            })
            .collect()
    }

    /// Answers a frame; typing signals are handed out with the feeds whose followers hear them.
    pub(crate) fn answer(
        &self,
        peer: &mut Peer,
        text: &str,
        to: &mut Vec<String>,
    ) -> Option<(Vec<Feed>, TypingChanged)> {
        match peer.who.clone() {
            None => {
                self.connect(peer, text, to);
                None
            }
            Some(Principal::Visitor(visitor)) => self.visitor(peer, &visitor, text, to),
            Some(Principal::Agent(agent)) => self.agent(peer, &agent, text, to),
        }
    }

    fn connect(&self, peer: &mut Peer, text: &str, to: &mut Vec<String>) {
        if let Ok(VisitorCommand::Connect(connect)) = VisitorCommand::decode(text) {
            let token = connect.token.as_ref().map(|token| {
                let (contact, channel) = token.split_once('.').unwrap();
                VerifiedVisitor {
                    contact: ContactId::parse(contact).unwrap(),
                    channel: ChannelId::parse(channel).unwrap(),
                }
            });
            let connected = self
                .service
                .connect_visitor(token, &Arrival::default(), &connect)
                .unwrap();
            let visitor = connected.visitor.clone();
            let token = format!("{}.{}", visitor.contact, visitor.channel);
            to.push(VisitorFrame::Ready(connected.ready(token)).encode());
            peer.who = Some(Principal::Visitor(visitor));
            self.resume_all(peer, connect.feeds, to);
        } else if let Ok(AgentCommand::Connect(connect)) = AgentCommand::decode(text) {
            // The test's cookie: the only agent there is.
            let agent = AgentId::parse("ana").unwrap();
            let ready = self.service.connect_agent(&agent, &connect).unwrap();
            to.push(AgentFrame::Ready(ready).encode());
            peer.who = Some(Principal::Agent(agent));
            self.resume_all(peer, connect.feeds, to);
        } else {
            panic!("the first frame was {text}");
        }
    }

    fn resume_all(&self, peer: &mut Peer, feeds: Vec<FeedCursor>, to: &mut Vec<String>) {
        for from in feeds {
            self.resume(peer, from, to);
        }
    }

    fn resume(&self, peer: &mut Peer, from: FeedCursor, to: &mut Vec<String>) {
        let who = peer.who.clone().unwrap();
        match self.service.resume_feed(&who, &from) {
            Ok(Resumption::Resumed(resumed)) => {
                to.push(VisitorFrame::Resumed(resumed).encode());
                peer.follows.insert(from.feed, from.seq);
            }
            Ok(Resumption::ResyncRequired(resync)) => {
                to.push(VisitorFrame::ResyncRequired(resync).encode());
                peer.follows.remove(&from.feed);
            }
            Err(error) => to.push(refused(None, None, error.refusal())),
        }
    }

    /// Reads everything behind the peer's cursors.
    pub(crate) fn read_feeds(&self, peer: &mut Peer, to: &mut Vec<String>) {
        let Some(who) = peer.who.clone() else {
            return;
        };
        for (feed, cursor) in peer.follows.clone() {
            let (frames, upto) = match &who {
                Principal::Visitor(visitor) => match self
                    .service
                    .read_visitor_entries(visitor, &feed, cursor, 1000)
                    .unwrap()
                {
                    Entries::Read { frames, upto, .. } => (
                        frames.iter().map(VisitorFrame::encode).collect::<Vec<_>>(),
                        upto,
                    ),
                    Entries::Gone(gone) => panic!("{gone:?}"),
                },
                Principal::Agent(agent) => match self
                    .service
                    .read_agent_entries(agent, &feed, cursor, 1000)
                    .unwrap()
                {
                    Entries::Read { frames, upto, .. } => (
                        frames.iter().map(AgentFrame::encode).collect::<Vec<_>>(),
                        upto,
                    ),
                    Entries::Gone(gone) => panic!("{gone:?}"),
                },
            };
            to.extend(frames);
            peer.follows.insert(feed, upto);
        }
    }

    fn visitor(
        &self,
        peer: &mut Peer,
        visitor: &Visitor,
        text: &str,
        to: &mut Vec<String>,
    ) -> Option<(Vec<Feed>, TypingChanged)> {
        let who = Principal::Visitor(visitor.clone());
        let service = &self.service;
        match VisitorCommand::decode(text).unwrap() {
            VisitorCommand::PostMessage(post) => {
                outcome(&post.client_id, service.post_message(&who, &post), to);
            }
            VisitorCommand::EditMessage(order) => {
                outcome(&order.client_id, service.edit_message(&who, &order), to);
            }
            VisitorCommand::DeleteMessage(order) => {
                outcome(&order.client_id, service.delete_message(&who, &order), to);
            }
            VisitorCommand::MarkDelivered(mark) => {
                outcome(&mark.client_id, service.mark_delivered(&who, &mark), to);
            }
            VisitorCommand::MarkRead(mark) => {
                outcome(&mark.client_id, service.mark_read(&who, &mark), to);
            }
            VisitorCommand::RestartChatbot(order) => {
                let done = service.restart_chatbot(visitor, &order);
                outcome(&order.client_id, done, to);
            }
            VisitorCommand::SetTyping(signal) => {
                let notice = service.set_typing(&who, &signal).unwrap();
                return Some((notice.to, notice.frame));
            }
            VisitorCommand::OpenConversation(query) => {
                match service.open_conversation(&who, &query) {
                    Ok(opened) => {
                        let cursor = opened.cursor.clone();
                        peer.follows.insert(cursor.feed, cursor.seq);
                        to.push(VisitorFrame::ConversationOpened(opened).encode());
                    }
                    Err(error) => to.push(refused(None, Some(query.reference), error.refusal())),
                }
            }
            VisitorCommand::FetchMessages(query) => {
                let fetched = service.fetch_messages(&who, &query).unwrap();
                to.push(VisitorFrame::MessagesFetched(fetched).encode());
            }
            VisitorCommand::Resume(order) => self.resume(peer, order.from, to),
            VisitorCommand::Ping(_) => to.push(VisitorFrame::Pong(Pong {}).encode()),
            VisitorCommand::Pong(_) => {}
            other => panic!("unexpected {other:?}"),
        }
        None
    }

    fn agent(
        &self,
        peer: &mut Peer,
        agent: &AgentId,
        text: &str,
        to: &mut Vec<String>,
    ) -> Option<(Vec<Feed>, TypingChanged)> {
        let who = Principal::Agent(agent.clone());
        let service = &self.service;
        match AgentCommand::decode(text).unwrap() {
            AgentCommand::PostMessage(post) => {
                outcome(&post.client_id, service.post_message(&who, &post), to);
            }
            AgentCommand::EditMessage(order) => {
                outcome(&order.client_id, service.edit_message(&who, &order), to);
            }
            AgentCommand::DeleteMessage(order) => {
                outcome(&order.client_id, service.delete_message(&who, &order), to);
            }
            AgentCommand::EditNote(order) => {
                outcome(&order.client_id, service.edit_note(agent, &order), to);
            }
            AgentCommand::DeleteNote(order) => {
                outcome(&order.client_id, service.delete_note(agent, &order), to);
            }
            AgentCommand::MarkDelivered(mark) => {
                outcome(&mark.client_id, service.mark_delivered(&who, &mark), to);
            }
            AgentCommand::MarkRead(mark) => {
                outcome(&mark.client_id, service.mark_read(&who, &mark), to);
            }
            AgentCommand::TakeConversation(order) => {
                let done = service.take_conversation(agent, &order);
                outcome(&order.client_id, done, to);
            }
            AgentCommand::JoinConversation(order) => {
                let done = service.join_conversation(agent, &order);
                outcome(&order.client_id, done, to);
            }
            AgentCommand::LeaveConversation(order) => {
                let done = service.leave_conversation(agent, &order);
                outcome(&order.client_id, done, to);
            }
            AgentCommand::PostNote(post) => {
                outcome(&post.client_id, service.post_note(agent, &post), to);
            }
            AgentCommand::SetNoteTyping(signal) => {
                let notice = service.set_note_typing(agent, &signal).unwrap();
                let is_visitors = |feed: &Feed| matches!(feed, Feed::Visitor(_));
                assert!(
                    !notice.to.iter().any(is_visitors),
                    "a visitor would hear it"
                );
                return Some((notice.to, notice.frame));
            }
            AgentCommand::SetTyping(signal) => {
                let notice = service.set_typing(&who, &signal).unwrap();
                return Some((notice.to, notice.frame));
            }
            AgentCommand::ListConversations(query) => {
                let listed = service.list_conversations(agent, &query).unwrap();
                for cursor in listed.cursors.clone() {
                    peer.follows.insert(cursor.feed, cursor.seq);
                }
                to.push(AgentFrame::ConversationsListed(listed).encode());
            }
            AgentCommand::OpenConversation(query) => {
                let opened = service.open_conversation_for_agent(agent, &query).unwrap();
                let cursor = opened.cursor.clone();
                peer.follows.insert(cursor.feed, cursor.seq);
                to.push(AgentFrame::ConversationOpened(opened).encode());
            }
            AgentCommand::CloseConversation(signal) => {
                peer.follows
                    .remove(&Feed::Conversation(signal.conversation));
            }
            AgentCommand::FetchMessages(query) => {
                let fetched = service.fetch_messages_for_agent(agent, &query).unwrap();
                to.push(AgentFrame::MessagesFetched(fetched).encode());
            }
            AgentCommand::Resume(order) => self.resume(peer, order.from, to),
            AgentCommand::Ping(_) => to.push(AgentFrame::Pong(Pong {}).encode()),
            AgentCommand::Pong(_) => {}
            other => panic!("unexpected {other:?}"),
        }
        None
    }
}

fn outcome(client_id: &ClientId, outcome: Result<Done, Error>, to: &mut Vec<String>) {
    to.push(match outcome {
        Ok(done) => VisitorFrame::Done(done).encode(),
        Err(error) => {
            let refusal = error.refusal();
            // Taking what is taken, leaving where one is not: those are answers.
            assert!(
                refusal.retryable || refusal.code != ErrorCode::IdempotencyMismatch,
                "a command changed under its id"
            );
            refused(Some(client_id.clone()), None, refusal)
        }
    });
}

fn refused(client_id: Option<ClientId>, reference: Option<u32>, refusal: Refusal) -> String {
    VisitorFrame::Refused(Refused {
        client_id,
        reference,
        refusal,
    })
    .encode()
}
