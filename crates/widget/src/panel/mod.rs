//! The panel from top to bottom.

mod header;
mod welcome;

use leptos::prelude::{IntoView, component, view};
use ui::chat::{Announcer, Composer, ConnectionBanner, MeSide, MessageList, TypingLine};
use ui::i18n::Key;

use crate::app::StoredHost;
use header::Header;
use welcome::Welcome;

/// Everything in the panel.
#[component]
pub(crate) fn Panel(
    /// The loader.
    host: StoredHost,
) -> impl IntoView {
    view! { class="p",
        <Header host />
        <ConnectionBanner me_side=MeSide::Visitor />
        <MessageList
            label=Key::WIDGET_LOG_LABEL
            me_side=MeSide::Visitor
            empty=|| view! { <Welcome /> }
        />
        <TypingLine />
        <Composer label=Key::COMMON_COMPOSER_LABEL />
        <Announcer />
    }
}
