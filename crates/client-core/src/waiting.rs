//! The visitor's place in the waiting line.
//!
//! Invariant: a place is a signal. It is known only while the server tells it on this connection;
//! that the visitor waits at all stands at the conversation.

use protocol::visitor::PlaceChanged;

/// The last place that was told.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    place: Option<PlaceChanged>,
}

impl Waiting {
    /// The server told a place.
    pub(crate) fn changed(&mut self, place: PlaceChanged) {
        self.place = Some(place);
    }

    /// It is not known any more: the socket is gone, or nobody waits.
    pub(crate) fn forget(&mut self) {
        self.place = None;
    }

    pub(crate) fn place(&self) -> Option<&PlaceChanged> {
        self.place.as_ref()
    }
}
