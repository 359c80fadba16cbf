//! The feeds of one socket, and how far each has been sent.
//!
//! Invariants: a feed is followed before it is read, so there is never a hole; each feed has
//! one cursor.

use protocol::feed::Feed;
use protocol::seq::{FeedCursor, Seq};

use crate::hub::{Mailbox, Seat, Topic};

/// More feeds than any client of ours follows at the same time.
pub(super) const MOST_FEEDS: usize = 256;

/// A client wants more feeds than that.
pub(super) struct TooManyFeeds;

/// A socket's place in the hub with its cursors.
pub(super) struct Following {
    seat: Seat,
    cursors: Vec<(Feed, Seq)>,
}

impl Following {
    /// Nothing so far.
    pub(super) fn new(seat: Seat) -> Self {
        Self {
            seat,
            cursors: Vec::new(),
        }
    }

    /// Where the hub leaves its notes.
    pub(super) fn mailbox(&self) -> &Mailbox {
        self.seat.mailbox()
    }

    /// Leaves a note that a feed has more.
    pub(super) fn note(&self, feed: &Feed) {
        self.seat.note(feed);
    }

    /// Follows a feed behind a cursor. Entries written before the hub knew of it are found by
    /// the note left here.
    pub(super) fn follow(&mut self, cursor: FeedCursor) -> Result<(), TooManyFeeds> {
        let known = self.cursors.iter().any(|(feed, _)| *feed == cursor.feed);
        if !known && self.cursors.len() >= MOST_FEEDS {
            return Err(TooManyFeeds);
        }
        self.seat.follow(Topic::Feed(cursor.feed.clone()));
        self.seat.note(&cursor.feed);
        if known {
            self.set_cursor(&cursor.feed, cursor.seq);
        } else {
            self.cursors.push((cursor.feed, cursor.seq));
        }
        Ok(())
    }

    /// Follows a feed no longer.
    pub(super) fn unfollow(&mut self, feed: &Feed) {
        self.cursors.retain(|(followed, _)| followed != feed);
        self.seat.unfollow(&Topic::Feed(feed.clone()));
    }

    /// How far a feed was sent; nothing when it is not followed.
    pub(super) fn cursor(&self, feed: &Feed) -> Option<Seq> {
        let found = self.cursors.iter().find(|(followed, _)| followed == feed);
        found.map(|(_, seq)| *seq)
    }

    /// A feed was sent up to here.
    pub(super) fn set_cursor(&mut self, feed: &Feed, seq: Seq) {
        for (followed, at) in &mut self.cursors {
            if followed == feed {
                *at = seq;
            }
        }
    }
}
