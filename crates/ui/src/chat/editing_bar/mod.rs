//! The bar above the field that says what a text is for: an answer to a message, or another text
//! for one of the person's own. And the keys that begin and leave that.
//!
//! Invariant: whoever writes for something sees it, hears it as the field's description, and
//! leaves it with Escape; what was there before comes back.

mod words;

use client_core::Intent;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::quote;
use crate::bridge::{Handle, Mirror, use_handle, use_mirror};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::use_catalogue;
use crate::second::when_here;
use words::fill;

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
            let place = El::new("div|class=editing-bar|part=editing-bar|role=status");
            if let Some(aim) = aim {
                let (place, field) = (place.clone(), field.clone());
                when_here(move || fill(&place, &aim, &field));
            }
            place
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
