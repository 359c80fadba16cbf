//! Where something is written.

use protocol::ids::ConversationId;

/// In which conversation, and as what. A file or a recording keeps the place for which it was
/// chosen or made, whatever is on screen by then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The conversation; absent for a visitor before theirs begins.
    pub conversation: Option<ConversationId>,
    /// Messages or notes.
    #[cfg(feature = "agent")]
    pub mode: super::Mode,
}
