//! The order of messages: by position and by nothing else.
//!
//! Invariants: held messages are sorted by position; a message is held once; the key of a held
//! message never changes, whatever copy of it comes later; an older version never replaces a
//! newer one.

use protocol::message::Message;
use protocol::seq::Position;

/// A message with the name of its row.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) message: Message,
    pub(crate) key: String,
    /// It came from the feed or in a copy of the conversation. Otherwise only the answer to our
    /// command told of it, and messages before it may be missing.
    pub(crate) settled: bool,
}

impl Held {
    pub(crate) fn position(&self) -> Position {
        self.message.position
    }
}

/// Puts a message in its place; says whether it is new.
pub(crate) fn place(held: &mut Vec<Held>, new: Held) -> bool {
    let known = held
        .iter()
        .rposition(|other| other.message.id == new.message.id);
    if let Some(at) = known {
        let old = &mut held[at];
        if old.message.version() > new.message.version() {
            return false;
        }
        if old.position() == new.position() {
            old.message = new.message;
            old.settled |= new.settled;
            return false;
        }
        let key = held.remove(at).key;
        insert(held, Held { key, ..new });
        return false;
    }
    insert(held, new);
    true
}

fn insert(held: &mut Vec<Held>, new: Held) {
    let at = held.partition_point(|other| other.position() <= new.position());
    held.insert(at, new);
}
