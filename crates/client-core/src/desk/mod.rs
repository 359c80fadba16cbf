//! What lies before an agent beside the list: their state, the sessions held out to them, and
//! what became of those.
//!
//! Invariants: the state and the offers are what the server said last; what the agent chose is
//! kept beside it until the server has said yes or no, so that a refusal rolls it back in sight;
//! an offer goes when the server says so, never because a clock of this device ran out.
//!
//! Nothing here is stored. A choice is repeated until it is answered for as long as the page
//! lives; after a reload the server's word shows what became of it, and to accept what was held
//! out before would be worth nothing.

mod clock;
mod notices;
mod offers;
mod ring;
mod state;

use protocol::agent::Offer;
use protocol::ids::ConversationId;
use protocol::time::Timestamp;

pub(crate) use clock::ServerClock;
pub(crate) use notices::Notices;
pub use notices::{DeskNotice, NoticeKind};
pub(crate) use offers::{Answer, Held, Offers, Over};
pub(crate) use ring::Ring;
pub(crate) use state::{Choice, OwnState};

/// The desk.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    pub(crate) clock: ServerClock,
    pub(crate) own: OwnState,
    pub(crate) offers: Offers,
    pub(crate) notices: Notices,
    pub(crate) ring: Ring,
    /// The session that was given to the agent last, until a page has rung for it.
    pub(crate) given: Option<Offer>,
    /// Conversations the agent accepted and was not led to, because they were writing.
    arrived: Vec<ConversationId>,
    /// When the desk's timer will run out.
    pub(crate) timer: Option<Timestamp>,
}

impl Desk {
    /// A conversation waits in the list until it is looked at.
    pub(crate) fn mark_arrived(&mut self, conversation: ConversationId) {
        if !self.has_arrived(&conversation) {
            self.arrived.push(conversation);
        }
    }

    /// Whether a conversation was accepted and not looked at since.
    pub(crate) fn has_arrived(&self, conversation: &ConversationId) -> bool {
        self.arrived.contains(conversation)
    }

    /// The agent looks at a conversation.
    pub(crate) fn looked_at(&mut self, conversation: &ConversationId) {
        self.arrived.retain(|arrived| arrived != conversation);
        self.notices.looked_at(conversation);
    }

    /// Whether anything on the desk changes with the second.
    fn is_ticking(&self) -> bool {
        self.own.told.is_some() || !self.offers.is_empty() || !self.notices.is_empty()
    }

    /// When the desk has to be looked at again: each second while a clock is in view, and when
    /// it is to be decided which page rings.
    pub(crate) fn next_due(&self, now: Timestamp, is_shown: bool) -> Option<Timestamp> {
        let tick = (is_shown && self.is_ticking()).then(|| self.clock.next_second(now));
        [tick, self.ring.next_due()].into_iter().flatten().min()
    }
}
