//! The inbox: the list of conversations or of mentions, the open one, and what is known about it.
//!
//! Invariant: the address decides which conversation is open. Everything that opens one goes
//! there; reload, back and forward then need no care.

mod conversation;
mod desk;
mod information;
mod list;
mod mentions;
mod place;

use leptos::prelude::*;
use ui::bridge::use_handle;
use ui::dom::El;
use ui::second::when_here;
use ui::shown::Shown;

use conversation::conversation;
use desk::desk;
use information::information;
use list::ConversationList;
use mentions::mention_list;
use place::Place;

use crate::client::use_client;

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
    // Who accepts a session is led to its conversation.
    let client = use_client();
    Effect::new(move || {
        let to = client.led_to.get();
        if to.is_some() && to != place.selected.get_untracked() {
            place.go(to.as_ref());
        }
    });
    // One area at a time on a phone: the sheet shows the one that is named here.
    let area = move || match (place.selected.get(), place.information.get()) {
        (None, _) => "list",
        (Some(_), false) => "conversation",
        (Some(_), true) => "information",
    };
    let list = move || {
        if place.is_mentions.get() {
            mention_list()
        } else {
            El::of_view(view! { <ConversationList /> }).view()
        }
    };
    // As elements they are compiled once; as parts of this view they would be compiled again for
    // every way in which this view can change.
    let here = Shown::new(false);
    when_here(move || here.set(true));
    let parts = move || here.get().then(|| (desk().view(), conversation().view()));
    let tells =
        Memo::new(move |_| here.get() && place.information.get() && place.selected.get().is_some());
    view! { class="p",
        <div class="inbox" data-area=area>
            {list}
            {parts}
            {move || tells.get().then(|| information().view())}
        </div>
    }
}
