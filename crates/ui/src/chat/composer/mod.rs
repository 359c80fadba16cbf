//! Where a message is written. It shows what the core holds: it empties because the core's
//! draft did, and it is overwritten only when the core says that it changed the draft itself.

#[cfg(test)]
mod tests;

use client_core::Intent;
use leptos::html::Textarea;
use leptos::prelude::*;

use crate::bridge::{use_handle, use_mirror};
use crate::i18n::{Key, Plural, error_sentence, t, t_count};
use crate::kit::{Glyph, Icon, Text, fresh_id};

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
    let (composer, handle) = (use_mirror().composer, use_handle());
    let text = RwSignal::new(String::new());
    let send = move || {
        handle.dispatch(Intent::SendDraft);
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };

    // The core's draft comes into the textarea when its revision says so, never while a person
    // types: that would move the caret and break input methods.
    Effect::new(move |shown: Option<u32>| {
        let revision = composer.with(|view| view.revision);
        if let Some(input) = input.get()
            && shown != Some(revision)
        {
            let draft = composer.with_untracked(|view| view.draft.clone());
            input.set_value(&draft);
            text.set(draft);
        }
        revision
    });

    let problem_id = fresh_id("problem");
    let described_by = problem_id.clone();
    let problem = move || composer.with(|view| view.problem);
    let remaining = move || composer.with(|view| view.remaining);
    view! { class="p",
        <div class="composer" part="composer" data-problem=move || problem().map(|_| "")>
            <p class="composer-problem" part="composer-problem" id=problem_id hidden=move || problem().is_none()>
                {move || problem().map(|code| t(error_sentence(code)))}
            </p>
            <div class="composer-row" part="composer-row">
                <div class="composer-grow" data-text=move || text.get()>
                    <textarea
                        class="composer-input"
                        part="composer-input"
                        node_ref=input
                        rows="1"
                        dir=move || text.with(|text| (!text.is_empty()).then_some("auto"))
                        enterkeyhint="send"
                        aria-label=move || label.get()
                        aria-describedby=described_by
                        aria-invalid=move || if problem().is_some() { "true" } else { "false" }
                        placeholder=move || t(Key::COMMON_COMPOSER_PLACEHOLDER)
                        on:input=move |event| {
                            let typed = event_target_value(&event);
                            text.set(typed.clone());
                            handle.dispatch(Intent::EditDraft { text: typed });
                        }
                        on:keydown=move |event| {
                            if sends(&event) {
                                event.prevent_default();
                                send();
                            }
                        }
                    ></textarea>
                </div>
                <button
                    class="composer-send"
                    part="send"
                    type="button"
                    aria-label=move || t(Key::COMMON_COMPOSER_SEND)
                    title=move || t(Key::COMMON_COMPOSER_SEND)
                    aria-disabled=move || if composer.with(|view| view.can_send) { "false" } else { "true" }
                    on:click=move |_| send()
                >
                    <Icon glyph=Glyph::SEND />
                </button>
            </div>
            <p class="composer-counter" part="composer-counter" hidden=move || remaining().is_none()>
                {move || remaining().map(counted)}
            </p>
        </div>
    }
}

/// Enter sends, except with Shift, and except the Enter that ends an input-method composition
/// (mission C21). Safari ends the composition before it tells of the key, hence the code.
fn sends(event: &leptos::ev::KeyboardEvent) -> bool {
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
