//! A line between two days. Its name is looked up again every hour, because yesterday is not
//! called `Today`, however long a page stays open.

#[cfg(test)]
mod tests;

use protocol::time::Timestamp;

use crate::bridge::use_mirror;
use crate::dom::El;
use crate::i18n::{now, use_catalogue};
use crate::kit::Text;

/// A new day begins here, on the day of this instant.
pub(super) fn day_divider(at: Timestamp) -> El {
    let (catalogue, head) = (use_catalogue(), use_mirror().head);
    let day = Text::from(move || {
        // Only followed: the browser's own clock names the day.
        head.track();
        catalogue.with(|texts| texts.day(at, now()))
    });
    let text = El::new("span|class=day-divider-text|part=day-divider-text").live_text(day);
    El::new("div|class=day-divider|part=day-divider").child(&text)
}
