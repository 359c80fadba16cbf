//! Messages as they are stored, private notes included.
//!
//! Invariant: whether a visitor may see a message is the record's [`Audience`] and nothing else.

use protocol::chatbot::Question;
use protocol::ids::{AgentId, AttachmentId, ClientId, ContactId, ConversationId, MessageId};
use protocol::message::{Format, MessageKind, Revision, SystemEventKind};
use protocol::seq::Position;
use protocol::time::Timestamp;

use protocol::ids::SessionId;

/// Who may see a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Both sides.
    All,
    /// Agents: private notes, and lines about hidden participants.
    Agents,
}

impl Audience {
    /// The word adapters store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Agents => "agents",
        }
    }

    /// Reads the word adapters store.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => Some(Self::All),
            "agents" => Some(Self::Agents),
            _ => None,
        }
    }
}

/// Which messages a query is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only those with [`Audience::All`].
    ForVisitor,
    /// All of them.
    ForAgents,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageAuthor {
    /// The person in the widget.
    Visitor(ContactId),
    /// A person who answers.
    Agent(AgentId),
    /// A chatbot, macro, greeting, or something brought in from outside; with a name to show.
    Automated(Option<String>),
    /// Parlour itself.
    System,
}

/// What a system message tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageEvent {
    /// What happened.
    pub kind: SystemEventKind,
    /// The agent it is about.
    pub agent: Option<AgentId>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// Its name for life.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The session it was written in.
    pub session: SessionId,
    /// Its place in the conversation; unique there.
    pub position: Position,
    /// Who may see it.
    pub audience: Audience,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// The text, byte for byte; empty in a system message.
    pub text: String,
    /// How the text wants to be shown.
    pub format: Format,
    /// What happened, in a system message.
    pub event: Option<MessageEvent>,
    /// What the chatbot asks with it.
    pub question: Option<Question>,
    /// The files that came with it, in order.
    pub attachments: Vec<AttachmentId>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// What its author did to it since.
    pub revision: Option<Revision>,
    /// When the server took it.
    pub posted_at: Timestamp,
    /// The command that posted it.
    pub client_id: Option<ClientId>,
}

/// A text that a message no longer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierTextRecord {
    /// The message.
    pub message: MessageId,
    /// The version of the message that had it; unique there.
    pub version: u32,
    /// The text, byte for byte.
    pub text: String,
    /// Since when the message had it.
    pub written_at: Timestamp,
}

impl MessageRecord {
    /// How often it was changed; zero as it was posted.
    pub fn version(&self) -> u32 {
        self.revision
            .as_ref()
            .map_or(0, |revision| revision.version)
    }

    /// Whether its author deleted it.
    pub fn is_deleted(&self) -> bool {
        matches!(&self.revision, Some(revision) if revision.deleted)
    }

    /// Whether it is a private note: what an agent wrote for agents alone. Nobody is shown it as
    /// a message.
    pub fn is_note(&self) -> bool {
        self.audience == Audience::Agents && matches!(self.author, MessageAuthor::Agent(_))
    }

    /// What the message is, in the words of the wire.
    pub fn kind(&self) -> MessageKind {
        match self.author {
            MessageAuthor::Visitor(_) => MessageKind::Visitor,
            MessageAuthor::Agent(_) => MessageKind::Agent,
            MessageAuthor::Automated(_) => MessageKind::Automated,
            MessageAuthor::System => MessageKind::System,
        }
    }
}
