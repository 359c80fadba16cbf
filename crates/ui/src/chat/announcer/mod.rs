//! The voice for those who do not see the screen: two hidden live regions, apart from the
//! visible list, because a list that is filled again would be read aloud whole.
//!
//! Politely: what others write, bursts as one number. At once: a lost connection, a failed send.

use std::time::Duration;

#[cfg(test)]
mod tests;

use client_core::Alert;
use client_core::view::BannerView;
use leptos::prelude::*;

use crate::bridge::use_mirror;
use crate::i18n::{Key, Plural, use_catalogue};

/// Messages that come within this time are told together.
const BURST: Duration = Duration::from_millis(400);

/// The live regions. One per app.
#[component]
pub fn Announcer() -> impl IntoView {
    let (mirror, catalogue) = (use_mirror(), use_catalogue());
    let (polite, urgent) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pending = StoredValue::new(0_u32);

    let tell = move || {
        let count = pending.get_value();
        pending.set_value(0);
        let latest = mirror.heard.with_untracked(|heard| heard.latest.clone());
        let text = catalogue.with_untracked(|catalogue| match latest {
            Some(Alert::MessageArrived { author, text }) if count == 1 => {
                let name = author.unwrap_or_else(|| catalogue.text(Key::COMMON_AUTHOR_VISITOR));
                catalogue.text_with(
                    Key::COMMON_ANNOUNCE_MESSAGE,
                    &[("name", &name), ("text", &text)],
                )
            }
            _ => catalogue.count(Plural::COMMON_MESSAGES_NEW, count),
        });
        say(polite, text);
    };

    Effect::new(move |before: Option<u32>| {
        let (count, failed) = mirror
            .heard
            .with(|heard| (heard.count, heard.latest == Some(Alert::SendFailed)));
        let fresh = count.wrapping_sub(before.unwrap_or(count));
        if failed && fresh > 0 {
            say(
                urgent,
                catalogue.with_untracked(|texts| texts.text(Key::COMMON_ANNOUNCE_SEND_FAILED)),
            );
        } else if fresh > 0 {
            if pending.get_value() == 0 {
                set_timeout(tell, BURST);
            }
            pending.update_value(|pending| *pending += fresh);
        }
        count
    });

    Effect::new(move |before: Option<bool>| {
        let lost = mirror.banner.with(|banner| {
            matches!(
                banner,
                BannerView::Reconnecting | BannerView::Waiting { .. } | BannerView::Offline
            )
        });
        let text = |key| catalogue.with_untracked(|texts| texts.text(key));
        match (before, lost) {
            (Some(true), false) => say(polite, text(Key::COMMON_ANNOUNCE_CONNECTION_RESTORED)),
            (Some(false), true) => say(urgent, text(Key::COMMON_ANNOUNCE_CONNECTION_LOST)),
            _ => {}
        }
        lost
    });

    view! { class="p",
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {move || polite.get()}
        </div>
        <div class="visually-hidden" role="alert" aria-live="assertive" aria-atomic="true">
            {move || urgent.get()}
        </div>
    }
}

/// Says a text; the same text twice differs by a space without width, or it would be skipped.
fn say(region: RwSignal<String>, mut text: String) {
    if region.with_untracked(|said| *said == text) {
        text.push('\u{200b}');
    }
    region.set(text);
}
