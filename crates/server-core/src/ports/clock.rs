//! The only clock of the use cases. Every deadline is the server's.

use protocol::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now. May jump, also backwards; no use case relies on its growing.
    fn now(&self) -> Timestamp;
}
