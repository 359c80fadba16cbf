//! The open conversation: with whom, what was said, what to say next.

mod actions;
mod end;
mod header;
mod help;
mod hint;
mod refusal;
#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;
mod status;

use client_core::Intent;
use client_core::view::LoadPhase;
use leptos::either::EitherOf3;
use leptos::ev::KeyboardEvent;
use leptos::html::{Section, Textarea};
use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use ui::bridge::{Handle, Mirror, use_handle, use_mirror};
use ui::chat::{Composer, MeSide, MessageList, TypingLine, drop_target, switch_mode};
use ui::dom::El;
use ui::i18n::{Key, t, t_with};
use ui::kit::{EmptyState, Glyph};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::list::focus_row;
use super::place::{Place, is_phone, use_place};
use crate::client::{RefusedAction, use_client};
use crate::routes;
use header::Header;
use help::Help;
use hint::Hint;
use refusal::Refusal;

/// The area. It is code of the second module, as all below.
#[inline(never)]
pub(super) fn conversation() -> El {
    let (place, mirror, handle) = (use_place(), use_mirror(), use_handle());
    let what = what_is_shown();
    open_again(what);
    let body = move || match what.get() {
        Shown::Nothing => EitherOf3::A(view! { <Nothing /> }),
        Shown::Missing => EitherOf3::B(view! { <Missing was_open=false /> }),
        Shown::Withdrawn => EitherOf3::B(view! { <Missing was_open=true /> }),
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
    Withdrawn,
    Conversation,
}

/// What the area shows. Of two reasons why the open conversation has no messages, one is that
/// it cannot be had, or no longer; then the core has let go of it and said why.
fn what_is_shown() -> Memo<Shown> {
    let (place, head, client) = (use_place(), use_mirror().head, use_client());
    // The conversation whose messages were here last.
    let read = Memo::new(move |before: Option<&Option<ConversationId>>| {
        head.with(|head| match head.phase {
            LoadPhase::Ready => head.conversation.clone(),
            LoadPhase::Empty | LoadPhase::Loading => before.cloned().flatten(),
        })
    });
    Memo::new(move |_| {
        let (selected, read) = (place.selected.get(), read.get());
        let Some(selected) = selected else {
            return Shown::Nothing;
        };
        let gone = client.refused.with(|refused| {
            let mut refused = refused.iter();
            refused.any(|refused| refused.conversation == selected && is_out_of_reach(refused))
        });
        if !gone || head.with(|head| head.conversation.is_some()) {
            Shown::Conversation
        } else if read.as_ref() == Some(&selected) {
            Shown::Withdrawn
        } else {
            Shown::Missing
        }
    })
}

/// Who was late to help is told so, and that the conversation is closed to them, in either order.
fn is_out_of_reach(refused: &RefusedAction) -> bool {
    matches!(refused.code, ErrorCode::NotFound | ErrorCode::Forbidden) || refused.by.is_some()
}

/// What was out of reach is opened as soon as it is back in the list: the address names it still.
fn open_again(what: Memo<Shown>) {
    let (place, client, handle) = (use_place(), use_client(), use_handle());
    let is_listed = Memo::new(move |_| place.row.with(Option::is_some));
    Effect::new(move || {
        let is_closed = matches!(what.get_untracked(), Shown::Missing | Shown::Withdrawn);
        if is_listed.get() && is_closed {
            client.refused.set(None);
            handle.dispatch(Intent::SelectConversation(place.selected.get_untracked()));
        }
    });
}

/// The address names a conversation that is not there, or not for this agent, or no longer.
#[component]
fn Missing(
    /// Whether it was, until now: help was wanted, or the agent took part.
    was_open: bool,
) -> impl IntoView {
    let client = use_client();
    let me = client.agent_id();
    let helper = move || {
        let by = client.refused.with(|refused| refused.as_ref()?.by.clone());
        by.filter(|agent| agent.id != me)
    };
    let title = if was_open {
        Key::AGENT_HELP_OVER_TITLE
    } else {
        Key::AGENT_CHAT_MISSING_TITLE
    };
    let text = move || match helper() {
        Some(agent) => t_with(Key::AGENT_HELP_OVER_BY, &[("name", agent.name.as_str())]),
        None if was_open => t(Key::AGENT_HELP_OVER),
        None => t(Key::AGENT_CHAT_MISSING),
    };
    let glyph = if was_open {
        Glyph::PEOPLE
    } else {
        Glyph::ALERT
    };
    view! { class="p",
        <div class="conversation-none" role="alert">
            <EmptyState title text glyph />
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
        <Help />
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
