//! The end of a session (mission W8).

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, ConversationId};

/// End the running session for everybody; the conversation is resolved. Done, too, when it is over
/// already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndSession {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which conversation.
    pub conversation: ConversationId,
}

wire!(EndSession {
    client_id,
    conversation
});
