//! Sessions held out to agents (mission W1 to W4, P14).
//!
//! An offer is for one agent until its deadline. How it ended has its own word each time, so
//! that nobody is told "missed" who was merely too late by a colleague.

use serde::{Deserialize, Serialize};

use super::state::AgentState;
use crate::author::AgentRef;
use crate::conversation::ContactRef;
use crate::feed::Feed;
use crate::ids::{ChannelId, ClientId, ConversationId, OfferId};
use crate::message::Message;
use crate::seq::Seq;
use crate::time::Timestamp;

open_enum!(
    /// How an offer stands.
    OfferStatus {
        /// Held out until its deadline.
        Open = "open",
        /// The agent took it.
        Accepted = "accepted",
        /// The agent got it without being asked: the channel accepts for its agents.
        AutoAccepted = "auto_accepted",
        /// The agent said no.
        Declined = "declined",
        /// The deadline passed.
        Missed = "missed",
        /// Nobody is wanted any more, or the agent stopped taking work.
        Withdrawn = "withdrawn",
        /// Somebody else took the session.
        TakenByAnother = "taken_by_another",
        /// The agent's last screen was gone for too long.
        Disconnected = "disconnected",
    }
);

open_enum!(
    /// Why an agent says no.
    DeclineReason {
        /// Too much to do.
        Busy = "busy",
        /// Somebody else knows this better.
        NotMyField = "not_my_field",
        /// Cannot speak the visitor's language.
        Language = "language",
        /// Anything else.
        Other = "other",
    }
);

open_enum!(
    /// Why a session is offered to this agent.
    OfferReason {
        /// Knows what is wanted.
        Expertise = "expertise",
        /// Had the visitor before.
        PreviousAgent = "previous_agent",
        /// Speaks the visitor's language.
        Language = "language",
        /// Knows the visitor's country.
        Country = "country",
        /// Has the least to do.
        LeastBusy = "least_busy",
        /// Was offered nothing for the longest time.
        LongestIdle = "longest_idle",
    }
);

/// A session held out to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// Which one.
    pub id: OfferId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Where that began.
    pub channel: ChannelId,
    /// With whom.
    pub contact: ContactRef,
    /// How it stands.
    pub status: OfferStatus,
    /// Who took the session, when somebody else did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<AgentRef>,
    /// Expertise that is wanted.
    pub expertise: Vec<String>,
    /// Whether some of it is the agent's own.
    pub own_expertise: bool,
    /// Why this agent, most telling first.
    pub reasons: Vec<OfferReason>,
    /// Since when the visitor waits for people.
    pub waiting_since: Timestamp,
    /// Since when it is held out.
    pub offered_at: Timestamp,
    /// Until when, by the server's clock.
    pub expires_at: Timestamp,
    /// What was said so far, oldest first: the newest messages while it is open, else nothing.
    pub messages: Vec<Message>,
}

wire!(Offer {
    id,
    conversation,
    channel,
    contact,
    status,
    taken_by,
    expertise,
    own_expertise,
    reasons,
    waiting_since,
    offered_at,
    expires_at,
    messages,
});

/// Take the session of an open offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AcceptOffer {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which offer.
    pub offer: OfferId,
}

wire!(AcceptOffer { client_id, offer });

/// Do not take the session of an open offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeclineOffer {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which offer.
    pub offer: OfferId,
    /// Why.
    pub reason: DeclineReason,
}

wire!(DeclineOffer {
    client_id,
    offer,
    reason
});

/// An offer is new or stands otherwise. Entry of `agent/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The offer as it is now.
    pub offer: Offer,
}

wire!(OfferChanged { feed, seq, offer });

/// What lies before an agent beside the list: with its first page, of the same state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Desk {
    /// Their state.
    pub state: AgentState,
    /// Their open offers, oldest first.
    pub offers: Vec<Offer>,
}

wire!(Desk { state, offers });
