//! What is told to whoever listens just now, and kept nowhere.

use protocol::feed::Feed;
use protocol::typing::TypingChanged;
use protocol::visitor::PlaceChanged;

/// Somebody types: the followers of these feeds are told, but for the author's own sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypingNotice {
    /// The feeds whose followers are told now.
    pub to: Vec<Feed>,
    /// What they are told.
    pub frame: TypingChanged,
}

/// A visitor's place in the waiting line: the followers of their feed are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceNotice {
    /// What they are told.
    pub frame: PlaceChanged,
}
