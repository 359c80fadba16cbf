//! The open conversation: with whom, what was said, what to say next.

mod actions;
mod header;
mod hint;
mod refusal;

use leptos::either::EitherOf3;
use leptos::ev::KeyboardEvent;
use leptos::html::{Section, Textarea};
use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use ui::bridge::{Handle, Mirror, use_handle, use_mirror};
use ui::chat::{Composer, MeSide, MessageList, TypingLine, drop_target, switch_mode};
use ui::dom::El;
use ui::i18n::{Key, t};
use ui::kit::{EmptyState, Glyph};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::list::focus_row;
use super::place::{Place, is_phone, use_place};
use crate::client::use_client;
use crate::routes;
use header::Header;
use hint::Hint;
use refusal::Refusal;

/// The area. It is code of the second module, as all below.
#[inline(never)]
pub(super) fn conversation() -> El {
    let (place, mirror, handle) = (use_place(), use_mirror(), use_handle());
    let what = what_is_shown();
    let body = move || match what.get() {
        Shown::Nothing => EitherOf3::A(view! { <Nothing /> }),
        Shown::Missing => EitherOf3::B(view! { <Missing /> }),
        Shown::Conversation => EitherOf3::C(view! { <Open /> }),
    };
    let region = NodeRef::<Section>::new();
    Effect::new(move || {
        if let Some(region) = region.get() {
            drop_target(&El::from_element(region.into()));
        }
    });
    El::of_view(view! { class="p",
        <section
            node_ref=region
            class="conversation"
            aria-label=move || t(Key::AGENT_CHAT_LABEL)
            on:keydown=move |event| {
                if !switch_by_key(mirror, handle, &event) {
                    leave_by_key(place, &event);
                }
            }
        >
            {body}
        </section>
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Nothing,
    Missing,
    Conversation,
}

/// What the area shows. Of two reasons why the open conversation has no messages, one is that
/// it cannot be had; then the core has let go of it and said why.
fn what_is_shown() -> Memo<Shown> {
    let (place, head, client) = (use_place(), use_mirror().head, use_client());
    Memo::new(move |_| {
        let Some(selected) = place.selected.get() else {
            return Shown::Nothing;
        };
        let gone = client.refused.with(|refused| {
            refused.as_ref().is_some_and(|refused| {
                refused.conversation == selected
                    && matches!(refused.code, ErrorCode::NotFound | ErrorCode::Forbidden)
            })
        });
        if gone && head.with(|head| head.conversation.is_none()) {
            Shown::Missing
        } else {
            Shown::Conversation
        }
    })
}

/// The address names a conversation that is not there, or not for this agent.
#[component]
fn Missing() -> impl IntoView {
    view! { class="p",
        <div class="conversation-none" role="alert">
            <EmptyState
                title=Key::AGENT_CHAT_MISSING_TITLE
                text=Key::AGENT_CHAT_MISSING
                glyph=Glyph::ALERT
            />
            <a class="conversation-home" href=routes::href(routes::INBOX)>
                {move || t(Key::AGENT_CHAT_BACK)}
            </a>
        </div>
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
    let (place, client) = (use_place(), use_client());
    let shown = use_mirror().head;
    // Who accepted what is open already wants to write, on a phone too: they pressed for it.
    Effect::new(move || {
        let here = shown.with(|head| head.conversation.clone());
        if here.is_some()
            && client.led_to.get() == here
            && let Some(input) = input.get()
        {
            client.led_to.set(None);
            // Refused only by what cannot be seen.
            let _focused = input.focus();
        }
    });
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

/// One key goes from replies to notes and back, and into the field.
fn switch_by_key(mirror: Mirror, handle: Handle, event: &KeyboardEvent) -> bool {
    let changed = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if changed || event.is_composing() || event.default_prevented() {
        return false;
    }
    let Some(intent) = switch_mode(mirror, &event.key()) else {
        return false;
    };
    event.prevent_default();
    handle.dispatch(intent);
    let input = document().query_selector(".composer-input").ok().flatten();
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
        // Refused only by what cannot be seen.
        let _focused = input.focus();
    }
    true
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
