//! A row of the message list, as screens read it.

#[cfg(feature = "agent")]
use protocol::agent::EarlierText;
use protocol::attachment::AttachmentKind;
use protocol::author::Author;
use protocol::error::ErrorCode;
use protocol::ids::MessageId;
use protocol::message::{MessageKind, SystemEvent};
use protocol::time::Timestamp;

use super::attachment::AttachmentView;
use super::question::QuestionView;

/// One row. `key` never changes while the row lives, also when an echo becomes a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row's name.
    pub key: String,
    /// What it shows.
    pub content: RowContent,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowContent {
    /// A new day begins, in the reader's time zone as told by the shell.
    Day {
        /// An instant on that day.
        at: Timestamp,
    },
    /// Messages below were not in view when they came.
    UnreadDivider,
    /// A message.
    Message(Box<MessageRow>),
    /// Something happened.
    System {
        /// What.
        event: SystemEvent,
        /// When.
        at: Timestamp,
    },
}

/// A message as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// What it is; decides side, shape and colour.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: Author,
    /// Whether this client's person wrote it.
    pub own: bool,
    /// The text in pieces; joined they are the text, byte for byte.
    pub segments: Vec<Segment>,
    /// When it was posted, or written while it is not posted.
    pub at: Timestamp,
    /// Its place in a run of messages of one writer.
    pub grouping: Grouping,
    /// How far it got; only for the person's own messages.
    pub state: Option<DeliveryState>,
    /// Why it failed.
    pub problem: Option<ErrorCode>,
    /// The files that came with it, or will.
    pub attachments: Vec<AttachmentView>,
    /// Whether it can be taken back, because its files are not there yet.
    pub can_cancel: bool,
    /// What it answers.
    pub quote: Option<Box<QuoteView>>,
    /// Whether its author changed it, or is about to.
    pub edited: bool,
    /// Whether its author deleted it, or is about to. Then nothing of it is left to show.
    pub deleted: bool,
    /// What can be done about it.
    pub actions: Actions,
    /// What it asks.
    pub question: Option<Box<QuestionView>>,
    /// That it is no message but a private note.
    #[cfg(feature = "agent")]
    pub note: Option<NoteView>,
}

/// What can be done about a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Whether an answer may quote it.
    pub reply: bool,
    /// Until when it can be edited or deleted, by this device's clock.
    pub change_until: Option<Timestamp>,
    /// The name it is linked by.
    #[cfg(feature = "agent")]
    pub link: Option<MessageId>,
    /// Whether there is something that it said before.
    #[cfg(feature = "agent")]
    pub history: bool,
    /// What it said before, where the agent looks at that.
    #[cfg(feature = "agent")]
    pub earlier: Option<Vec<EarlierText>>,
}

/// A message as another one quotes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteView {
    /// Which one.
    pub message: MessageId,
    /// Who wrote it.
    pub author: Author,
    /// Whether this client's person did.
    pub own: bool,
    /// Its beginning.
    pub text: String,
    /// What its first file is.
    pub attachment: Option<AttachmentKind>,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// What only a private note has.
#[cfg(feature = "agent")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteView {
    /// Whether it mentions the agent who reads.
    pub mentions_me: bool,
    /// Through which team, when it does not name them.
    pub team: Option<String>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Characters.
    Text(String),
    /// An address that may be opened.
    Link {
        /// As it stands in the text.
        text: String,
        /// Where it leads: `http`, `https` or `mailto` only.
        href: String,
    },
}

/// Place in a run of messages of one writer within five minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Alone.
    Single,
    /// First of several.
    First,
    /// In between.
    Middle,
    /// Last of several.
    Last,
}

/// How far a message of the person's own got (mission V6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for a connection or for messages before it.
    Queued,
    /// Its files are on their way to the server.
    Uploading,
    /// On its way to the server.
    Sending,
    /// The server has it for good.
    Sent,
    /// It is on a screen of the other side.
    Delivered,
    /// The other side has read it.
    Read,
    /// It was refused; the person decides.
    Failed,
}

impl DeliveryState {
    /// The word for `data-state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Uploading => "uploading",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}
