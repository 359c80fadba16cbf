//! That help is wanted in the open conversation: who asks, and for how long nobody has come
//! (mission P6).
//!
//! Invariant: the sentence is told once to those who do not see it; the time beside it goes by in
//! silence.

use leptos::prelude::*;
use protocol::conversation::HelpWanted;
use ui::i18n::{Key, t, t_with, use_catalogue};
use ui::kit::{Glyph, Notice, Tone};

use crate::client::use_client;
use crate::pages::inbox::place::use_place;

/// The strip below the head.
#[component]
pub(super) fn Help() -> impl IntoView {
    let (place, texts) = (use_place(), use_catalogue());
    let me = use_client().agent_id();
    let wanted = Memo::new(move |_| place.row.with(|row| row.as_ref()?.summary.help.clone()));
    let strip = move || {
        let HelpWanted { by, .. } = wanted.get()?;
        let is_me = by.as_ref().is_some_and(|agent| agent.id == me);
        let text = move || match &by {
            _ if is_me => t(Key::AGENT_HELP_WANTED_BY_ME),
            Some(agent) => t_with(Key::AGENT_HELP_WANTED_BY, &[("name", agent.name.as_str())]),
            None => t(Key::AGENT_HELP_WANTED),
        };
        Some(view! { <Notice text tone=Tone::Warning glyph=Glyph::ALERT /> })
    };
    let lasts = Memo::new(move |_| {
        let seconds = place.seconds_since(wanted.with(|wanted| Some(wanted.as_ref()?.since))?);
        Some(texts.with(|texts| texts.lasting(seconds)))
    });
    let time = move || {
        let lasts = lasts.get()?;
        let label = t_with(Key::AGENT_HELP_FOR, &[("time", lasts.as_str())]);
        Some(view! { class="p",
            <span class="conversation-help-time" role="img" aria-label=label.clone() title=label>
                {lasts}
            </span>
        })
    };
    view! { class="p",
        <div class="conversation-help">
            <div class="conversation-help-words" role="status">{strip}</div>
            {time}
        </div>
    }
}
