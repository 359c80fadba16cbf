//! A line between two days. Its name is looked up again every hour, because yesterday is not
//! called `Today`, however long a page stays open.

#[cfg(test)]
mod tests;

use leptos::prelude::{Get, Memo, With};
use protocol::time::Timestamp;

use crate::bridge::use_mirror;
use crate::dom::El;
use crate::i18n::{now, use_catalogue};
use crate::kit::Text;

/// A new day begins here, on the day of this instant.
pub(super) fn day_divider(at: Timestamp) -> El {
    let (catalogue, head) = (use_catalogue(), use_mirror().head);
    let hour = Memo::new(move |_| head.with(|head| head.hour));
    let day = Text::from(move || {
        // Read, not only followed: nothing is made of it, and it never changes, before that.
        hour.get();
        catalogue.with(|texts| texts.day(at, now()))
    });
    let text = El::new("span|class=day-divider-text|part=day-divider-text").live_text(day);
    El::new("div|class=day-divider|part=day-divider").child(&text)
}
