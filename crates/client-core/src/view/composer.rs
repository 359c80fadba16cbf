//! The composer: what is in it, and whether it can go.

use protocol::error::ErrorCode;

/// What the composer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComposerView {
    /// The text. The input shows this; it empties because this does.
    pub draft: String,
    /// Grows whenever the core changed the draft by itself (sent, restored, other conversation),
    /// so that the input is overwritten then and only then.
    pub revision: u32,
    /// Whether "Send" would send.
    pub can_send: bool,
    /// Characters left; only when few are, negative when there are too many.
    pub remaining: Option<i32>,
    /// Why the last "Send" was refused; the text is still there.
    pub problem: Option<ErrorCode>,
}
