//! Entries of feeds: what changed, by id.
//!
//! Entries hold no text: deleting leaves nothing in logs, and each reader gets their own view
//! of the thing as it is when they read.

use protocol::ids::{ConversationId, MessageId};
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
        }
    }

    /// The conversation it belongs to.
    pub fn conversation(&self) -> &ConversationId {
        match self {
            Self::Message(id, _)
            | Self::Receipts(id)
            | Self::Conversation(id)
            | Self::Summary(id)
            | Self::Unread(id) => id,
        }
    }

    /// The message it is about, when it is one.
    pub fn message(&self) -> Option<&MessageId> {
        match self {
            Self::Message(_, message) => Some(message),
            _ => None,
        }
    }

    /// Puts a subject together from what adapters store; nothing when it is none.
    pub fn from_parts(
        kind: &str,
        conversation: ConversationId,
        message: Option<MessageId>,
    ) -> Option<Self> {
        match (kind, message) {
            ("message", Some(message)) => Some(Self::Message(conversation, message)),
            ("receipts", None) => Some(Self::Receipts(conversation)),
            ("conversation", None) => Some(Self::Conversation(conversation)),
            ("summary", None) => Some(Self::Summary(conversation)),
            ("unread", None) => Some(Self::Unread(conversation)),
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
