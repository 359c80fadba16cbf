//! Why a message failed, and what can be done about it. It is code of the second module: only
//! [`fill`] is called from elsewhere.

use client_core::Intent;

use crate::bridge::Handle;
use crate::dom::El;
use crate::i18n::Key;
use crate::kit::{Glyph, Size, Variant, button};

/// Tells the reason as a sentence, and gives the person their two choices.
#[inline(never)]
pub(super) fn fill(place: &El, key: String, handle: Handle, reason: Key) {
    let choice = |label: Key, glyph, part| {
        button(label.into(), Variant::Quiet, Size::Small, Some(glyph), part)
    };
    let (again, gone) = (key.clone(), key);
    let retry =
        choice(Key::COMMON_ACTION_RETRY, Glyph::RETRY, "message-retry").on("click", move |_| {
            handle.dispatch(Intent::RetryMessage { key: again.clone() });
        });
    let discard = choice(Key::COMMON_ACTION_DISCARD, Glyph::TRASH, "message-discard").on(
        "click",
        move |_| {
            handle.dispatch(Intent::DiscardMessage { key: gone.clone() });
        },
    );
    place.append(&El::new("p|class=message-problem|part=message-problem").live_text(reason.into()));
    place.append(&retry);
    place.append(&discard);
}
