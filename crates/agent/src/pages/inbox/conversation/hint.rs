//! What sending will do beside sending, while the agent does not take part yet.

use client_core::Mode;
use leptos::prelude::*;
use ui::bridge::use_mirror;
use ui::i18n::{Key, t, t_with};

use super::actions::Actions;
use crate::client::use_client;
use crate::pages::inbox::place::use_place;

/// The line above the composer.
#[component]
pub(super) fn Hint() -> impl IntoView {
    let place = use_place();
    let (me, mirror) = (use_client().agent_id(), use_mirror());
    let words = move || {
        // A note does nothing of this.
        if mirror.composer.with(|view| view.notes.mode == Mode::Note) {
            return None;
        }
        let row = place.row.get()?;
        let actions = Actions::of(&row, &me);
        match row.summary.owner() {
            _ if actions.leave => None,
            _ if actions.reopen => Some(t(Key::AGENT_CHAT_SENDING_REOPENS)),
            None => Some(t(Key::AGENT_CHAT_SENDING_TAKES)),
            Some(owner) => Some(t_with(
                Key::AGENT_CHAT_SENDING_JOINS,
                &[("name", owner.name.as_str())],
            )),
        }
    };
    move || {
        words().map(|words| {
            view! { class="p", <p class="conversation-hint">{words}</p> }
        })
    }
}
