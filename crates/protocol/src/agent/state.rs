//! Whether an agent takes work, and since when (mission W2, W3, W9).
//!
//! The server keeps it, so that it is the same on all the agent's screens and outlives them.

use serde::{Deserialize, Serialize};

use crate::conversation::ContactRef;
use crate::feed::Feed;
use crate::ids::{ChannelId, ClientId, ConversationId, OfferId};
use crate::seq::Seq;
use crate::time::Timestamp;

open_enum!(
    /// Whether an agent takes work.
    Availability {
        /// Sessions are offered.
        Available = "available",
        /// Nothing is offered; the agent says why.
        Busy = "busy",
        /// An offer was missed; nothing is offered until the agent says they are back. Never
        /// chosen, only come into.
        Missed = "missed",
        /// Not at work.
        Offline = "offline",
    }
);

open_enum!(
    /// Why an agent is busy.
    BusyReason {
        /// A short pause.
        Break = "break",
        /// Eating.
        Lunch = "lunch",
        /// With others.
        Meeting = "meeting",
        /// Learning.
        Training = "training",
        /// Work beside the conversations.
        Paperwork = "paperwork",
        /// Anything else.
        Other = "other",
    }
);

/// The offer that made an agent `missed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissedOffer {
    /// Which offer.
    pub offer: OfferId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// With whom.
    pub contact: ContactRef,
    /// Where it began.
    pub channel: ChannelId,
}

wire!(MissedOffer {
    offer,
    conversation,
    contact,
    channel
});

/// An agent's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentState {
    /// Whether they take work.
    pub availability: Availability,
    /// Why they are busy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BusyReason>,
    /// Since when, by the server's clock.
    pub since: Timestamp,
    /// What was missed, while `missed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<MissedOffer>,
    /// Sessions they may have at once.
    pub capacity: u32,
    /// Sessions they have, those offered included.
    pub load: u32,
}

wire!(AgentState {
    availability,
    reason,
    since,
    missed,
    capacity,
    load
});

/// Begin or stop taking work. `missed` cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetState {
    /// The command's own name.
    pub client_id: ClientId,
    /// What to be.
    pub availability: Availability,
    /// Why, with `busy` and only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BusyReason>,
}

wire!(SetState {
    client_id,
    availability,
    reason
});

/// The agent's state is another, or their load is. Entry of `agent/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The state as it is now.
    pub state: AgentState,
}

wire!(StateChanged { feed, seq, state });
