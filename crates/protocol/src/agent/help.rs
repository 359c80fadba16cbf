//! Help among agents: where a running session stands, and conversations that come and go in an
//! agent's list without a channel (mission P4 to P8).

use serde::{Deserialize, Serialize};

use crate::author::AgentRef;
use crate::conversation::LiveStatus;
use crate::feed::Feed;
use crate::ids::{ClientId, ConversationId};
use crate::seq::Seq;

/// Say where the running session stands. Done, too, when it stands there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetLiveStatus {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which conversation.
    pub conversation: ConversationId,
    /// Where it stands from now on.
    pub status: LiveStatus,
}

wire!(SetLiveStatus {
    client_id,
    conversation,
    status
});

/// A conversation of another channel is out of the agent's reach: help is wanted no longer, or they
/// take part no longer. Entry of `agent/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SummaryWithdrawn {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Which one.
    pub conversation: ConversationId,
    /// Who came to help, where somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helped_by: Option<AgentRef>,
}

wire!(SummaryWithdrawn {
    feed,
    seq,
    conversation,
    helped_by
});
