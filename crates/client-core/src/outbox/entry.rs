//! A message on its way, and how far it is.

use protocol::error::ErrorCode;
use protocol::ids::{ClientId, ConversationId};
use protocol::limits::ANSWER_KEPT_MS;
use protocol::time::Timestamp;

use super::extras::Extras;

/// A message on its way.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) client_id: ClientId,
    /// The name of its row: the client id it was first written under.
    pub(crate) key: String,
    /// When it was written, in milliseconds; unique and growing, so that it gives the order.
    pub(crate) at: i64,
    /// As the command names it. Never changed once it may have been sent.
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) text: String,
    /// What goes with the text.
    pub(crate) extras: Extras,
    pub(crate) state: EntryState,
    /// How often the server asked to try again later.
    pub(crate) refusals: u32,
    /// Whether another page has its files was asked, through storage.
    pub(crate) asks: bool,
    /// It is in storage.
    pub(crate) stored: bool,
    /// The server may have it: it was sent, or written by an earlier page.
    pub(crate) tried: bool,
}

/// How far an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// Waits for its turn or for a connection.
    Queued,
    /// Sent on the present socket.
    InFlight { since: Timestamp },
    /// The server asked to try again later.
    Paused { until: Timestamp },
    /// Refused for good; the person decides.
    Failed(ErrorCode),
    /// Another page got it acknowledged; the feed will bring it.
    Taken,
}

impl Entry {
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.state, EntryState::Failed(_))
    }

    /// Whether it still has to be sent, or sent again.
    pub(crate) fn is_due(&self) -> bool {
        !self.has_failed() && self.state != EntryState::Taken
    }

    /// Whether a conversation is to begin with it.
    pub(super) fn begins(&self) -> bool {
        self.extras.form.is_some() || self.extras.greeting.is_some()
    }

    pub(super) fn is_in_flight(&self) -> bool {
        matches!(self.state, EntryState::InFlight { .. })
    }

    /// Whether the answer to it may be forgotten already: then sending it could double it.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        self.tried && now.since(Timestamp(self.at)) > ANSWER_KEPT_MS
    }

    /// Its place in the queue.
    pub(super) fn place(&self) -> (i64, &ClientId) {
        (self.at, &self.client_id)
    }
}
