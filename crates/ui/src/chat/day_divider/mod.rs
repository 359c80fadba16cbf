//! A line between two days.

use leptos::prelude::*;
use protocol::time::Timestamp;

use crate::i18n::{now, use_catalogue};

/// A new day begins here.
#[component]
pub fn DayDivider(
    /// An instant on that day.
    at: Timestamp,
) -> impl IntoView {
    let catalogue = use_catalogue();
    view! { class="p",
        <div class="day-divider" part="day-divider">
            <span class="day-divider-text" part="day-divider-text">
                {move || catalogue.with(|catalogue| catalogue.day(at, now()))}
            </span>
        </div>
    }
}
