//! Who is typing right now. Reserves its line, so that nothing jumps when it appears.

use leptos::prelude::{IntoView, component};
use protocol::author::Author;

use super::sentence::tell;
use crate::bridge::use_mirror;
use crate::dom::{El, watch};
use crate::i18n::{Catalogue, Key, Piece, author_name, use_catalogue};

/// The line under the messages.
#[component]
pub fn TypingLine() -> impl IntoView {
    typing_line().view()
}

/// The same as an element.
pub fn typing_line() -> El {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    let dots = El::new("span|class=typing-dots|aria-hidden=true");
    for _ in 0..3 {
        dots.append(&El::new("span"));
    }
    let text = El::new("span|class=typing-text");
    let line = El::new("div|class=typing-line|part=typing")
        .child(&dots)
        .child(&text);
    let active = line.clone();
    watch(move || {
        let pieces = head.with(|head| catalogue.with(|texts| told(texts, &head.typing)));
        active.set("data-active", (!pieces.is_empty()).then_some(""));
        tell(&text, pieces);
    });
    line
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
