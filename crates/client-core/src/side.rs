//! Whose client this is: what that side says when it connects, and which half of the protocol it
//! speaks from then on.

use protocol::hello::ConnectVisitor;
#[cfg(feature = "agent")]
use protocol::ids::AgentId;
use protocol::message::{Message, MessageKind};

/// Whether this program serves visitors at all. Where it does not, what only they meet is left
/// out of it.
pub(crate) const FOR_VISITORS: bool = cfg!(feature = "visitor");

/// Whose client this is, with what only that side says when it connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The widget. `token` and `feeds` are filled in by the core.
    Visitor(ConnectVisitor),
    /// The agents' app, on what this agent stored. The cookie says who is signed in; another
    /// agent than this one is not let in.
    #[cfg(feature = "agent")]
    Agent(AgentId),
}

/// Which half of the protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Visitor,
    #[cfg(feature = "agent")]
    Agent,
}

impl Party {
    /// Whether a message makes this party's conversation unread.
    pub(crate) fn counts_as_unread(self, message: &Message) -> bool {
        if message.is_deleted() {
            return false;
        }
        match self {
            Self::Visitor => !matches!(message.kind, MessageKind::Visitor | MessageKind::System),
            #[cfg(feature = "agent")]
            Self::Agent => message.kind == MessageKind::Visitor,
        }
    }
}
