//! What messages and notes said before their authors changed them, for agents alone.
//!
//! Invariant: the visitors' half has no word for history. What a visitor deleted is gone for both
//! sides' screens; that agents can look it up is told to nobody else.

use serde::{Deserialize, Serialize};

use crate::ids::{ConversationId, MessageId};
use crate::time::Timestamp;

/// What did this message or note say before?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FetchHistory {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Where.
    pub conversation: ConversationId,
    /// Which one.
    pub message: MessageId,
}

wire!(FetchHistory { reference = "ref", conversation, message });

/// Answer to `fetch_history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryFetched {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// What it said before, oldest first; the text of a deleted one is the last.
    pub texts: Vec<EarlierText>,
}

wire!(HistoryFetched { reference = "ref", texts });

/// A text that a message no longer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EarlierText {
    /// The text, byte for byte as it was stored.
    pub text: String,
    /// Since when it had been there.
    pub written_at: Timestamp,
}

wire!(EarlierText { text, written_at });
