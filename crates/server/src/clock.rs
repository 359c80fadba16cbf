//! The server's clock.
//!
//! With the feature `test-clock` it can be moved forward, so that tests need not wait for
//! deadlines; the shipped program has no such way.

use std::time::{SystemTime, UNIX_EPOCH};

use protocol::time::Timestamp;
use server_core::ports::Clock;

/// The system's time.
#[derive(Debug, Default)]
pub struct ServerClock {
    #[cfg(feature = "test-clock")]
    ahead_ms: std::sync::atomic::AtomicI64,
}

impl ServerClock {
    #[cfg(not(feature = "test-clock"))]
    fn ahead_ms(&self) -> i64 {
        0
    }

    #[cfg(feature = "test-clock")]
    fn ahead_ms(&self) -> i64 {
        self.ahead_ms.load(std::sync::atomic::Ordering::SeqCst)
    }

    /// Moves the clock.
    #[cfg(feature = "test-clock")]
    pub fn advance(&self, millis: i64) {
        self.ahead_ms
            .fetch_add(millis, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for ServerClock {
    fn now(&self) -> Timestamp {
        // A clock before 1970 reads as 1970.
        let elapsed = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let millis = i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX);
        Timestamp(millis).plus(self.ahead_ms())
    }
}
