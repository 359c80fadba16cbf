//! Where a message is written. It shows what the core holds: it empties because the core's
//! draft did, and it is overwritten only when the core says that it changed the draft itself.

#[cfg(test)]
mod tests;

use client_core::Intent;
use leptos::html::Textarea;
use leptos::prelude::{IntoView, NodeRef, With, component};
use leptos::tachys::html::node_ref::NodeRefContainer;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::bridge::{use_handle, use_mirror};
use crate::dom::{El, listen, watch};
use crate::i18n::{Key, Plural, error_sentence, t, t_count};
use crate::kit::{Glyph, Text, fresh_id, icon};

/// The key code of a key press that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Textarea, counter, problem and "Send".
#[component]
pub fn Composer(
    /// The textarea's name.
    #[prop(into)]
    label: Text,
    /// The textarea, for apps that move the focus there.
    #[prop(optional)]
    input: NodeRef<Textarea>,
) -> impl IntoView {
    let (place, textarea) = composer(label);
    NodeRefContainer::<Textarea>::load(input, textarea.element());
    place.view()
}

/// The same as elements: the whole, and the textarea.
pub fn composer(label: Text) -> (El, El) {
    let (composer, handle) = (use_mirror().composer, use_handle());
    let problem_id = fresh_id("problem");
    let problem = El::new("p|class=composer-problem|part=composer-problem");
    problem.set("id", Some(&problem_id));
    let input =
        El::new("textarea|class=composer-input|part=composer-input|rows=1|enterkeyhint=send")
            .live("aria-label", label);
    input.set("aria-describedby", Some(&problem_id));
    let grow = El::new("div|class=composer-grow").child(&input);
    let send =
        El::new("button|class=composer-send|part=send|type=button").child(&icon(Glyph::SEND));
    let row = El::new("div|class=composer-row|part=composer-row")
        .child(&grow)
        .child(&send);
    let counter = El::new("p|class=composer-counter|part=composer-counter");
    let place = El::new("div|class=composer|part=composer")
        .child(&problem)
        .child(&row)
        .child(&counter);

    let (field, around) = (input.clone(), grow.clone());
    listen(
        input.element(),
        "input",
        Box::new(move |_| {
            let text = field.value();
            measure(&field, &around, &text);
            handle.dispatch(Intent::EditDraft { text });
        }),
    );
    let field = input.clone();
    let send_it = move || {
        handle.dispatch(Intent::SendDraft);
        field.focus();
    };
    let enter = send_it.clone();
    listen(
        input.element(),
        "keydown",
        Box::new(move |event| {
            if sends(event.unchecked_ref()) {
                event.prevent_default();
                enter();
            }
        }),
    );
    listen(send.element(), "click", Box::new(move |_| send_it()));

    let (field, button) = (input.clone(), send.clone());
    watch(move || {
        field.set("placeholder", Some(&t(Key::COMMON_COMPOSER_PLACEHOLDER)));
        let name = t(Key::COMMON_COMPOSER_SEND);
        button.set("aria-label", Some(&name));
        button.set("title", Some(&name));
    });
    let (field, around, mut shown) = (input.clone(), place.clone(), None);
    watch(move || {
        let (revision, wrong, remaining, can_send) = composer.with(|view| {
            // The core's draft comes into the textarea when its revision says so, never while a
            // person types: that would move the caret and break input methods.
            if shown != Some(view.revision) {
                field.set_value(&view.draft);
                measure(&field, &grow, &view.draft);
            }
            (view.revision, view.problem, view.remaining, view.can_send)
        });
        shown = Some(revision);
        around.set("data-problem", wrong.map(|_| ""));
        problem.hide(wrong.is_none());
        problem.set_text(
            &wrong
                .map(|code| t(error_sentence(code)))
                .unwrap_or_default(),
        );
        field.set_state("aria-invalid", wrong.is_some());
        send.set_state("aria-disabled", !can_send);
        counter.hide(remaining.is_none());
        counter.set_text(&remaining.map(counted).unwrap_or_default());
    });
    (place, input)
}

/// Lets the field grow with its text, and find its direction once there is one.
fn measure(input: &El, around: &El, text: &str) {
    around.set("data-text", Some(text));
    input.set("dir", (!text.is_empty()).then_some("auto"));
}

/// Enter sends, except with Shift, and except the Enter that ends an input-method composition
/// (mission C21). Safari ends the composition before it tells of the key, hence the code.
fn sends(event: &KeyboardEvent) -> bool {
    event.key() == "Enter"
        && !event.shift_key()
        && !event.is_composing()
        && event.key_code() != TAKEN_BY_INPUT_METHOD
}

fn counted(remaining: i32) -> String {
    let plural = if remaining < 0 {
        Plural::COMMON_COMPOSER_TOO_LONG
    } else {
        Plural::COMMON_COMPOSER_REMAINING
    };
    t_count(plural, remaining.unsigned_abs())
}
