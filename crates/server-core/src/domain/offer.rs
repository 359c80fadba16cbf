//! Offers: a session held out to one agent until a deadline, and how that ended.
//!
//! Invariant: a session has at most one open offer.

use protocol::agent::{DeclineReason, OfferReason, OfferStatus};
use protocol::ids::{AgentId, ConversationId, OfferId};
use protocol::time::Timestamp;

use protocol::ids::SessionId;

/// One offer. It stays on record when it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRecord {
    /// Which one.
    pub id: OfferId,
    /// Of which session.
    pub session: SessionId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub agent: AgentId,
    /// How it stands.
    pub status: OfferStatus,
    /// Who took the session, when somebody else did.
    pub taken_by: Option<AgentId>,
    /// Why the agent declined.
    pub decline_reason: Option<DeclineReason>,
    /// Expertise that was wanted.
    pub expertise: Vec<String>,
    /// Whether some of it was the agent's own.
    pub own_expertise: bool,
    /// Why this agent, most telling first.
    pub reasons: Vec<OfferReason>,
    /// Since when the visitor waited.
    pub waiting_since: Timestamp,
    /// Since when it was held out.
    pub offered_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl OfferRecord {
    /// Whether it can still be answered.
    pub fn is_open_at(&self, now: Timestamp) -> bool {
        self.status == OfferStatus::Open && now < self.expires_at
    }
}
