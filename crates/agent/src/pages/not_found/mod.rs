//! For addresses where nothing is.

use leptos::prelude::*;
use ui::i18n::{Key, t};
use ui::kit::{EmptyState, Glyph};

use crate::routes;

/// Says so, and leads home.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! { class="p",
        <div class="not-found">
            <EmptyState
                title=move || t(Key::AGENT_NOT_FOUND_TITLE)
                text=move || t(Key::AGENT_NOT_FOUND_TEXT)
                glyph=Glyph::INFO
            />
            <a class="not-found-home" href=routes::href(routes::INBOX)>
                {move || t(Key::AGENT_NOT_FOUND_ACTION)}
            </a>
        </div>
    }
}
