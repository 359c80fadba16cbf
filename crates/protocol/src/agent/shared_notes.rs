//! The shared notes: one text that belongs to a conversation and that all its agents write
//! together (mission P10).
//!
//! Not to be mixed up with private notes, which are written once and have a place among the
//! messages. Invariant: whoever saves names the version they went on from, so that what others
//! wrote meanwhile is merged ([`super::merge`]) and never overwritten. The visitors' half has no
//! word for any of this.

use serde::{Deserialize, Serialize};

use crate::author::AgentRef;
use crate::feed::Feed;
use crate::ids::{ClientId, ConversationId};
use crate::seq::Seq;
use crate::time::Timestamp;

/// Most versions that one `fetch_shared_notes` brings.
pub const MOST_VERSIONS: u32 = 20;

/// The shared notes of a conversation in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedNotes {
    /// Grows by one with every change; 0 where nothing was ever written.
    pub version: u64,
    /// The text, byte for byte as stored.
    pub text: String,
    /// Who wrote this version; absent where nothing was ever written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<AgentRef>,
    /// When the server took it; absent where nothing was ever written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<Timestamp>,
    /// The earlier version whose text it brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores: Option<u64>,
}

wire!(SharedNotes {
    version,
    text,
    author,
    saved_at,
    restores
});

/// Keep this text. What others saved since `base_version` is merged in, so that no word is lost.
/// Answered by `shared_notes_saved`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveSharedNotes {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// The version this text was made from.
    pub base_version: u64,
    /// The whole text, at most `limits.text_scalars` characters; may be empty.
    pub text: String,
    /// The earlier version whose text this is, when it is brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores: Option<u64>,
}

wire!(SaveSharedNotes {
    client_id,
    conversation,
    base_version,
    text,
    restores
});

/// The text was kept, now or when it was sent before. Takes the place of `done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedNotesSaved {
    /// Which command.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// The newest version; what was saved is in it.
    pub notes: SharedNotes,
}

wire!(SharedNotesSaved {
    client_id,
    conversation,
    notes
});

/// The shared notes changed. Entry of `conversation/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedNotesChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// The newest version.
    pub notes: SharedNotes,
}

wire!(SharedNotesChanged {
    feed,
    seq,
    conversation,
    notes
});

/// Show earlier versions of the shared notes, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FetchSharedNotes {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which conversation.
    pub conversation: ConversationId,
    /// Only versions before this one; absent for the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
    /// How many at most; no more than 20 come.
    pub limit: u32,
}

wire!(FetchSharedNotes { reference = "ref", conversation, before, limit });

/// Answer to `fetch_shared_notes`. What one agent wrote without a pause is one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedNotesFetched {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which conversation.
    pub conversation: ConversationId,
    /// The versions, the newest first.
    pub versions: Vec<SharedNotes>,
    /// Whether there are still earlier ones.
    pub has_more_before: bool,
}

wire!(SharedNotesFetched { reference = "ref", conversation, versions, has_more_before });
