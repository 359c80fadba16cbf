//! A message as another one quotes it: who, and how it begins. A press leads to it.

use client_core::Intent;
use client_core::view::QuoteView;

use crate::bridge::Handle;
use crate::dom::{El, listen};
use crate::i18n::{Catalogue, Key, author_name, with_attachment};

/// Whose words they are.
pub(super) fn name(texts: &Catalogue, quote: &QuoteView) -> String {
    match quote.own {
        true => texts.text(Key::COMMON_MESSAGE_YOU),
        false => author_name(texts, &quote.author),
    }
}

/// The words, or that there are none any more.
pub(super) fn words(texts: &Catalogue, quote: &QuoteView) -> String {
    match quote.attachment {
        _ if quote.deleted => texts.text(Key::COMMON_MESSAGE_DELETED),
        Some(kind) => with_attachment(texts, kind, &quote.text),
        None => quote.text.clone(),
    }
}

/// What tells one quote from another, so that a change of what is quoted is drawn.
pub(super) fn key(texts: &Catalogue, quote: &QuoteView) -> String {
    let mut key = name(texts, quote);
    key.push('\n');
    key.push_str(&words(texts, quote));
    key
}

/// Fills the place of the quote in a message, a button.
#[inline(never)]
pub(super) fn fill(place: &El, texts: &Catalogue, quote: &QuoteView, handle: Handle) {
    let (name, words) = (name(texts, quote), words(texts, quote));
    let label = texts.text_with(Key::COMMON_MESSAGE_SHOW_QUOTED, &[("name", &name)]);
    place.set("title", Some(&label));
    place.set("data-deleted", quote.deleted.then_some(""));
    let who = El::new("bdi|class=message-quote-name");
    let said = El::new("span|class=message-quote-words|dir=auto");
    who.say(&name);
    said.say(&words);
    let message = quote.message.clone();
    place.append(&who);
    place.append(&said);
    listen(
        place.element(),
        "click",
        Box::new(move |_| handle.dispatch(Intent::SeekMessage(message.clone()))),
    );
}
