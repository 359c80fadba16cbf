//! How far each feed was read, and what an entry means for that.
//!
//! Invariants: entries are applied in order and without holes; a hole is asked for once, however
//! many entries come behind it; a feed without a cursor is not followed, its entries are dropped
//! because a fresh copy is on its way or nobody wants one.

use protocol::feed::Feed;
use protocol::seq::{FeedCursor, Seq};

/// Attempts to close one hole before a fresh copy is asked for.
const ATTEMPTS: u8 = 3;

#[derive(Debug)]
struct Followed {
    cursor: FeedCursor,
    /// The range behind the cursor was asked for in the middle of a socket's life and has not
    /// begun to come; entries behind the hole are of no use until then.
    asked: bool,
    /// The server has not said yet how the feed goes on.
    awaited: bool,
    /// How often it was asked for since the last entry that fitted.
    attempts: u8,
    /// Entries still to come that happened while the client was away.
    replaying: u64,
}

/// What to do with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the next one.
    Apply {
        /// It happens now, not while the client was away.
        live: bool,
    },
    /// It is known, or not wanted.
    Drop,
    /// Entries are missing before it: ask for them.
    Ask(FeedCursor),
    /// Entries are missing and do not come: the feed is not followed any more, a fresh copy is
    /// needed.
    GiveUp,
}

/// All feeds that are followed.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    followed: Vec<Followed>,
}

impl Feeds {
    fn find(&mut self, feed: &Feed) -> Option<&mut Followed> {
        self.followed
            .iter_mut()
            .find(|followed| followed.cursor.feed == *feed)
    }

    /// Follows a feed from this cursor on.
    pub(crate) fn follow(&mut self, cursor: FeedCursor) {
        self.leave(&cursor.feed);
        self.followed.push(Followed {
            cursor,
            asked: false,
            awaited: false,
            attempts: 0,
            replaying: 0,
        });
    }

    /// Follows a feed no longer.
    pub(crate) fn leave(&mut self, feed: &Feed) {
        self.followed
            .retain(|followed| followed.cursor.feed != *feed);
    }

    pub(crate) fn clear(&mut self) {
        self.followed.clear();
    }

    #[cfg(feature = "agent")]
    pub(crate) fn follows(&self, feed: &Feed) -> bool {
        self.followed
            .iter()
            .any(|followed| followed.cursor.feed == *feed)
    }

    /// All cursors, for `connect`; each will be answered, in this order.
    pub(crate) fn take_up(&mut self) -> Vec<FeedCursor> {
        self.followed
            .iter_mut()
            .map(|followed| {
                followed.awaited = true;
                followed.cursor.clone()
            })
            .collect()
    }

    /// Taking up a feed was refused. The refusal does not say which: it is the first without an
    /// answer.
    pub(crate) fn refused(&mut self) -> Option<Feed> {
        let at = self.followed.iter().position(|followed| followed.awaited)?;
        Some(self.followed.remove(at).cursor.feed)
    }

    /// Whether entries were applied that a copy made at this cursor does not know.
    pub(crate) fn is_ahead_of(&self, cursor: &FeedCursor) -> bool {
        self.followed.iter().any(|followed| {
            followed.cursor.feed == cursor.feed
                && followed.cursor.epoch == cursor.epoch
                && followed.cursor.seq > cursor.seq
        })
    }

    /// The feed goes on; this many entries were missed.
    pub(crate) fn resumed(&mut self, feed: &Feed, missed: u64) {
        if let Some(followed) = self.find(feed) {
            followed.asked = false;
            followed.awaited = false;
            followed.replaying = missed;
        }
    }

    /// The socket is gone, and with it everything that was on its way.
    pub(crate) fn lost(&mut self) {
        for followed in &mut self.followed {
            followed.asked = false;
            followed.awaited = false;
            followed.attempts = 0;
            followed.replaying = 0;
        }
    }

    /// Judges an entry and moves the cursor past it if it is the next one.
    pub(crate) fn judge(&mut self, feed: &Feed, seq: Seq) -> Verdict {
        let Some(followed) = self.find(feed) else {
            return Verdict::Drop;
        };
        let live = followed.replaying == 0;
        if !followed.asked {
            followed.replaying = followed.replaying.saturating_sub(1);
        }
        if seq <= followed.cursor.seq {
            return Verdict::Drop;
        }
        if seq == followed.cursor.seq.next() {
            followed.cursor.seq = seq;
            followed.attempts = 0;
            return Verdict::Apply { live };
        }
        if followed.asked {
            return Verdict::Drop;
        }
        if followed.attempts == ATTEMPTS {
            self.leave(feed);
            return Verdict::GiveUp;
        }
        followed.attempts += 1;
        followed.asked = true;
        followed.awaited = true;
        Verdict::Ask(followed.cursor.clone())
    }
}
