//! The one recording that is being made: how long it is, how loud, and for which place.

use super::{Notice, Phase};
use crate::composer::Place;

#[derive(Debug)]
pub(super) struct Making {
    pub(super) place: Place,
    pub(super) phase: Phase,
    pub(super) limit_ms: u32,
    /// How long it was when it last began to listen.
    before_ms: i64,
    /// Since when it listens.
    pub(super) since: i64,
    pub(super) levels: Vec<u8>,
    pub(super) notice: Option<Notice>,
}

impl Making {
    pub(super) fn new(place: Place, limit_ms: u32) -> Self {
        Self {
            place,
            phase: Phase::Asking,
            limit_ms,
            before_ms: 0,
            since: 0,
            levels: Vec::new(),
            notice: None,
        }
    }

    pub(super) fn listens(&self) -> bool {
        self.phase == Phase::Recording
    }

    /// How long it is, and never longer than it may be: a page out of view is told of the time
    /// a little late.
    pub(super) fn elapsed(&self, now: i64) -> u32 {
        let running = if self.listens() {
            (now - self.since).max(0)
        } else {
            0
        };
        (self.before_ms + running).clamp(0, self.limit_ms.into()) as u32
    }

    pub(super) fn hold(&mut self, now: i64) {
        self.before_ms = self.elapsed(now).into();
        self.since = now;
    }
}
