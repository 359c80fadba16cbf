//! What is the matter with the connection, and what can be done. Silent while all is well; the
//! announcer speaks, so the banner is no live region itself.

#[cfg(test)]
mod tests;

use client_core::Intent;
use client_core::view::BannerView;
use leptos::prelude::{IntoView, component};
use protocol::error::ErrorCode;

use super::MeSide;
use crate::bridge::{Handle, use_handle, use_mirror};
use crate::dom::{El, Rows, watch};
use crate::i18n::{Key, error_sentence};
use crate::kit::{Glyph, Press, Text, Tone, notice};

/// The strip above the messages.
#[component]
pub fn ConnectionBanner(
    /// Whose screen this is: a visitor starts over where an agent signs in.
    me_side: MeSide,
    /// What "Sign in" does; only agents are offered it.
    #[prop(optional, into)]
    on_sign_in: Option<Press>,
) -> impl IntoView {
    connection_banner(me_side, on_sign_in).view()
}

/// The same as an element.
pub fn connection_banner(me_side: MeSide, on_sign_in: Option<Press>) -> El {
    let (banner, handle) = (use_mirror().banner, use_handle());
    let place = El::new("div|class=connection-banner");
    let around = place.clone();
    let mut strips = Rows::new(&place, None);
    watch(move || {
        let banner = banner.get();
        around.set("data-banner", Some(name(&banner)));
        let shown = shown(&banner);
        let key = shown.map(|(_, _, sentence)| sentence.name());
        strips.show_one(key, || match shown {
            Some((tone, glyph, sentence)) => {
                let action = action(&banner, me_side, handle, on_sign_in.as_ref());
                notice(sentence.into(), tone, glyph, action, "banner")
            }
            None => El::new("span"),
        });
    });
    place
}

/// The state as a word, for designers and tests.
fn name(banner: &BannerView) -> &'static str {
    match banner {
        BannerView::None => "none",
        BannerView::Connecting => "connecting",
        BannerView::Reconnecting => "reconnecting",
        BannerView::Waiting { .. } => "waiting",
        BannerView::Offline => "offline",
        BannerView::StorageFailed => "storage_failed",
        BannerView::Refused { .. } => "refused",
    }
}

fn shown(banner: &BannerView) -> Option<(Tone, Glyph, Key)> {
    Some(match banner {
        BannerView::None => return None,
        BannerView::Connecting => (Tone::Info, Glyph::CLOCK, Key::COMMON_BANNER_CONNECTING),
        BannerView::Reconnecting => (Tone::Warning, Glyph::RETRY, Key::COMMON_BANNER_RECONNECTING),
        BannerView::Waiting { .. } => (Tone::Warning, Glyph::RETRY, Key::COMMON_BANNER_WAITING),
        BannerView::Offline => (Tone::Warning, Glyph::OFFLINE, Key::COMMON_BANNER_OFFLINE),
        BannerView::StorageFailed => (
            Tone::Warning,
            Glyph::ALERT,
            Key::COMMON_BANNER_STORAGE_FAILED,
        ),
        BannerView::Refused { code } => (Tone::Danger, Glyph::ALERT, error_sentence(*code)),
    })
}

fn action(
    banner: &BannerView,
    me_side: MeSide,
    handle: Handle,
    on_sign_in: Option<&Press>,
) -> Option<(Text, Press)> {
    let ask = |key: Key, intent: Intent| {
        let press = move || handle.dispatch(intent.clone());
        Some((Text::from(key), Press::from(press)))
    };
    match (banner, me_side) {
        (BannerView::Waiting { .. } | BannerView::Offline, _) => {
            ask(Key::COMMON_ACTION_TRY_NOW, Intent::ReconnectNow)
        }
        (
            BannerView::Refused {
                code: ErrorCode::Expired | ErrorCode::Unauthenticated,
            },
            MeSide::Visitor,
        ) => ask(Key::COMMON_ACTION_START_OVER, Intent::StartOver),
        (BannerView::Refused { .. }, MeSide::Agent) => {
            on_sign_in.map(|press| (Text::from(Key::COMMON_ACTION_SIGN_IN), press.clone()))
        }
        _ => None,
    }
}
