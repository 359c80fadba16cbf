//! The line above the first message that was not read yet.

use crate::dom::El;
use crate::i18n::Key;

/// The line, with its words.
#[inline(never)]
pub(super) fn unread_divider() -> El {
    let text = El::new("span").live_text(Key::COMMON_MESSAGES_NEW_DIVIDER.into());
    El::new("div|class=unread-divider|part=unread-divider").child(&text)
}
