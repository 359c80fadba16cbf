//! The files of a conversation as one list, for the information panel. Their bytes are reached as
//! those of any attachment: by links that are asked for.

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::author::Author;
use crate::ids::{ConversationId, MessageId};
use crate::seq::Position;
use crate::time::Timestamp;

/// A file that was posted, with the message or the private note it came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedFile {
    /// The file.
    pub attachment: Attachment,
    /// What it came with.
    pub message: MessageId,
    /// The place of that in the conversation.
    pub position: Position,
    /// Who posted it.
    pub author: Author,
    /// When.
    pub posted_at: Timestamp,
    /// Whether it came with a private note.
    pub private: bool,
}

wire!(SharedFile {
    attachment,
    message,
    position,
    author,
    posted_at,
    private
});

/// Show the files of a conversation, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListFiles {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which conversation.
    pub conversation: ConversationId,
    /// Only those of messages before this place; absent for the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Position>,
    /// Of how many messages at most.
    pub limit: u32,
}

wire!(ListFiles { reference = "ref", conversation, before, limit });

/// Answer to `list_files`. Files that come later are told as messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FilesListed {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which conversation.
    pub conversation: ConversationId,
    /// The files, those of the newest message first; those of one message in its order.
    pub files: Vec<SharedFile>,
    /// Whether there are still earlier ones.
    pub has_more_before: bool,
}

wire!(FilesListed { reference = "ref", conversation, files, has_more_before });
