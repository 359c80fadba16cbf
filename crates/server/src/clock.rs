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
    #[cfg(feature = "test-clock")]
    moved: tokio::sync::Notify,
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
        self.moved.notify_one();
    }

    /// Waits until the clock was moved. One task may wait; moves before the wait are not missed.
    #[cfg(feature = "test-clock")]
    pub async fn moved(&self) {
        self.moved.notified().await;
    }

    /// Never: nothing moves this clock.
    #[cfg(not(feature = "test-clock"))]
    pub async fn moved(&self) {
        std::future::pending::<()>().await;
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
