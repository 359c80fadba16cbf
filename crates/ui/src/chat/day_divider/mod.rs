//! A line between two days.

use leptos::prelude::With;
use protocol::time::Timestamp;

use crate::dom::El;
use crate::i18n::{now, use_catalogue};
use crate::kit::Text;

/// A new day begins here, on the day of this instant.
pub(super) fn day_divider(at: Timestamp) -> El {
    let catalogue = use_catalogue();
    let day = Text::from(move || catalogue.with(|texts| texts.day(at, now())));
    let text = El::new("span|class=day-divider-text|part=day-divider-text").live_text(day);
    El::new("div|class=day-divider|part=day-divider").child(&text)
}
