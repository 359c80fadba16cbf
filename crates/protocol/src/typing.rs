//! Typing signals: passed on while they are fresh, kept nowhere.

use serde::{Deserialize, Serialize};

use crate::author::Author;
use crate::ids::ConversationId;

/// Somebody else began or stopped typing. Forgotten after six seconds without a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TypingChanged {
    /// Where.
    pub conversation: ConversationId,
    /// Who.
    pub author: Author,
    /// Whether they type now.
    pub typing: bool,
}

wire!(TypingChanged {
    conversation,
    author,
    typing
});
