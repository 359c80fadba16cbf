//! Where the use cases say that something is there to be read.
//!
//! Nothing travels through it but names: who is woken reads storage behind their own cursor, so
//! order and completeness never depend on this port.

use protocol::conversation::VisitorConversation;
use protocol::feed::Feed;
use protocol::ids::ContactId;

use crate::domain::{PlaceNotice, TokenDigest, TypingNotice};

/// Wakes whoever is connected. Called after the transaction was committed; must not block and
/// must not call back into storage or a use case.
pub trait Publisher: Send + Sync {
    /// The feed has new entries. May be called twice for one entry.
    fn advanced(&self, feed: &Feed);

    /// The contact has a conversation now; all their sockets are told.
    fn conversation_started(&self, contact: &ContactId, conversation: &VisitorConversation);

    /// The sign-in is over; its sockets are closed.
    fn signed_out(&self, sign_in: &TokenDigest);

    /// A chatbot types: whoever listens is told now, and nobody later.
    fn typing(&self, _notice: &TypingNotice) {}

    /// A visitor's place in the waiting line is another; told like typing.
    fn place_changed(&self, _notice: &PlaceNotice) {}

    /// Who waits, or who may be offered something, has changed, or a chatbot has something to
    /// do: sessions are to be distributed.
    /// Where nobody distributes there is nothing to do.
    fn line_changed(&self) {}
}
