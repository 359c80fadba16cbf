//! The state of the connection, in the words a person would use for it.

use protocol::error::ErrorCode;
use protocol::time::Timestamp;

use crate::connection::Phase;
use crate::state::State;

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
    /// What is written cannot be kept on this device: do not close the page before it is sent.
    StorageFailed,
    /// The server refuses this client for good; says why. `Expired` offers "start over" to
    /// visitors and "sign in" to agents.
    Refused {
        /// Why.
        code: ErrorCode,
    },
}

impl BannerView {
    pub(crate) fn of(state: &State) -> Self {
        let connection = &state.connection;
        match connection.phase() {
            Phase::Idle => Self::None,
            Phase::Refused { code } => Self::Refused { code },
            // A lost connection can be seen at the messages, too; this cannot.
            _ if keeps_unsaved(state) => Self::StorageFailed,
            Phase::Online => Self::None,
            _ if connection.offline => Self::Offline,
            Phase::Waiting { retry_at } => Self::Waiting { retry_at },
            Phase::Opening | Phase::Connecting if connection.been_online => Self::Reconnecting,
            Phase::Opening | Phase::Connecting => Self::Connecting,
        }
    }
}

/// Whether closing the page now would lose something.
fn keeps_unsaved(state: &State) -> bool {
    state.storage_failed && (state.outbox.keeps_any() || state.composer.has_any())
}
