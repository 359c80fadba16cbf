//! The server's time, as well as this device can know it.
//!
//! All deadlines are the server's (`model.md`, Time). A device whose clock is wrong by a day
//! shows the same seconds as every other one, because only the difference of the clocks counts.

use protocol::time::Timestamp;

const SECOND_MS: i64 = 1000;

/// How far the server's clock is ahead of this device's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ServerClock {
    ahead_ms: i64,
}

impl ServerClock {
    /// The server has said what time it is.
    pub(crate) fn set(&mut self, server: Timestamp, now: Timestamp) {
        self.ahead_ms = server.since(now);
    }

    /// Something has happened at this time by the server's clock, so it cannot be earlier now.
    pub(crate) fn at_least(&mut self, server: Timestamp, now: Timestamp) {
        self.ahead_ms = self.ahead_ms.max(server.since(now));
    }

    pub(crate) fn ahead_ms(self) -> i64 {
        self.ahead_ms
    }

    /// The time at the server.
    pub(crate) fn time(self, now: Timestamp) -> Timestamp {
        now.plus(self.ahead_ms)
    }

    /// When the server's clock turns to the next second, in this device's time: all pages count
    /// at the same moment.
    pub(crate) fn next_second(self, now: Timestamp) -> Timestamp {
        now.plus(SECOND_MS - self.time(now).0.rem_euclid(SECOND_MS))
    }

    /// Whole seconds since an instant, none while it lies ahead.
    pub(crate) fn seconds_since(self, then: Timestamp, now: Timestamp) -> u32 {
        seconds(self.time(now).since(then))
    }

    /// Whole seconds until an instant, a started one counted; none when it is over.
    pub(crate) fn seconds_until(self, then: Timestamp, now: Timestamp) -> u32 {
        seconds(then.since(self.time(now)).saturating_add(SECOND_MS - 1))
    }
}

fn seconds(millis: i64) -> u32 {
    u32::try_from(millis.max(0) / SECOND_MS).unwrap_or(u32::MAX)
}
