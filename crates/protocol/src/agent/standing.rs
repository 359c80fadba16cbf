//! The latest session of a conversation as one agent sees it: where it stands, and what they can do
//! about it now, each with the reason why not (mission W4, G3).

use serde::{Deserialize, Serialize};

use crate::feed::Feed;
use crate::ids::{ConversationId, SessionId};
use crate::seq::Seq;
use crate::session::{ActionState, SessionOutcome, SessionState};
use crate::time::Timestamp;

/// Where the latest session stands for the agent who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionStanding {
    /// Which session.
    pub session: SessionId,
    /// Where it stands.
    pub state: SessionState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// How it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<SessionOutcome>,
    /// All that can be done about sessions, and whether this agent can do it now.
    pub actions: Vec<ActionState>,
}

wire!(SessionStanding {
    session,
    state,
    started_at,
    ended_at,
    outcome,
    actions
});

/// The session stands otherwise, or something else can be done. Entry of `conversation/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// How its latest session stands now.
    pub standing: SessionStanding,
}

wire!(SessionChanged {
    feed,
    seq,
    conversation,
    standing
});
