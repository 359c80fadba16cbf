//! Who is typing right now. Reserves its line, so that nothing jumps when it appears.

use leptos::prelude::*;
use protocol::author::Author;

use super::sentence::sentence;
use crate::bridge::use_mirror;
use crate::i18n::{Catalogue, Key, Piece, author_name, use_catalogue};

/// The line under the messages.
#[component]
pub fn TypingLine() -> impl IntoView {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    let told = move || {
        let pieces = head.with(|head| catalogue.with(|texts| told(texts, &head.typing)));
        sentence(pieces)
    };
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
            <span class="typing-text">{told}</span>
        </div>
    }
}

fn told(catalogue: &Catalogue, typing: &[Author]) -> Vec<Piece> {
    let name = |author: &Author| author_name(catalogue, author);
    match typing {
        [] => Vec::new(),
        [one] => catalogue.pieces(Key::COMMON_TYPING_SINGLE, &[("name", &name(one))]),
        [first, second] => catalogue.pieces(
            Key::COMMON_TYPING_PAIR,
            &[("first", &name(first)), ("second", &name(second))],
        ),
        _ => catalogue.pieces(Key::COMMON_TYPING_SEVERAL, &[]),
    }
}
