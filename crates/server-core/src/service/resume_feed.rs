//! A client takes up a feed where it left off, or learns that it cannot.

use protocol::error::ErrorCode;
use protocol::hello::{Resumed, ResyncReason, ResyncRequired};
use protocol::seq::{FeedCursor, Seq};

use super::Service;
use crate::domain::{FeedState, Principal};
use crate::error::Error;
use crate::rules::access;

/// How a feed goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// From the client's cursor; that many entries are waiting.
    Resumed(Resumed),
    /// Not at all: the client needs a fresh copy.
    ResyncRequired(ResyncRequired),
}

impl Service {
    /// Decides whether a feed can go on from a cursor. The carrier has subscribed to the feed
    /// before it asks, and reads entries behind the cursor afterwards.
    pub fn resume_feed(&self, who: &Principal, from: &FeedCursor) -> Result<Resumption, Error> {
        self.look(|reading| {
            let gone = |reason| {
                Resumption::ResyncRequired(ResyncRequired {
                    feed: from.feed.clone(),
                    reason,
                })
            };
            match access::feed(reading, who.into(), &from.feed) {
                // A conversation of an earlier life of this server.
                Err(error) if error.code() == ErrorCode::NotFound && from.epoch != self.epoch => {
                    return Ok(gone(ResyncReason::EpochChanged));
                }
                checked => checked?,
            }
            if from.epoch != self.epoch {
                return Ok(gone(ResyncReason::EpochChanged));
            }
            let state = reading.feed_state(&from.feed)?;
            Ok(match obstacle(state, from.seq) {
                Some(reason) => gone(reason),
                None => Resumption::Resumed(Resumed {
                    feed: from.feed.clone(),
                    missed: state.last.0 - from.seq.0,
                }),
            })
        })
    }
}

/// Why entries cannot follow a place, if they cannot.
pub(super) fn obstacle(state: FeedState, after: Seq) -> Option<ResyncReason> {
    if after > state.last {
        Some(ResyncReason::Ahead)
    } else if after.next() < state.first_kept {
        Some(ResyncReason::TooOld)
    } else {
        None
    }
}
