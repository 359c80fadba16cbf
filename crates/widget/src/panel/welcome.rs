//! What a visitor sees before the first message.

use leptos::prelude::{IntoView, component, view};
use ui::i18n::Key;
use ui::kit::{EmptyState, Glyph};

/// A greeting.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    view! {
        <EmptyState
            title=Key::WIDGET_EMPTY_TITLE
            text=Key::WIDGET_EMPTY_TEXT
            glyph=Glyph::CHAT
        />
    }
}
