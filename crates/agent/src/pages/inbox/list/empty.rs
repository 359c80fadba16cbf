//! What a tab says while it has no rows.

use leptos::prelude::*;
use ui::i18n::{Key, t};
use ui::kit::{EmptyState, Glyph};

use super::tabs::Tab;

/// The tab's emptiness.
#[component]
pub(super) fn EmptyList(tab: RwSignal<Tab>) -> impl IntoView {
    let title = move || {
        t(match tab.get() {
            Tab::Mine => Key::AGENT_LIST_EMPTY_MINE_TITLE,
            Tab::Unassigned => Key::AGENT_LIST_EMPTY_UNASSIGNED_TITLE,
            Tab::All => Key::AGENT_LIST_EMPTY_ALL_TITLE,
        })
    };
    let text = move || {
        t(match tab.get() {
            Tab::Mine => Key::AGENT_LIST_EMPTY_MINE_TEXT,
            Tab::Unassigned => Key::AGENT_LIST_EMPTY_UNASSIGNED_TEXT,
            Tab::All => Key::AGENT_LIST_EMPTY_ALL_TEXT,
        })
    };
    view! { <EmptyState title text glyph=Glyph::INBOX /> }
}
