//! Where a message is written. It shows what the core holds: it empties because the core's
//! draft did, and it is overwritten only when the core says that it changed the draft itself.

mod chips;
mod files;
#[cfg(feature = "agent")]
mod mention_list;
#[cfg(feature = "agent")]
mod modes;
#[cfg(test)]
#[cfg(feature = "agent")]
mod note_tests;
#[cfg(feature = "agent")]
mod sought;
#[cfg(test)]
mod tests;
mod voice;

#[cfg(feature = "agent")]
pub use modes::switch_mode;

use client_core::Intent;
use leptos::html::Textarea;
use leptos::prelude::{IntoView, NodeRef, component};
use leptos::tachys::html::node_ref::NodeRefContainer;
use protocol::chatbot::QuestionInput;
use protocol::form::FormKind;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::FOR_VISITORS;
use crate::bridge::{Mirror, use_handle, use_mirror};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::{Key, Plural, error_sentence, t, t_count, use_catalogue};
use crate::kit::{Glyph, Size, Text, Variant, button, fresh_id, icon};

/// The key code of a key press that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Files, textarea, counter, problem, "Attach file" and "Send".
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
    let (mirror, handle) = (use_mirror(), use_handle());
    let composer = mirror.composer;
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
    let [chosen, attach, chooser] = files::files(&input);
    let [recorder, record] = voice::voice(&input);
    let row = El::new("div|class=composer-row|part=composer-row")
        .child(&attach)
        .child(&chooser)
        .child(&grow)
        .child(&record)
        .child(&send);
    let counter = El::new("p|class=composer-counter|part=composer-counter");
    let place = El::new("div|class=composer|part=composer")
        .child(&problem)
        .child(&chosen)
        .child(&recorder)
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
    #[cfg(feature = "agent")]
    let mentions = mention_list::MentionList::new(&place, &input);
    listen(
        input.element(),
        "keydown",
        Box::new(move |event| {
            #[cfg(feature = "agent")]
            if mention_list::takes(&mentions, &event) {
                return;
            }
            if sends(event.unchecked_ref()) {
                event.prevent_default();
                enter();
            }
        }),
    );
    let click = send_it.clone();
    listen(send.element(), "click", Box::new(move |_| click()));
    // With a form above, one button stands for both.
    let arrow = send.clone();
    if FOR_VISITORS {
        let mut start = Rows::new(&place, None);
        watch(move || {
            let kind = mirror.form.with(|form| form.as_ref().map(|form| form.kind));
            arrow.hide(kind.is_some());
            start.show_one(kind.map(FormKind::as_str), || {
                let label = match kind {
                    Some(FormKind::Offline) => Key::WIDGET_FORM_LEAVE,
                    _ => Key::WIDGET_FORM_START,
                };
                let send_it = send_it.clone();
                button(label.into(), Variant::Primary, Size::Large, None, "start")
                    .on("click", move |_| send_it())
            });
        });
        return_focus(&input, mirror);
    }

    #[cfg(feature = "agent")]
    let on_button = modes::show(&place, &input, &send, &problem);
    let (field, button) = (input.clone(), send.clone());
    watch(move || {
        let is_locked = composer.with(|view| view.is_locked);
        let (hint, name) = (
            if is_locked {
                Key::COMMON_COMPOSER_LOCKED
            } else {
                Key::COMMON_COMPOSER_PLACEHOLDER
            },
            Key::COMMON_COMPOSER_SEND,
        );
        #[cfg(feature = "agent")]
        let (hint, name) = modes::words((hint, name), composer.with(|view| view.notes.mode));
        field.set("placeholder", Some(&t(hint)));
        let name = t(name);
        button.set("aria-label", Some(&name));
        button.set("title", Some(&name));
        #[cfg(feature = "agent")]
        on_button.set_text(&name);
    });
    let (field, around, mut shown) = (input.clone(), place.clone(), None);
    let texts = use_catalogue();
    watch(move || {
        let (revision, wrong, remaining, can_send, help, refused) = composer.with(|view| {
            // The core's draft comes into the textarea when its revision says so, never while a
            // person types: that would move the caret and break input methods.
            if shown != Some(view.revision) {
                field.set_value(&view.draft);
                measure(&field, &grow, &view.draft);
            }
            let help = (
                view.is_locked,
                view.is_locked && !view.draft.is_empty(),
                view.wanted,
            );
            (
                view.revision,
                view.problem,
                view.remaining,
                view.can_send,
                help,
                view.refused
                    .as_ref()
                    .map(|refused| texts.with(|texts| chips::refused(texts, refused))),
            )
        });
        shown = Some(revision);
        let (is_locked, hides_hint, wanted) = help;
        around.set("data-locked", is_locked.then_some(""));
        field.set("readonly", is_locked.then_some(""));
        let (keyboard, completed) = match wanted {
            Some(QuestionInput::Email) => (Some("email"), Some("email")),
            Some(QuestionInput::Phone) => (Some("tel"), Some("tel")),
            _ => (None, None),
        };
        field.set("inputmode", keyboard);
        field.set("autocomplete", completed);
        let is_wrong = wrong.is_some() || refused.is_some();
        around.set("data-problem", is_wrong.then_some(""));
        // A draft covers the hint in the field; then it stands above.
        let told = match wrong {
            Some(code) => Some(error_sentence(code)),
            None if hides_hint => Some(Key::COMMON_COMPOSER_LOCKED),
            None => None,
        };
        let told = told.map(t).or(refused);
        problem.hide(told.is_none());
        problem.set_text(told.as_deref().unwrap_or_default());
        field.set_state("aria-invalid", wrong.is_some());
        send.set_state("aria-disabled", !can_send);
        counter.hide(remaining.is_none());
        counter.set_text(&remaining.map(counted).unwrap_or_default());
    });
    (place, input)
}

/// After an answer by button the person goes on here, as soon as something can be written;
/// unless they have gone elsewhere meanwhile.
fn return_focus(input: &El, mirror: Mirror) {
    let (input, mut before, mut is_due) = (input.clone(), None, false);
    watch(move || {
        let answered = mirror.answered.get();
        is_due |= before.is_some_and(|before| before != answered);
        before = Some(answered);
        if is_due && !mirror.composer.with(|view| view.is_locked) {
            is_due = false;
            if is_free(&input) {
                input.focus();
            }
        }
    });
}

/// Whether the focus is nowhere, or among the messages.
fn is_free(input: &El) -> bool {
    // A document or the root of a shadow: both find as elements do.
    let root: Element = input.element().get_root_node().unchecked_into();
    let elsewhere = root.query_selector(":focus:not([role=log], [role=log] *)");
    elsewhere.is_ok_and(|focused| focused.is_none())
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
