//! The voice for those who do not see the screen: two hidden live regions, apart from the
//! visible list, because a list that is filled again would be read aloud whole.
//!
//! Politely: what others write, bursts as one number. At once: a lost connection, a failed send.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

#[cfg(test)]
mod tests;

use client_core::Alert;
use client_core::view::BannerView;
use leptos::prelude::{IntoView, component};

use crate::bridge::{Mirror, use_mirror};
use crate::dom::{El, later, watch};
#[cfg(feature = "agent")]
use crate::i18n::author_name;
use crate::i18n::{Current, Key, Plural, use_catalogue, with_attachment};

/// Messages that come within this time are told together.
const BURST: Duration = Duration::from_millis(400);

/// The live regions. One per app.
#[component]
pub fn Announcer() -> impl IntoView {
    let [polite, urgent] = announcer();
    (polite.view(), urgent.view())
}

/// The same as elements.
pub fn announcer() -> [El; 2] {
    let (mirror, catalogue) = (use_mirror(), use_catalogue());
    let polite = El::new("div|class=visually-hidden|role=status|aria-live=polite|aria-atomic=true");
    let urgent =
        El::new("div|class=visually-hidden|role=alert|aria-live=assertive|aria-atomic=true");
    let regions = [polite.clone(), urgent.clone()];

    let pending = Rc::new(Cell::new(0_u32));
    let [told_polite, told_urgent] = regions.clone();
    let mut before = None;
    watch(move || {
        let (count, failed) = mirror
            .heard
            .with(|heard| (heard.count, heard.latest == Some(Alert::SendFailed)));
        let fresh = count.wrapping_sub(before.unwrap_or(count));
        before = Some(count);
        if fresh == 0 {
            return;
        }
        if failed {
            let text =
                catalogue.with_untracked(|texts| texts.text(Key::COMMON_ANNOUNCE_SEND_FAILED));
            say(&told_urgent, text);
        } else if pending.replace(pending.get() + fresh) == 0 {
            let (region, pending) = (told_polite.clone(), Rc::clone(&pending));
            later(BURST.as_millis() as i32, move || {
                if let Some(text) = burst(mirror, catalogue, pending.take()) {
                    say(&region, text);
                }
            });
        }
    });

    let mut before = None;
    watch(move || {
        let lost = mirror.banner.with(|banner| {
            matches!(
                banner,
                BannerView::Reconnecting | BannerView::Waiting { .. } | BannerView::Offline
            )
        });
        let text = |key| catalogue.with_untracked(|texts| texts.text(key));
        match (before.replace(lost), lost) {
            (Some(true), false) => {
                // Who comes across the region later must not read what is over.
                urgent.set_text("");
                say(&polite, text(Key::COMMON_ANNOUNCE_CONNECTION_RESTORED));
            }
            (Some(false), true) => say(&urgent, text(Key::COMMON_ANNOUNCE_CONNECTION_LOST)),
            _ => {}
        }
    });
    regions
}

/// What a burst of so many messages is told as; nothing when the app has ended meanwhile.
fn burst(mirror: Mirror, catalogue: Current, count: u32) -> Option<String> {
    let latest = mirror.heard.with_untracked(|heard| heard.latest.clone())?;
    let told = catalogue.with_untracked(|texts| match latest {
        Alert::MessageArrived {
            author,
            text,
            attachment,
        } if count == 1 => {
            let name = author.unwrap_or_else(|| texts.text(Key::COMMON_AUTHOR_VISITOR));
            let text = match attachment {
                Some(kind) => with_attachment(texts, kind, &text),
                None => text,
            };
            texts.text_with(
                Key::COMMON_ANNOUNCE_MESSAGE,
                &[("name", &name), ("text", &text)],
            )
        }
        #[cfg(feature = "agent")]
        Alert::NoteArrived {
            author,
            text,
            attachment,
        } if count == 1 => {
            let name = author.unwrap_or_else(|| texts.text(Key::COMMON_AUTHOR_AGENT));
            let text = match attachment {
                Some(kind) => with_attachment(texts, kind, &text),
                None => text,
            };
            let words = [("name", name.as_str()), ("text", &text)];
            texts.text_with(Key::AGENT_NOTE_ANNOUNCE, &words)
        }
        #[cfg(feature = "agent")]
        Alert::Mentioned(mention) => {
            let name = author_name(texts, &mention.author);
            let mut words = vec![("name", name.as_str()), ("text", &mention.text)];
            match &mention.team {
                Some(team) => {
                    words.push(("team", &team.name));
                    texts.text_with(Key::AGENT_MENTION_ANNOUNCE_TEAM, &words)
                }
                None => texts.text_with(Key::AGENT_MENTION_ANNOUNCE, &words),
            }
        }
        _ => texts.count(Plural::COMMON_MESSAGES_NEW, count),
    });
    Some(told)
}

/// Says a text; the same text twice differs by a space without width, or it would be skipped.
fn say(region: &El, mut text: String) {
    if region.text() == text {
        text.push('\u{200b}');
    }
    region.set_text(&text);
}
