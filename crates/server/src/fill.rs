//! `parlour fill`: made-up conversations, many and long, for measurements.
//!
//! What is written is what the server would have written had people talked: records through the
//! storage port, in order and in the past. Everything is drawn from numbers, so that two fills of
//! the same size are the same.

use std::sync::Arc;

use protocol::conversation::{ConversationStatus, LiveStatus};
use protocol::feed::Feed;
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, MessageId, SessionId, SiteKey};
use protocol::message::Format;
use protocol::receipt::{Reached, Receipts};
use protocol::seq::Position;
use protocol::time::Timestamp;
use server_core::domain::{
    Audience, ContactRecord, ConversationRecord, MessageAuthor, MessageRecord, SessionRecord,
    Subject,
};
use server_core::error::StorageError;
use server_core::ports::storage::{Stored, read, write};
use server_core::ports::{Clock, NoSites, Storage};

use crate::cli::FillOptions;
use crate::clock::ServerClock;
use crate::config::Config;
use crate::data::DataFolder;
use crate::error::StartError;
use crate::start::service;
use crate::storage::sqlite::SqliteOptions;

/// Messages in one transaction.
const AT_ONCE: u32 = 10_000;
/// From one message to the next, in milliseconds.
const PACE_MS: i64 = 20_000;
/// From the end of one conversation to that of the next older one, in milliseconds.
const APART_MS: i64 = 60_000;

/// What people say, over and over.
const SENTENCES: [&str; 8] = [
    "Hello, is anybody there?",
    "I ordered a teapot two weeks ago and it has not arrived yet.",
    "Of course. Do you have the order number at hand?",
    "It is 2026-11-4711, I think.\nOr 4712: the print is hard to read.",
    "Thank you, one moment please.",
    "👍",
    "Perfecto, muchas gracias por la ayuda.",
    "这个茶壶还有其他颜色吗？",
];

/// Fills the data folder. One without channels gets the demo's agents and channels first.
///
/// # Errors
/// One sentence that says what to mend.
pub fn run(order: FillOptions) -> Result<String, StartError> {
    let usual = Config::default();
    let config = Config {
        data: order.data.unwrap_or_else(|| usual.data.clone()),
        ..usual
    };
    let data = DataFolder::take(&config.data)?;
    let storage: Arc<dyn Storage> = Arc::new(data.open_database(&SqliteOptions::default())?);
    let clock = Arc::new(ServerClock::default());
    let sites = Arc::new(NoSites);
    let service = service(&config, storage.clone(), sites, &Arc::default(), &clock)?;
    let is_empty = service.channels().map_err(fault)?.is_empty();
    if is_empty {
        service.seed_demo().map_err(fault)?;
    }
    let talk = Talk::find(&*storage, &order.site_key, order.messages, clock.now());
    let talk = talk.map_err(fault)?.ok_or_else(|| {
        fault(format!(
            "no channel has the site key `{}`, or nobody answers in it",
            order.site_key
        ))
    })?;
    let into = config.data.display();
    if let Some(conversation) = &order.conversation {
        talk.go_on(&*storage, conversation).map_err(fault)?;
        let count = order.messages;
        return Ok(format!(
            "{count} more messages of {conversation} are in {into} now."
        ));
    }
    let count = order.conversations.unwrap_or_default();
    for number in 0..count {
        talk.begin(&*storage, number).map_err(fault)?;
    }
    let messages = order.messages;
    Ok(format!(
        "{count} conversations of {messages} messages each are in {into} now."
    ))
}

fn fault(detail: impl ToString) -> StartError {
    StartError::Fill {
        detail: detail.to_string(),
    }
}

/// How conversations are made up.
struct Talk {
    channel: ChannelId,
    agent: AgentId,
    messages: u32,
    now: Timestamp,
    /// Tells the ids of one fill from those of another.
    run: String,
}

/// Where a conversation's messages go.
struct Thread {
    /// What its ids begin with.
    name: String,
    conversation: ConversationId,
    contact: ContactId,
    session: SessionId,
    /// When its first message is posted, and how long the next one takes.
    begun: Timestamp,
    pace_ms: i64,
    /// Every message is behind this place.
    behind: Position,
}

impl Talk {
    /// Where to talk, and who answers there; nothing when there is no such place.
    fn find(
        storage: &dyn Storage,
        site: &str,
        messages: u32,
        now: Timestamp,
    ) -> Stored<Option<Self>> {
        read::<_, StorageError>(storage, |reading| {
            let site = SiteKey::parse(site);
            let channel = match &site {
                Some(site) => reading.channel_by_site(site)?,
                None => None,
            };
            let Some(channel) = channel else {
                return Ok(None);
            };
            for agent in reading.agents()? {
                if reading.answers_in(&agent.id, &channel.id)? {
                    return Ok(Some(Self {
                        channel: channel.id,
                        agent: agent.id,
                        messages,
                        now,
                        run: format!("{:x}", now.0),
                    }));
                }
            }
            Ok(None)
        })
    }

    /// Writes one conversation. The first is the newest.
    fn begin(&self, storage: &dyn Storage, number: u32) -> Stored<()> {
        let name = format!("fill-{}-{number}", self.run);
        let length = i64::from(self.messages) * PACE_MS;
        let begun = self.now.plus(-length - i64::from(number) * APART_MS);
        let thread = Thread {
            contact: id(ContactId::parse, &name)?,
            conversation: id(ConversationId::parse, &name)?,
            session: id(SessionId::parse, &name)?,
            name,
            begun,
            pace_ms: PACE_MS,
            behind: Position(0),
        };
        let last = self.say(storage, &thread)?;
        write::<_, StorageError>(storage, |tx| {
            tx.put_contact(&ContactRecord {
                id: thread.contact.clone(),
                channel: self.channel.clone(),
                name: Some(format!("Visitor {number}")),
                email: None,
                phone: None,
                language: Some("en".to_owned()),
                widget_language: None,
                country: None,
                created_at: begun,
            })?;
            let session = thread.session.clone();
            tx.put_session(&SessionRecord {
                // Two of three are over: that is what a list looks like after a while.
                ended_at: (!number.is_multiple_of(3)).then_some(self.now),
                ..SessionRecord::begin(session, thread.conversation.clone(), begun)
            })?;
            tx.put_conversation(&self.conversation(number, &thread, last.as_ref()))?;
            let summary = Subject::Summary(thread.conversation.clone());
            tx.append_entry(&Feed::Channel(self.channel.clone()), &summary, self.now)?;
            Ok(())
        })
    }

    /// Lets a conversation go on, from its last message until now.
    fn go_on(&self, storage: &dyn Storage, conversation: &str) -> Stored<()> {
        let conversation = id(ConversationId::parse, conversation)?;
        let record = read::<_, StorageError>(storage, |tx| tx.conversation(&conversation))?;
        let Some(record) = record else {
            let missing = format!("there is no conversation {}", conversation.as_str());
            return Err(StorageError::Other(missing));
        };
        let room = self.now.since(record.last_activity_at).max(0);
        let thread = Thread {
            name: format!("fill-{}", self.run),
            conversation,
            contact: record.contact.clone(),
            session: record.session.clone(),
            begun: record.last_activity_at,
            pace_ms: PACE_MS.min(room / i64::from(self.messages.max(1))),
            behind: record.last_position,
        };
        let Some(last) = self.say(storage, &thread)? else {
            return Ok(());
        };
        write::<_, StorageError>(storage, |tx| {
            tx.put_conversation(&ConversationRecord {
                version: record.version + 1,
                last_activity_at: last.posted_at,
                last_position: last.position,
                preview: Some(last.id.clone()),
                ..record
            })?;
            let summary = Subject::Summary(thread.conversation.clone());
            tx.append_entry(&Feed::Channel(self.channel.clone()), &summary, self.now)?;
            Ok(())
        })
    }

    /// Writes a thread's messages. Gives the last.
    fn say(&self, storage: &dyn Storage, thread: &Thread) -> Stored<Option<MessageRecord>> {
        let mut last = None;
        for first in (0..self.messages).step_by(AT_ONCE as usize) {
            let beyond = first.saturating_add(AT_ONCE).min(self.messages);
            last = write::<_, StorageError>(storage, |tx| {
                let mut last = None;
                for at in first..beyond {
                    let message = self.message(thread, at)?;
                    tx.add_message(&message)?;
                    last = Some(message);
                }
                Ok(last)
            })?;
        }
        Ok(last)
    }

    fn message(&self, thread: &Thread, at: u32) -> Stored<MessageRecord> {
        let posted_at = thread.begun.plus(i64::from(at) * thread.pace_ms);
        // Two say something in turn; some say it in several messages.
        let author = match at % 5 {
            0 | 1 | 3 => MessageAuthor::Visitor(thread.contact.clone()),
            _ => MessageAuthor::Agent(self.agent.clone()),
        };
        let sentence = SENTENCES[at as usize % SENTENCES.len()];
        let behind = thread.behind.0 + 1 + u64::from(at);
        Ok(MessageRecord {
            id: id(MessageId::parse, &format!("{}-{at}", thread.name))?,
            conversation: thread.conversation.clone(),
            session: thread.session.clone(),
            position: Position(position(posted_at).0.max(behind)),
            audience: Audience::All,
            author,
            text: format!("{} {}", at + 1, sentence.repeat(1 + at as usize % 3)),
            format: Format::Plain,
            event: None,
            question: None,
            attachments: Vec::new(),
            reply_to: None,
            revision: None,
            posted_at,
            client_id: None,
        })
    }

    fn conversation(
        &self,
        number: u32,
        thread: &Thread,
        last: Option<&MessageRecord>,
    ) -> ConversationRecord {
        let reached = last.map_or(Position(0), |last| last.position);
        let everything = Reached {
            delivered: reached,
            read: reached,
        };
        let runs = number.is_multiple_of(3);
        ConversationRecord {
            id: thread.conversation.clone(),
            channel: self.channel.clone(),
            contact: thread.contact.clone(),
            status: match runs {
                true => ConversationStatus::Open,
                false => ConversationStatus::Resolved,
            },
            live_status: runs.then_some(LiveStatus::InProgress),
            session: thread.session.clone(),
            version: 1,
            started_at: thread.begun,
            last_activity_at: last.map_or(thread.begun, |last| last.posted_at),
            last_position: reached,
            preview: last.map(|last| last.id.clone()),
            receipts: Receipts {
                visitor: everything,
                agents: everything,
            },
            owner: None,
        }
    }
}

/// A message's place, as the server draws it: microseconds.
fn position(at: Timestamp) -> Position {
    Position(u64::try_from(at.0).unwrap_or_default().saturating_mul(1000))
}

fn id<T>(parse: impl Fn(&str) -> Option<T>, text: &str) -> Stored<T> {
    parse(text).ok_or_else(|| StorageError::Other(format!("{text} is no id")))
}
