//! The tabs above the list, with how many conversations each shows.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use ui::bridge::use_mirror;
use ui::i18n::{Key, t, use_catalogue};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::tabs::Tab;

/// The element id of a tab.
pub(super) fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.as_str())
}

/// The tabs. The arrow keys choose, as the pattern for tabs has it.
#[component]
pub(super) fn TabBar(
    /// The one that is chosen.
    tab: RwSignal<Tab>,
    /// The id of what the tabs control.
    panel: &'static str,
) -> impl IntoView {
    let take_key = move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowRight" | "ArrowLeft" => {
                let onwards = event.key() == "ArrowRight";
                if onwards == is_left_to_right() { 1 } else { -1 }
            }
            "Home" => -tab.get_untracked().step_from_first(),
            "End" => -1 - tab.get_untracked().step_from_first(),
            _ => return,
        };
        event.prevent_default();
        let to = tab.get_untracked().step(steps);
        tab.set(to);
        focus(&tab_id(to));
    };
    let tabs = Tab::ALL.map(|each| view! { <TabButton each tab panel /> });
    view! { class="p",
        <div
            class="tabs"
            role="tablist"
            aria-label=move || t(Key::AGENT_LIST_TABS)
            on:keydown=take_key
        >
            {tabs.into_iter().collect_view()}
        </div>
    }
}

#[component]
fn TabButton(each: Tab, tab: RwSignal<Tab>, panel: &'static str) -> impl IntoView {
    let (roster, catalogue) = (use_mirror().roster, use_catalogue());
    let name = match each {
        Tab::Mine => Key::AGENT_LIST_TAB_MINE,
        Tab::Unassigned => Key::AGENT_LIST_TAB_UNASSIGNED,
        Tab::All => Key::AGENT_LIST_TAB_ALL,
    };
    let chosen = move || tab.get() == each;
    let count = Memo::new(move |_| roster.with(|roster| (each.count(roster), roster.has_more)));
    let written = move || {
        let (count, more) = count.get();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let number = catalogue.with(|texts| texts.number(count));
        if more { format!("{number}+") } else { number }
    };
    let count_id = format!("{}-count", tab_id(each));
    let described_by = count_id.clone();
    view! { class="p",
        <button
            class="tab"
            id=tab_id(each)
            type="button"
            role="tab"
            aria-selected=move || chosen().to_string()
            aria-controls=panel
            aria-describedby=described_by
            tabindex=move || if chosen() { "0" } else { "-1" }
            on:click=move |_| tab.set(each)
        >
            <span>{move || t(name)}</span>
            // Told as a description: the name stays the same while the number changes.
            <span class="tab-count" id=count_id aria-hidden="true">{written}</span>
        </button>
    }
}

fn focus(id: &str) {
    let tab = document()
        .get_element_by_id(id)
        .and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab {
        // Refused only by what cannot be seen.
        let _focused = tab.focus();
    }
}

fn is_left_to_right() -> bool {
    let root = crate::browser::root_element();
    root.is_none_or(|root| root.get_attribute("dir").as_deref() != Some("rtl"))
}
