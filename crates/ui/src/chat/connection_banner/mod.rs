//! What is the matter with the connection, and what can be done. Silent while all is well; the
//! announcer speaks, so the banner is no live region itself.

#[cfg(test)]
mod tests;

use client_core::Intent;
use client_core::view::BannerView;
use leptos::prelude::*;
use protocol::error::ErrorCode;

use super::MeSide;
use crate::bridge::{Handle, use_handle, use_mirror};
use crate::i18n::{Key, error_sentence};
use crate::kit::{Glyph, Notice, Press, Text, Tone};

/// The strip above the messages.
#[component]
pub fn ConnectionBanner(
    /// Whose screen this is: a visitor starts over where an agent signs in.
    me_side: MeSide,
    /// What "Sign in" does; only agents are offered it.
    #[prop(optional, into)]
    on_sign_in: Option<Press>,
) -> impl IntoView {
    let (banner, handle) = (use_mirror().banner, use_handle());
    let strip = move || {
        let (tone, glyph, sentence) = shown(&banner.get())?;
        let action = action(&banner.get(), me_side, handle, on_sign_in.as_ref());
        let text = Text::from(sentence);
        Some(view! { <Notice text tone glyph action part="banner" /> })
    };
    view! { class="p", <div class="connection-banner" data-banner=move || banner.with(name)>{strip}</div> }
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
