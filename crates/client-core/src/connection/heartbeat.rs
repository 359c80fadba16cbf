//! Whether the other end still lives: the latest moment at which something must have been heard.
//!
//! Frames only move the moment; the timer is set again when it runs out too early. So a burst of
//! frames costs no timers. Invariant: while a socket is open or opening, `Timer::Silence` runs.

use protocol::time::Timestamp;

use crate::effect::Timer;
use crate::turn::Turn;

/// Time an answer to a ping may take when the socket is in doubt.
const PROBE_MS: u32 = 5_000;
/// A timer that is late by this much was held up by sleep, not by silence.
const LATE_MS: i64 = 5_000;

/// The watch over a socket.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat {
    limit_ms: u32,
    deadline: Timestamp,
    probing: bool,
}

/// What the end of the timer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// Something was heard meanwhile.
    Broken,
    /// The page slept; the socket has to prove itself.
    Doubtful,
    /// Nothing was heard for too long.
    Dead,
}

impl Heartbeat {
    /// Begins to watch.
    pub(crate) fn watch(&mut self, limit_ms: u32, turn: &mut Turn) {
        self.limit_ms = limit_ms;
        self.heard(turn.now);
        turn.set_timer(Timer::Silence, limit_ms);
    }

    /// Something was heard.
    pub(crate) fn heard(&mut self, now: Timestamp) {
        self.deadline = now.plus(i64::from(self.limit_ms));
        self.probing = false;
    }

    /// Shortens the time left, for a ping that goes out now; says whether it should.
    pub(crate) fn probe(&mut self, turn: &mut Turn) -> bool {
        if self.probing {
            return false;
        }
        self.probing = true;
        self.deadline = turn.now.plus(i64::from(PROBE_MS));
        turn.set_timer(Timer::Silence, PROBE_MS);
        true
    }

    /// The timer ran out.
    pub(crate) fn fired(&mut self, turn: &mut Turn) -> Silence {
        let left = self.deadline.since(turn.now);
        if left > 0 {
            turn.set_timer(Timer::Silence, left as u32);
            Silence::Broken
        } else if -left > LATE_MS && !self.probing {
            Silence::Doubtful
        } else {
            Silence::Dead
        }
    }
}
