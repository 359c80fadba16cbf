//! Messages that other pages of this browser stored and have not got acknowledged.
//!
//! Their own pages send them. But a page may be closed before it could, and no browser promises
//! to say so; what it wrote must not wait for the next page that opens. So a message that
//! stayed for a while, although this page is connected, is taken over. If its page lives after
//! all both send the same command, and the server answers the second as it answered the first.
//! Invariant: they are taken over in
//! the order they were written, except those whose files only their own page has.

use protocol::ids::ClientId;
use protocol::time::Timestamp;

use super::entry::{Entry, EntryState};

/// Time another page gets for a message while this one is connected.
const PATIENCE_MS: i64 = 10_000;

#[derive(Debug)]
struct Neighbour {
    entry: Entry,
    /// Since when it was known and this page connected.
    since: Option<Timestamp>,
}

/// What other pages still have to send, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    waiting: Vec<Neighbour>,
}

impl Neighbours {
    /// Another page stored a message, or stored it anew. What failed stays with the page on
    /// which the person can decide about it.
    pub(super) fn stored(&mut self, entry: Entry) {
        if entry.state != EntryState::Queued {
            self.removed(&entry.client_id);
            return;
        }
        let at = self
            .waiting
            .partition_point(|other| other.entry.place() < entry.place());
        match self.waiting.get_mut(at) {
            // Its page lives: it gets its time anew.
            Some(known) if known.entry.client_id == entry.client_id => {
                *known = Neighbour { entry, since: None };
            }
            _ => self.waiting.insert(at, Neighbour { entry, since: None }),
        }
    }

    /// Another page is done with a message.
    pub(super) fn removed(&mut self, client_id: &ClientId) {
        self.waiting
            .retain(|other| other.entry.client_id != *client_id);
    }

    /// The socket is gone: other pages may have lost theirs as well.
    pub(super) fn lost(&mut self) {
        for other in &mut self.waiting {
            other.since = None;
        }
    }

    /// The oldest message, if its page had time enough. Call it while connected.
    pub(super) fn abandoned(&mut self, now: Timestamp) -> Option<Entry> {
        for other in &mut self.waiting {
            other.since.get_or_insert(now);
        }
        let at = self.first()?;
        let since = self.waiting[at].since?;
        (now.since(since) >= PATIENCE_MS).then(|| self.waiting.remove(at).entry)
    }

    fn first(&self) -> Option<usize> {
        let is_anybodys = |other: &Neighbour| other.entry.is_anybodys();
        self.waiting.iter().position(is_anybodys)
    }

    /// When the oldest message has to be looked at again.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        Some(self.waiting[self.first()?].since?.plus(PATIENCE_MS))
    }
}
