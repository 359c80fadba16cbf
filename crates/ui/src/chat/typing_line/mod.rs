//! Who is typing right now. Reserves its line, so that nothing jumps when it appears.

use leptos::prelude::*;

use crate::bridge::use_mirror;
use crate::i18n::{Catalogue, Key, author_name, use_catalogue};
use protocol::author::Author;

/// The line under the messages.
#[component]
pub fn TypingLine() -> impl IntoView {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    let sentence =
        move || head.with(|head| catalogue.with(|catalogue| sentence(catalogue, &head.typing)));
    view! { class="p",
        <div
            class="typing-line"
            part="typing"
            data-active=move || head.with(|head| (!head.typing.is_empty()).then_some(""))
        >
            <span class="typing-dots" aria-hidden="true">
                <span></span>
                <span></span>
                <span></span>
            </span>
            <span class="typing-text" dir="auto">{sentence}</span>
        </div>
    }
}

fn sentence(catalogue: &Catalogue, typing: &[Author]) -> String {
    match typing {
        [] => String::new(),
        [one] => catalogue.text_with(
            Key::COMMON_TYPING_SINGLE,
            &[("name", &author_name(catalogue, one))],
        ),
        [first, second] => catalogue.text_with(
            Key::COMMON_TYPING_PAIR,
            &[
                ("first", &author_name(catalogue, first)),
                ("second", &author_name(catalogue, second)),
            ],
        ),
        _ => catalogue.text(Key::COMMON_TYPING_SEVERAL),
    }
}
