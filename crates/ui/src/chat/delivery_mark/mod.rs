//! How far a message got, as an icon and a word.

use client_core::view::DeliveryState;
use leptos::prelude::*;

use crate::i18n::{delivery_word, t};
use crate::kit::{Glyph, Icon};

/// The mark beside a message of one's own.
#[component]
pub fn DeliveryMark(
    /// How far it got.
    state: DeliveryState,
) -> impl IntoView {
    let glyph = match state {
        DeliveryState::Queued | DeliveryState::Sending => Glyph::CLOCK,
        DeliveryState::Sent => Glyph::CHECK,
        DeliveryState::Delivered | DeliveryState::Read => Glyph::CHECK_TWICE,
        DeliveryState::Failed => Glyph::ALERT,
    };
    view! { class="p",
        <span class="delivery-mark" part="delivery" data-state=state.as_str()>
            <Icon glyph />
            <span>{move || t(delivery_word(state))}</span>
        </span>
    }
}
