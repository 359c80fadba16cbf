//! Messages that both sides may see.
//!
//! A private note is deliberately not one of them: it is a type of the agents' half
//! (`agent::Note`), so that no visitor frame can carry it (`model.md`, Feeds).

use serde::{Deserialize, Serialize};

use crate::attachment::{Attachment, AttachmentKind};
use crate::author::{AgentRef, Author};
use crate::chatbot::Question;
use crate::ids::{ClientId, ConversationId, MessageId};
use crate::seq::Position;
use crate::time::Timestamp;

open_enum!(
    /// What a message is; decides side, shape and colour (mission C20).
    MessageKind {
        /// From the visitor.
        Visitor = "visitor",
        /// From an agent.
        Agent = "agent",
        /// From a chatbot, macro or greeting, or brought in from outside.
        Automated = "automated",
        /// Told by Parlour; the sentence is made by the reader from `event`.
        System = "system",
    }
);

open_enum!(
    /// How a text wants to be shown.
    Format {
        /// Character for character, links apart.
        Plain = "plain",
        /// As Markdown; agents only.
        Markdown = "markdown",
    }
);

/// One message.
///
/// `text` is always there, so that a reader who does not know the `kind` can show it; system
/// messages leave it empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Its name for life.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Its place there.
    pub position: Position,
    /// What it is.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: Author,
    /// The text, byte for byte as stored.
    pub text: String,
    /// How the text wants to be shown.
    pub format: Format,
    /// What happened, in a system message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SystemEvent>,
    /// What the chatbot asks with it. Changes when it is answered: the message is told of again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The files that came with it, at most `limits.attachments_per_message`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Quote>,
    /// That its author changed or deleted it since. The message is told of again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// When the server took it.
    pub posted_at: Timestamp,
    /// The command that posted it; only in copies for its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
}

wire!(Message {
    id,
    conversation,
    position,
    kind,
    author,
    text,
    format,
    event,
    question,
    attachments or_empty,
    reply_to,
    revision,
    posted_at,
    client_id,
});

impl Message {
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
}

/// What stands for a message where there is room for few words: its text, or the name of its first
/// file. The name of a voice note tells nothing; what it is does, and that is told beside it.
pub fn words<'m>(text: &'m str, first_file: Option<&'m Attachment>) -> &'m str {
    match first_file {
        Some(file) if text.is_empty() && file.kind != AttachmentKind::Voice => &file.name,
        _ => text,
    }
}

/// That a message is no longer as it was posted. A message that was deleted keeps its place, and
/// says nothing any more: no text, no files, no question, no quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Revision {
    /// Grows with every change; an older copy never replaces a newer one.
    pub version: u32,
    /// When it was changed last.
    pub at: Timestamp,
    /// Whether that deleted it.
    pub deleted: bool,
}

wire!(Revision {
    version,
    at,
    deleted
});

/// The message that another one answers, short, as it is now. The answer is told of again when
/// what it quotes was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// Which one.
    pub message: MessageId,
    /// Its place, in the same conversation.
    pub position: Position,
    /// Who wrote it.
    pub author: Author,
    /// Its beginning: at most 140 characters, line breaks as spaces. A file without words is
    /// told by its name, unless it is a voice note.
    pub text: String,
    /// What the first file that came with it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<AttachmentKind>,
    /// Whether it was deleted; then nothing of it is told.
    pub deleted: bool,
}

wire!(Quote {
    message,
    position,
    author,
    text,
    attachment,
    deleted
});

open_enum!(
    /// What a system message tells.
    SystemEventKind {
        /// The conversation began.
        ConversationStarted = "conversation_started",
        /// An agent takes part now.
        AgentJoined = "agent_joined",
        /// An agent no longer takes part.
        AgentLeft = "agent_left",
        /// An agent owns the conversation now; visitors are told `agent_joined` instead.
        ConversationTaken = "conversation_taken",
        /// The session is over: an agent or the visitor ended it.
        SessionEnded = "session_ended",
    }
);

/// Something that happened, told by a system message. The reader makes the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SystemEvent {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: SystemEventKind,
    /// The agent it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentRef>,
}

wire!(SystemEvent { kind = "type", agent });

/// Text as the model stores it: CRLF becomes LF, nothing else changes.
pub fn normalise_text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\r' || characters.peek() != Some(&'\n') {
            kept.push(character);
        }
    }
    kept
}
