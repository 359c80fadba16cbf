//! Private notes: what agents write to each other in a conversation (mission C20, C21).
//!
//! Invariant: the visitors' half has no word for any of this. A note is not a kind of message, so
//! no frame a visitor gets can carry one.

use serde::{Deserialize, Serialize};

use super::team::TeamRef;
use crate::attachment::Attachment;
use crate::author::{AgentRef, Author};
use crate::conversation::ContactRef;
use crate::feed::Feed;
use crate::ids::{AgentId, AttachmentId, ChannelId, ClientId, ConversationId, MessageId, TeamId};
use crate::message::{Quote, Revision};
use crate::seq::{Position, Seq};
use crate::time::Timestamp;

/// Agents and teams one note may mention, counted together.
pub const MOST_MENTIONS: usize = 50;

/// A private note. It has a place among the messages of its conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Its name for life.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Its place there, in one order with the messages.
    pub position: Position,
    /// The agent who wrote it.
    pub author: Author,
    /// The text, byte for byte as stored.
    pub text: String,
    /// The agents it mentions, those among them whom it mentions through a team.
    pub mentions: Vec<AgentRef>,
    /// The teams it mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamRef>,
    /// What it answers: a message, or a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Quote>,
    /// That its author changed or deleted it since. The note is told of again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// The files that came with it, at most `limits.attachments_per_message`; no visitor reaches
    /// them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// When the server took it.
    pub posted_at: Timestamp,
    /// The command that posted it; only in copies for its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
}

wire!(Note {
    id,
    conversation,
    position,
    author,
    text,
    mentions,
    teams or_empty,
    reply_to,
    revision,
    attachments or_empty,
    posted_at,
    client_id,
});

/// Leave a private note. Nobody takes the conversation or joins it by that, and nobody who waits
/// is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostNote {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// The text, at most `limits.text_scalars` characters. May be empty where there are
    /// attachments.
    pub text: String,
    /// The agents it mentions; all of them may see the conversation.
    pub mentions: Vec<AgentId>,
    /// The teams it mentions, with `mentions` at most 50; each has somebody who may see the
    /// conversation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
    /// The message or the note it answers, in the same conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Files that were uploaded for notes, at most `limits.attachments_per_message`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
}

wire!(PostNote {
    client_id,
    conversation,
    text,
    mentions,
    teams or_empty,
    reply_to,
    attachments or_empty,
});

/// Write something else in an own note, within `limits.edit_ms` of its posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditNote {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Which note.
    pub note: MessageId,
    /// What it says from now on.
    pub text: String,
    /// The agents it mentions. Those who are new are told; who was told before stays so.
    pub mentions: Vec<AgentId>,
    /// The teams it mentions, with `mentions` at most 50. What holds for agents holds for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
}

wire!(EditNote {
    client_id,
    conversation,
    note,
    text,
    mentions,
    teams or_empty
});

/// Delete an own note, within `limits.edit_ms` of its posting. Deleting again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeleteNote {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Which note.
    pub note: MessageId,
}

wire!(DeleteNote {
    client_id,
    conversation,
    note
});

/// Typing a note began, goes on or stopped. A signal: not answered, not kept, and passed on to
/// agents alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetNoteTyping {
    /// Where.
    pub conversation: ConversationId,
    /// Whether the writer types now.
    pub typing: bool,
}

wire!(SetNoteTyping {
    conversation,
    typing
});

/// A note was posted, or its current state in a replay. Entry of `conversation/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotePosted {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The note.
    pub note: Note,
}

wire!(NotePosted { feed, seq, note });

/// That a note mentions the agent who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// The note.
    pub note: MessageId,
    /// Where it is.
    pub conversation: ConversationId,
    /// Its place there.
    pub position: Position,
    /// Where that conversation began.
    pub channel: ChannelId,
    /// With whom.
    pub contact: ContactRef,
    /// Who wrote the note.
    pub author: Author,
    /// Its beginning: at most 140 characters, line breaks as spaces.
    pub text: String,
    /// When it was written.
    pub posted_at: Timestamp,
    /// Whether the agent has seen it.
    pub seen: bool,
    /// The team through which it mentions them, when it does not name themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamRef>,
    /// When the note was deleted; then the mention is to be shown no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

wire!(Mention {
    note,
    conversation,
    position,
    channel,
    contact,
    author,
    text,
    posted_at,
    seen,
    team,
    deleted_at
});

/// A note mentions the agent, or they have seen one that does. Entry of `agent/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MentionChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The mention as it is now.
    pub mention: Mention,
}

wire!(MentionChanged { feed, seq, mention });

/// The agent has seen the notes of a conversation up to here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeeMentions {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Up to and with this place.
    pub up_to: Position,
}

wire!(SeeMentions {
    client_id,
    conversation,
    up_to
});
