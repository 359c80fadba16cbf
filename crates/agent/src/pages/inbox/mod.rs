//! The inbox: the list of conversations, the open one, and what is known about it.
//!
//! Invariant: the address decides which conversation is open. Everything that opens one goes
//! there; reload, back and forward then need no care.

mod conversation;
mod information;
mod list;
mod place;

use leptos::prelude::*;
use ui::bridge::use_handle;

use conversation::ConversationArea;
use information::InformationPanel;
use list::ConversationList;
pub(crate) use list::naming::contact_name;
use place::Place;

/// The page.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let place = Place::provide();
    let handle = use_handle();
    Effect::new(move || {
        handle.dispatch(client_core::Intent::SelectConversation(
            place.selected.get(),
        ));
    });
    // One area at a time on a phone: the sheet shows the one that is named here.
    let area = move || match (place.selected.get(), place.information.get()) {
        (None, _) => "list",
        (Some(_), false) => "conversation",
        (Some(_), true) => "information",
    };
    view! { class="p",
        <div class="inbox" data-area=area>
            <ConversationList />
            <ConversationArea />
            <Show when=move || { place.information.get() && place.selected.get().is_some() }>
                <InformationPanel />
            </Show>
        </div>
    }
}
