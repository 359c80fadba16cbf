//! Entries of feeds: what changed, by id.
//!
//! Entries hold no text: deleting leaves nothing in logs, and each reader gets their own view
//! of the thing as it is when they read.

use std::borrow::Cow;

use protocol::ids::{ConversationId, MessageId, OfferId};
use protocol::seq::Seq;
use protocol::time::Timestamp;

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A message was posted.
    Message(ConversationId, MessageId),
    /// Somebody received or read further.
    Receipts(ConversationId),
    /// What a visitor sees of the conversation itself changed.
    Conversation(ConversationId),
    /// The row of an agent's list changed.
    Summary(ConversationId),
    /// The feed's agent has read.
    Unread(ConversationId),
    /// What the visitor told a chatbot or a form changed.
    Answers(ConversationId),
    /// The shared notes changed.
    SharedNotes(ConversationId),
    /// The session wants other expertise.
    Expertise(ConversationId),
    /// The latest session stands otherwise.
    Session(ConversationId),
    /// The state or the load of the feed's agent changed.
    State,
    /// A note mentions the feed's agent, or they have seen one that does.
    Mention(ConversationId, MessageId),
    /// An offer to the feed's agent is new or stands otherwise.
    Offer(OfferId),
}

/// A subject as adapters store it: a word, and the ids that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectParts {
    /// What kind of subject.
    pub kind: Cow<'static, str>,
    /// The conversation it belongs to.
    pub conversation: Option<ConversationId>,
    /// The message it is about.
    pub message: Option<MessageId>,
    /// The offer it is about.
    pub offer: Option<OfferId>,
}

impl Subject {
    /// The word adapters store.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Message(..) => "message",
            Self::Receipts(_) => "receipts",
            Self::Conversation(_) => "conversation",
            Self::Summary(_) => "summary",
            Self::Unread(_) => "unread",
            Self::Answers(_) => "answers",
            Self::SharedNotes(_) => "shared_notes",
            Self::Expertise(_) => "expertise",
            Self::Session(_) => "session",
            Self::State => "state",
            Self::Mention(..) => "mention",
            Self::Offer(_) => "offer",
        }
    }

    /// Takes it apart for an adapter.
    pub fn to_parts(&self) -> SubjectParts {
        let (conversation, message, offer) = match self {
            Self::Message(id, message) | Self::Mention(id, message) => {
                (Some(id), Some(message), None)
            }
            Self::Receipts(id)
            | Self::Conversation(id)
            | Self::Summary(id)
            | Self::Unread(id)
            | Self::Answers(id)
            | Self::SharedNotes(id)
            | Self::Expertise(id)
            | Self::Session(id) => (Some(id), None, None),
            Self::State => (None, None, None),
            Self::Offer(id) => (None, None, Some(id)),
        };
        SubjectParts {
            kind: Cow::Borrowed(self.kind()),
            conversation: conversation.cloned(),
            message: message.cloned(),
            offer: offer.cloned(),
        }
    }

    /// Puts a subject together from what adapters store; nothing when it is none.
    pub fn from_parts(parts: SubjectParts) -> Option<Self> {
        let SubjectParts {
            kind,
            conversation,
            message,
            offer,
        } = parts;
        match (&*kind, conversation, message, offer) {
            ("message", Some(id), Some(message), None) => Some(Self::Message(id, message)),
            ("mention", Some(id), Some(message), None) => Some(Self::Mention(id, message)),
            ("receipts", Some(id), None, None) => Some(Self::Receipts(id)),
            ("conversation", Some(id), None, None) => Some(Self::Conversation(id)),
            ("summary", Some(id), None, None) => Some(Self::Summary(id)),
            ("unread", Some(id), None, None) => Some(Self::Unread(id)),
            ("answers", Some(id), None, None) => Some(Self::Answers(id)),
            ("shared_notes", Some(id), None, None) => Some(Self::SharedNotes(id)),
            ("expertise", Some(id), None, None) => Some(Self::Expertise(id)),
            ("session", Some(id), None, None) => Some(Self::Session(id)),
            ("state", None, None, None) => Some(Self::State),
            ("offer", None, None, Some(offer)) => Some(Self::Offer(offer)),
            _ => None,
        }
    }
}

/// One entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRecord {
    /// Its place: dense, beginning at 1.
    pub seq: Seq,
    /// What it is about.
    pub subject: Subject,
    /// When it was written.
    pub written_at: Timestamp,
}

/// How far a feed goes. Entries `first_kept ..= last` are there, all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedState {
    /// Place of the first entry that is still kept, or of the next one when none is.
    pub first_kept: Seq,
    /// Place of the last entry ever written; zero when there was none.
    pub last: Seq,
}

impl Default for FeedState {
    /// A feed nothing was written to.
    fn default() -> Self {
        Self {
            first_kept: Seq(1),
            last: Seq(0),
        }
    }
}
