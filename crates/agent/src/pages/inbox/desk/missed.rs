//! After a miss: what was missed, and the way back by one button or one key.

use client_core::Intent;
use leptos::prelude::*;
use protocol::agent::{Availability, MissedOffer};
use ui::bridge::{Handle, use_handle, use_mirror};
use ui::i18n::{Key, t, t_with, use_catalogue};
use ui::kit::{Glyph, Icon};

use super::channel_name;
use crate::contacts::contact_name;

/// The strip; it stays until the agent is back.
#[component]
pub(super) fn Missed() -> impl IntoView {
    let (desk, handle) = (use_mirror().desk, use_handle());
    let missed = Memo::new(move |_| {
        desk.with(|desk| {
            let state = desk.state.as_ref()?;
            (state.availability == Availability::Missed).then(|| state.missed.clone())
        })
    });
    let strip = move || {
        let missed = missed.get()?;
        Some(view! { class="p",
            <div class="desk-missed">
                <Icon glyph=Glyph::ALERT />
                <p class="desk-missed-text">{move || sentence(missed.as_ref())}</p>
                <button
                    class="button desk-back"
                    type="button"
                    data-variant="primary"
                    data-size="small"
                    part="button"
                    aria-keyshortcuts="B"
                    on:click=move |_| come_back(handle)
                >
                    {move || t(Key::AGENT_DESK_BACK)}
                    <kbd class="desk-key" aria-hidden="true">"B"</kbd>
                </button>
            </div>
        })
    };
    view! { class="p", <div role="alert">{strip}</div> }
}

/// The agent is available again.
pub(super) fn come_back(handle: Handle) {
    handle.dispatch(Intent::SetState {
        availability: Availability::Available,
        reason: None,
    });
}

fn sentence(missed: Option<&MissedOffer>) -> String {
    let Some(missed) = missed else {
        return t(Key::AGENT_DESK_MISSED_SOMETHING);
    };
    let name = use_catalogue().with(|texts| contact_name(texts, &missed.contact));
    let channel = channel_name(&missed.channel).unwrap_or_default();
    let places = [("name", name.as_str()), ("channel", channel.as_str())];
    t_with(Key::AGENT_DESK_MISSED, &places)
}
