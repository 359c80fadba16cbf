//! The bar above the field that says what a text is for: an answer to a message, or another text
//! for one of the person's own. And the keys that begin and leave that.
//!
//! Invariant: whoever writes for something sees it, hears it as the field's description, and
//! leaves it with Escape; what was there before comes back.

use client_core::Intent;
use client_core::view::AimView;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::quote;
use crate::bridge::{Handle, Mirror, use_handle, use_mirror};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Glyph, icon, icon_button};

/// Shows the bar before a child of the composer while there is something to say.
#[inline(never)]
pub(super) fn show(composer: &El, input: &El, before: &El) {
    let (mirror, texts) = (use_mirror(), use_catalogue());
    let mut bar = Rows::new(composer, Some(before));
    let (around, field) = (composer.clone(), input.clone());
    let mut shown: Option<String> = None;
    watch(move || {
        let key = mirror.composer.with(|view| {
            let aim = view.aim.as_ref()?;
            Some(texts.with(|texts| {
                let mut key = quote::key(texts, &aim.quote);
                key.push(if aim.edits { 'e' } else { 'r' });
                key.push_str(aim.quote.message.as_str());
                key
            }))
        });
        let edits = mirror
            .composer
            .with(|view| view.aim.as_ref().is_some_and(|aim| aim.edits));
        around.set("data-editing", edits.then_some(""));
        bar.show_one(key.as_deref(), || {
            let aim = mirror.composer.with_untracked(|view| view.aim.clone());
            aim.map_or_else(|| El::new("span"), |aim| words(&aim, &field))
        });
        // Whoever begins wants to write.
        if key.is_some() && key != shown {
            field.focus();
        }
        shown = key;
    });
    let handle = use_handle();
    let field = input.clone();
    listen(
        input.element(),
        "keydown",
        Box::new(move |event| key(&event, &field, mirror, handle)),
    );
}

fn words(aim: &AimView, input: &El) -> El {
    let (texts, handle) = (use_catalogue(), use_handle());
    let (title, leave, glyph) = match aim.edits {
        true => (
            texts.with(|texts| texts.text(Key::COMMON_MESSAGE_EDITING)),
            Key::COMMON_MESSAGE_LEAVE_EDITING,
            Glyph::PENCIL,
        ),
        false => (
            texts.with(|texts| {
                let name = quote::name(texts, &aim.quote);
                texts.text_with(Key::COMMON_MESSAGE_REPLYING, &[("name", &name)])
            }),
            Key::COMMON_MESSAGE_LEAVE_REPLY,
            Glyph::REPLY,
        ),
    };
    let name = El::new("span|class=message-quote-name");
    name.say(&title);
    let said = El::new("span|class=message-quote-words|dir=auto");
    said.say(&texts.with(|texts| quote::words(texts, &aim.quote)));
    let field = input.clone();
    let leave = icon_button(leave.into(), Glyph::CLOSE, "leave-editing").on("click", move |_| {
        handle.dispatch(Intent::LeaveAim);
        field.focus();
    });
    leave.set("data-size", Some("small"));
    let shown = El::new("div|class=editing-bar-quote")
        .child(&name)
        .child(&said);
    El::new("div|class=editing-bar|part=editing-bar|role=status")
        .child(&icon(glyph))
        .child(&shown)
        .child(&leave)
}

/// Escape leaves; in an empty field the key upwards edits what was said last.
fn key(event: &Event, input: &El, mirror: Mirror, handle: Handle) {
    let pressed: &KeyboardEvent = event.unchecked_ref();
    if event.default_prevented() || pressed.is_composing() {
        return;
    }
    let is_aimed = mirror.composer.with_untracked(|view| view.aim.is_some());
    let intent = match pressed.key().as_str() {
        "Escape" if is_aimed => Intent::LeaveAim,
        "ArrowUp" if !is_aimed && !pressed.shift_key() && input.value().is_empty() => {
            Intent::EditLast
        }
        _ => return,
    };
    event.prevent_default();
    handle.dispatch(intent);
}
