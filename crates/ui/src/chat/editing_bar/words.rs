//! What the bar says. It is code of the second module, which is there once a conversation is: only
//! [`fill`] is called from elsewhere.

use client_core::Intent;
use client_core::view::AimView;

use crate::bridge::use_handle;
use crate::chat::quote;
use crate::dom::El;
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Glyph, icon, icon_button};

/// Says what the text is for, and how to leave that.
#[inline(never)]
pub(super) fn fill(place: &El, aim: &AimView, input: &El) {
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
    place.append(&icon(glyph));
    place.append(&shown);
    place.append(&leave);
}
