//! Which of an agent's pages rings for a new offer.
//!
//! Every page that hears of an offer writes its bid under one name in the browser's storage and
//! hears of the others' bids; after a moment the lowest rings. A page in view is lower than one
//! that is not, an older one lower than a younger. Nobody has to be alive for that but those who
//! bid, so a page that crashed or sleeps cannot keep the others silent.

use protocol::ids::OfferId;
use protocol::time::Timestamp;

use crate::session::keys;
use crate::turn::Turn;

/// Time for the bids of other pages to arrive.
const BIDDING_MS: i64 = 300;
/// While nobody looks, the sound is repeated after so long.
const AGAIN_MS: i64 = 5_000;
/// Digits of a page's beginning: enough until the year 2286, and sorted as text.
const DIGITS: usize = 13;

#[derive(Debug)]
struct Bidding {
    offer: OfferId,
    rank: String,
    lost: bool,
    decided_at: Timestamp,
}

/// The bids of this page, and what it heard of the others'.
#[derive(Debug, Default)]
pub(crate) struct Ring {
    /// This page's name: its beginning, and what tells it from one that began with it.
    page: Option<String>,
    own: Option<Bidding>,
    /// The latest bid of another page, and when it was heard.
    heard: Option<(String, String, Timestamp)>,
    /// This page rang, and rings again then.
    again_at: Option<Timestamp>,
}

impl Ring {
    /// The page begins.
    pub(crate) fn begin(&mut self, turn: &mut Turn) {
        if self.page.is_none() {
            let began = padded(turn.now.0.max(0));
            self.page = Some(format!("{began}-{}", turn.client_id().as_str()));
        }
    }

    /// An offer has arrived: bids for the right to ring.
    pub(crate) fn bid(&mut self, offer: &OfferId, is_shown: bool, turn: &mut Turn) {
        let place = if is_shown { '0' } else { '1' };
        let rank = format!("{place}-{}", self.page.as_deref().unwrap_or_default());
        let heard = self.heard.as_ref().filter(|(of, ..)| of == offer.as_str());
        // Pages hear of an offer at different times: what was decided long ago stays decided.
        let lost =
            heard.is_some_and(|(_, other, at)| *other < rank || turn.now.since(*at) >= BIDDING_MS);
        if !lost {
            turn.save(keys::RING.to_owned(), written(offer, &rank));
        }
        self.own = Some(Bidding {
            offer: offer.clone(),
            rank,
            lost,
            decided_at: turn.now.plus(BIDDING_MS),
        });
    }

    /// Another page has bid.
    pub(crate) fn hear(&mut self, value: &str, turn: &mut Turn) {
        let Some((offer, rank)) = value.split_once(' ') else {
            return;
        };
        self.heard = Some((offer.to_owned(), rank.to_owned(), turn.now));
        let Some(own) = &mut self.own else {
            return;
        };
        if own.offer.as_str() != offer || own.lost {
            return;
        }
        if rank < own.rank.as_str() {
            own.lost = true;
        } else if rank > own.rank.as_str() {
            // It was written over ours. Whoever wrote it has to hear of the lower one.
            turn.save(keys::RING.to_owned(), written(&own.offer, &own.rank));
        }
    }

    /// The offer to ring for now, if the bidding is over and this page has won, or if it is time
    /// to ring again. `newest` is the newest open offer.
    pub(crate) fn due(
        &mut self,
        newest: Option<&OfferId>,
        is_shown: bool,
        now: Timestamp,
    ) -> Option<OfferId> {
        if newest.is_none() {
            self.own = None;
            self.again_at = None;
        }
        let newest = newest?.clone();
        if let Some(own) = self.own.take_if(|own| own.decided_at <= now) {
            self.again_at = (!own.lost).then(|| now.plus(AGAIN_MS));
            return (!own.lost).then_some(newest);
        }
        if self.again_at.is_some_and(|at| at <= now) {
            self.again_at = Some(now.plus(AGAIN_MS));
            return (!is_shown).then_some(newest);
        }
        None
    }

    /// Whether no bidding is under way.
    pub(crate) fn is_decided(&self) -> bool {
        self.own.is_none()
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let decided = self.own.as_ref().map(|own| own.decided_at);
        [decided, self.again_at].into_iter().flatten().min()
    }
}

fn written(offer: &OfferId, rank: &str) -> String {
    format!("{} {rank}", offer.as_str())
}

fn padded(millis: i64) -> String {
    format!("{millis:0DIGITS$}")
}
