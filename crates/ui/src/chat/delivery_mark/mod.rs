//! How far a message got, as an icon and a word.

use client_core::view::DeliveryState;

use crate::dom::El;
use crate::i18n::delivery_word;
use crate::kit::{Glyph, icon};

/// The mark beside a message of one's own.
pub(super) fn delivery_mark(state: DeliveryState) -> El {
    let glyph = match state {
        DeliveryState::Queued | DeliveryState::Uploading | DeliveryState::Sending => Glyph::CLOCK,
        DeliveryState::Sent => Glyph::CHECK,
        DeliveryState::Delivered | DeliveryState::Read => Glyph::CHECK_TWICE,
        DeliveryState::Failed => Glyph::ALERT,
    };
    let mark = El::new("span|class=delivery-mark|part=delivery")
        .child(&icon(glyph))
        .child(&El::new("span").live_text(delivery_word(state).into()));
    mark.set("data-state", Some(state.as_str()));
    mark
}
