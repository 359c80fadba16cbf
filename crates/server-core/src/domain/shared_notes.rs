//! The shared notes of a conversation, version by version.
//!
//! Invariant: every version is kept until nobody can go on from it any more; which of them the
//! history shows is decided when the next one is saved.

use protocol::ids::{AgentId, ConversationId};
use protocol::time::Timestamp;

/// One version; at most one record for a conversation and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedNotesRecord {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Its number: 1, 2, 3, …
    pub version: u64,
    /// The whole text.
    pub text: String,
    /// Who saved it.
    pub author: AgentId,
    /// When.
    pub saved_at: Timestamp,
    /// The earlier version whose text it brought back.
    pub restores: Option<u64>,
    /// Whether its author wrote on without a pause: history then shows only what it became.
    pub passing: bool,
}
