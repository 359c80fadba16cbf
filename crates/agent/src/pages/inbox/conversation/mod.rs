//! The open conversation: with whom, what was said, what to say next.

mod actions;
mod header;
mod hint;
mod refusal;

use leptos::either::Either;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::ids::ConversationId;
use ui::bridge::use_mirror;
use ui::chat::{Composer, MeSide, MessageList, TypingLine};
use ui::i18n::{Key, t};
use ui::kit::{EmptyState, Glyph};

use super::list::focus_row;
use super::place::{Place, is_phone, use_place};
use header::Header;
use hint::Hint;
use refusal::Refusal;

/// The area.
#[component]
pub(super) fn ConversationArea() -> impl IntoView {
    let place = use_place();
    let any = Memo::new(move |_| place.selected.get().is_some());
    let body = move || {
        if any.get() {
            Either::Left(view! { <Open /> })
        } else {
            Either::Right(view! { <Nothing /> })
        }
    };
    view! { class="p",
        <section
            class="conversation"
            aria-label=move || t(Key::AGENT_CHAT_LABEL)
            on:keydown=move |event| leave_by_key(place, &event)
        >
            {body}
        </section>
    }
}

/// No conversation is open.
#[component]
fn Nothing() -> impl IntoView {
    view! { class="p",
        <div class="conversation-none">
            <EmptyState
                title=Key::AGENT_CHAT_NONE_TITLE
                text=Key::AGENT_CHAT_NONE_HINT
                glyph=Glyph::CHAT
            />
        </div>
    }
}

/// One is. The parts stay while one goes from conversation to conversation.
#[component]
fn Open() -> impl IntoView {
    let input = NodeRef::<Textarea>::new();
    focus_on_opening(input);
    view! { class="p",
        <Header />
        <Refusal />
        <MessageList
            label=Key::AGENT_CHAT_LOG
            me_side=MeSide::Agent
            empty=|| view! { <NoMessages /> }
        />
        <div class="conversation-foot">
            <TypingLine />
            <Hint />
            <Composer label=Key::COMMON_COMPOSER_LABEL input />
        </div>
    }
}

#[component]
fn NoMessages() -> impl IntoView {
    view! {
        <EmptyState
            title=Key::AGENT_CHAT_EMPTY_TITLE
            text=Key::AGENT_CHAT_EMPTY_TEXT
            glyph=Glyph::CHAT
        />
    }
}

/// Who opens a conversation wants to write. Not on a phone: there the keyboard would cover what
/// is to be read first.
fn focus_on_opening(input: NodeRef<Textarea>) {
    let place = use_place();
    let shown = use_mirror().head;
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let here = shown.with(|head| head.conversation.clone());
        let opened = here.is_some() && here == place.selected.get() && before.flatten() != here;
        if opened
            && !is_phone()
            && let Some(input) = input.get()
        {
            // Refused only by what cannot be seen.
            let _focused = input.focus();
        }
        here
    });
}

/// Escape leads back to the list.
fn leave_by_key(place: Place, event: &KeyboardEvent) {
    if event.key() != "Escape" || event.is_composing() || event.default_prevented() {
        return;
    }
    let Some(id) = place.selected.get_untracked() else {
        return;
    };
    event.prevent_default();
    if is_phone() {
        place.go(None);
    }
    focus_row(id.as_str());
}
