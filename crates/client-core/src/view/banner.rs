//! The state of the connection, in the words a person would use for it.

use protocol::error::ErrorCode;
use protocol::time::Timestamp;

/// What to tell about the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BannerView {
    /// Nothing: all is well, or nobody has asked for a connection.
    #[default]
    None,
    /// The first connection is being made.
    Connecting,
    /// The connection was lost and is being made again now.
    Reconnecting,
    /// The connection was lost; the next attempt comes at this time. Offers "try now".
    Waiting {
        /// When.
        retry_at: Timestamp,
    },
    /// The browser says there is no network.
    Offline,
    /// Connected, but what is written cannot be kept on this device: do not close the page
    /// before it is sent.
    StorageFailed,
    /// The server refuses this client for good; says why. `Expired` offers "start over" to
    /// visitors and "sign in" to agents.
    Refused {
        /// Why.
        code: ErrorCode,
    },
}
