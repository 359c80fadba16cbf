//! A core with a clock of its own, and short words for what a server says.

use client_core::view::{DeliveryState, MessageRow, RowContent, Segment};
use client_core::{Core, Effect, Event, Incoming, Input, Intent, Outgoing, Side, Timer};
use protocol::author::{Author, AuthorRole};
use protocol::conversation::{ConversationStatus, VisitorConversation};
use protocol::error::{ErrorCode, Refusal};
use protocol::feed::Feed;
use protocol::hello::{
    ConnectVisitor, Done, Posted, Refused, Resumed, ResyncReason, ResyncRequired, ServerInfo,
    VisitorReady,
};
use protocol::ids::{AgentId, ClientId, ContactId, ConversationId, Epoch, MessageId, SiteKey};
use protocol::limits::Limits;
use protocol::message::{Format, Message, MessageKind};
use protocol::receipt::{Reached, Receipts};
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::time::Timestamp;
use protocol::version::Capability;
use protocol::visitor::{
    ConversationOpened, MessagePosted, OpenConversation, PostMessage, VisitorCommand,
};

/// Noon of 2026-11-22 in UTC.
pub(crate) const NOON: i64 = 1_795_348_800_000;

pub(crate) struct Client {
    pub(crate) core: Core,
    pub(crate) now: i64,
    entropy: u128,
}

/// What one input led to.
#[derive(Debug)]
pub(crate) struct Outcome(pub(crate) Vec<Effect>);

impl Client {
    pub(crate) fn of(side: Side, saved: &[(String, String)]) -> Self {
        Self::at(NOON, side, saved)
    }

    /// A visitor's page that begins at another time.
    pub(crate) fn visitor_at(now: i64, saved: &[(String, String)]) -> Self {
        Self::at(now, visitor_side(), saved)
    }

    pub(crate) fn at(now: i64, side: Side, saved: &[(String, String)]) -> Self {
        Self::begun(Core::new(side), now, saved).0
    }

    /// A visitor's page whose program is not whole yet, and what it began with.
    pub(crate) fn incomplete(saved: &[(String, String)]) -> (Self, Outcome) {
        Self::begun(Core::incomplete(visitor_side()), NOON, saved)
    }

    fn begun(core: Core, now: i64, saved: &[(String, String)]) -> (Self, Outcome) {
        let mut client = Self {
            core,
            now,
            entropy: 0,
        };
        let outcome = client.bring(Event::Started {
            saved: saved.to_vec(),
            utc_offset_minutes: 0,
        });
        (client, outcome)
    }

    /// A visitor's page that has just begun.
    pub(crate) fn visitor() -> Self {
        Self::of(visitor_side(), &[])
    }

    /// A visitor's page on what an earlier one saved.
    pub(crate) fn visitor_with(saved: &[(String, String)]) -> Self {
        Self::of(visitor_side(), saved)
    }

    /// A visitor without a conversation, online.
    pub(crate) fn online() -> Self {
        let mut client = Self::visitor();
        client.intend(Intent::Connect);
        client.connect(ready(None));
        client
    }

    /// A visitor with a conversation of these messages on screen, online, feed read up to 10.
    pub(crate) fn talking(messages: Vec<Message>) -> Self {
        let mut client = Self::visitor();
        client.intend(Intent::Connect);
        let opens = client.connect(ready(Some("c1")));
        client.frame(Incoming::ConversationOpened(opened(
            opens.open_reference(),
            messages,
            10,
        )));
        client
    }

    /// Opens the socket and lets the server say `ready`.
    pub(crate) fn connect(&mut self, ready: VisitorReady) -> Outcome {
        self.bring(Event::SocketOpened);
        self.frame(Incoming::VisitorReady(ready))
    }

    pub(crate) fn bring(&mut self, event: Event) -> Outcome {
        self.entropy += 1;
        Outcome(self.core.handle(Input {
            now: Timestamp(self.now),
            entropy: self.entropy,
            event,
        }))
    }

    pub(crate) fn intend(&mut self, intent: Intent) -> Outcome {
        self.bring(Event::Intent(intent))
    }

    pub(crate) fn frame(&mut self, frame: Incoming) -> Outcome {
        self.bring(Event::FrameReceived(Box::new(frame)))
    }

    pub(crate) fn fire(&mut self, timer: Timer) -> Outcome {
        self.bring(Event::TimerFired(timer))
    }

    pub(crate) fn lose(&mut self) -> Outcome {
        self.bring(Event::SocketClosed { code: 1006 })
    }

    pub(crate) fn wait(&mut self, millis: i64) {
        self.now += millis;
    }

    /// Ids of this client differ from those of others from now on.
    pub(crate) fn entropy_from(&mut self, entropy: u128) {
        self.entropy = entropy;
    }

    pub(crate) fn edit(&mut self, text: &str) -> Outcome {
        self.intend(Intent::EditDraft {
            text: text.to_owned(),
        })
    }

    pub(crate) fn say(&mut self, text: &str) -> Outcome {
        self.edit(text);
        self.intend(Intent::SendDraft)
    }

    /// A message comes through the visitor's feed.
    pub(crate) fn entry(&mut self, seq: u64, message: Message) -> Outcome {
        self.frame(Incoming::MessagePosted(MessagePosted {
            feed: visitor_feed(),
            seq: Seq(seq),
            message,
        }))
    }

    /// Text and state of every message row.
    pub(crate) fn rows(&self) -> Vec<(String, Option<DeliveryState>)> {
        self.messages()
            .into_iter()
            .map(|(_, row)| (text_of(&row), row.state))
            .collect()
    }

    /// Every message row with its key.
    pub(crate) fn messages(&self) -> Vec<(String, MessageRow)> {
        self.core
            .timeline()
            .rows
            .into_iter()
            .filter_map(|row| match row.content {
                RowContent::Message(message) => Some((row.key, *message)),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.rows().into_iter().map(|(text, _)| text).collect()
    }
}

impl Outcome {
    pub(crate) fn sent(&self) -> Vec<&Outgoing> {
        self.0
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send(frame) => Some(&**frame),
                _ => None,
            })
            .collect()
    }

    fn visitors(&self) -> Vec<&VisitorCommand> {
        let mut commands = Vec::new();
        for frame in self.sent() {
            match frame {
                Outgoing::Visitor(command) => commands.push(command),
                #[cfg(feature = "agent")]
                Outgoing::Agent(_) => {}
            }
        }
        commands
    }

    pub(crate) fn posts(&self) -> Vec<PostMessage> {
        self.visitors()
            .into_iter()
            .filter_map(|command| match command {
                VisitorCommand::PostMessage(post) => Some(post.clone()),
                _ => None,
            })
            .collect()
    }

    /// The one message that was sent.
    pub(crate) fn post(&self) -> PostMessage {
        let posts = self.posts();
        assert_eq!(posts.len(), 1, "{self:?}");
        posts.into_iter().next().unwrap()
    }

    pub(crate) fn opens(&self) -> Vec<OpenConversation> {
        self.visitors()
            .into_iter()
            .filter_map(|command| match command {
                VisitorCommand::OpenConversation(open) => Some(open.clone()),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn open_reference(&self) -> u32 {
        let opens = self.opens();
        assert_eq!(opens.len(), 1, "{self:?}");
        opens[0].reference
    }

    pub(crate) fn resumes(&self) -> Vec<FeedCursor> {
        self.visitors()
            .into_iter()
            .filter_map(|command| match command {
                VisitorCommand::Resume(resume) => Some(resume.from.clone()),
                _ => None,
            })
            .collect()
    }

    /// The `type` of every frame that was sent.
    pub(crate) fn types(&self) -> Vec<String> {
        self.sent()
            .into_iter()
            .map(|frame| match frame {
                Outgoing::Visitor(command) => command.frame_type().to_owned(),
                #[cfg(feature = "agent")]
                Outgoing::Agent(command) => command.frame_type().to_owned(),
            })
            .collect()
    }

    pub(crate) fn has(&self, wanted: &Effect) -> bool {
        self.0.contains(wanted)
    }

    pub(crate) fn timer(&self, wanted: Timer) -> Option<u32> {
        self.0.iter().find_map(|effect| match effect {
            Effect::SetTimer { timer, after_ms } if *timer == wanted => Some(*after_ms),
            _ => None,
        })
    }

    /// What is saved, in order.
    pub(crate) fn saved(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter_map(|effect| match effect {
                Effect::Save { key, value } => Some((key.clone(), value.clone())),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn forgotten(&self) -> Vec<&str> {
        self.0
            .iter()
            .filter_map(|effect| match effect {
                Effect::Forget { key } => Some(key.as_str()),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn alerts(&self) -> Vec<&client_core::Alert> {
        self.0
            .iter()
            .filter_map(|effect| match effect {
                Effect::Alert(alert) => Some(alert),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn opens_socket(&self) -> bool {
        self.has(&Effect::OpenSocket)
    }

    pub(crate) fn closes_socket(&self) -> bool {
        self.0
            .iter()
            .any(|effect| matches!(effect, Effect::CloseSocket { .. }))
    }
}

pub(crate) fn visitor_side() -> Side {
    Side::Visitor(ConnectVisitor {
        protocol: protocol::version::PROTOCOL,
        site: SiteKey::parse("demo").unwrap(),
        token: None,
        languages: vec!["en".to_owned()],
        language: "en".to_owned(),
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    })
}

pub(crate) fn conversation(id: &str) -> ConversationId {
    ConversationId::parse(id).unwrap()
}

pub(crate) fn visitor_feed() -> Feed {
    Feed::Visitor(conversation("c1"))
}

pub(crate) fn server() -> ServerInfo {
    ServerInfo {
        protocol: protocol::version::PROTOCOL,
        heartbeat_ms: 25_000,
        server_time: Timestamp(NOON),
        limits: Limits::default(),
        capabilities: Capability::KNOWN.to_vec(),
    }
}

pub(crate) fn visitor_conversation(id: &str) -> VisitorConversation {
    VisitorConversation {
        id: conversation(id),
        status: ConversationStatus::Open,
        agents: Vec::new(),
        started_at: Timestamp(NOON),
        chatbot: None,
        waiting_since: None,
    }
}

pub(crate) fn ready(id: Option<&str>) -> VisitorReady {
    VisitorReady {
        server: server(),
        token: "token-1".to_owned(),
        contact: ContactId::parse("me").unwrap(),
        channel_name: "Support".to_owned(),
        conversation: id.map(visitor_conversation),
        greeting: None,
        form: None,
        hours: None,
    }
}

pub(crate) fn author(role: AuthorRole) -> Author {
    Author {
        role,
        agent: (role == AuthorRole::Agent).then(|| AgentId::parse("ana").unwrap()),
        name: (role == AuthorRole::Agent).then(|| "Ana".to_owned()),
    }
}

fn message(position: u64, kind: MessageKind, role: AuthorRole, text: &str) -> Message {
    Message {
        id: MessageId::parse(&format!("m{position}")).unwrap(),
        conversation: conversation("c1"),
        position: Position(position),
        kind,
        author: author(role),
        text: text.to_owned(),
        format: Format::Plain,
        event: None,
        attachments: Vec::new(),
        reply_to: None,
        revision: None,
        posted_at: Timestamp(NOON + position as i64),
        client_id: None,
        question: None,
    }
}

pub(crate) fn from_agent(position: u64, text: &str) -> Message {
    message(position, MessageKind::Agent, AuthorRole::Agent, text)
}

pub(crate) fn from_visitor(position: u64, text: &str) -> Message {
    message(position, MessageKind::Visitor, AuthorRole::Visitor, text)
}

/// The message that a command became.
pub(crate) fn posted_as(position: u64, post: &PostMessage) -> Message {
    Message {
        client_id: Some(post.client_id.clone()),
        ..from_visitor(position, &post.text)
    }
}

pub(crate) fn cursor(seq: u64) -> FeedCursor {
    FeedCursor {
        feed: visitor_feed(),
        epoch: Epoch::parse("e1").unwrap(),
        seq: Seq(seq),
    }
}

pub(crate) fn opened(reference: u32, messages: Vec<Message>, seq: u64) -> ConversationOpened {
    ConversationOpened {
        reference,
        conversation: conversation("c1"),
        messages,
        has_more_before: false,
        receipts: Receipts::default(),
        cursor: cursor(seq),
        state: None,
    }
}

pub(crate) fn resumed(missed: u64) -> Incoming {
    Incoming::Resumed(Resumed {
        feed: visitor_feed(),
        missed,
    })
}

pub(crate) fn resync() -> Incoming {
    Incoming::ResyncRequired(ResyncRequired {
        feed: visitor_feed(),
        reason: ResyncReason::TooOld,
    })
}

pub(crate) fn done(client_id: &ClientId, position: u64) -> Incoming {
    Incoming::Done(Done {
        client_id: client_id.clone(),
        posted: Some(Posted {
            conversation: conversation("c1"),
            message: MessageId::parse(&format!("m{position}")).unwrap(),
            position: Position(position),
            posted_at: Timestamp(NOON + position as i64),
            version: None,
        }),
    })
}

pub(crate) fn answered(client_id: &ClientId) -> Incoming {
    Incoming::Done(Done {
        client_id: client_id.clone(),
        posted: None,
    })
}

pub(crate) fn refusal(code: ErrorCode, retry_after_ms: Option<u32>) -> Refusal {
    Refusal {
        retry_after_ms,
        ..code.into()
    }
}

pub(crate) fn refused(client_id: &ClientId, refusal: Refusal) -> Incoming {
    Incoming::Refused(Refused {
        client_id: Some(client_id.clone()),
        reference: None,
        refusal,
    })
}

pub(crate) fn refused_all(code: ErrorCode) -> Incoming {
    Incoming::Refused(Refused {
        client_id: None,
        reference: None,
        refusal: code.into(),
    })
}

pub(crate) fn agents_reached(delivered: u64, read: u64) -> Receipts {
    Receipts {
        visitor: Reached::default(),
        agents: Reached {
            delivered: Position(delivered),
            read: Position(read),
        },
    }
}

pub(crate) fn text_of(row: &MessageRow) -> String {
    row.segments
        .iter()
        .map(|segment| match segment {
            Segment::Text(text) | Segment::Link { text, .. } => text.as_str(),
        })
        .collect()
}
