//! A file that was chosen on an earlier page and not sent: the browser gives its bytes to nobody
//! before it is chosen again.

use client_core::Intent;

use crate::bridge::{keep, use_handle};
use crate::dom::{El, picker, watch};
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Size, Variant, button};

/// A recording went with the page on which it was made.
pub(super) fn lost() -> El {
    El::new("p|class=attachment-problem|part=attachment-problem")
        .live_text(Key::COMMON_VOICE_LOST.into())
}

/// Why, and a button that asks for it. `is_other`: another file was chosen.
pub(super) fn missing(upload: &str, name: &str, is_other: bool) -> El {
    let (texts, name) = (use_catalogue(), name.to_owned());
    let reason = El::new("p|class=attachment-problem|part=attachment-problem");
    let shown = reason.clone();
    watch(move || {
        let key = match is_other {
            true => Key::COMMON_ATTACHMENT_WRONG,
            false => Key::COMMON_ATTACHMENT_MISSING,
        };
        shown.set_text(&texts.with(|texts| texts.text_with(key, &[("name", &name)])));
    });
    let again = button(
        Key::COMMON_ATTACHMENT_CHOOSE_AGAIN.into(),
        Variant::Secondary,
        Size::Small,
        None,
        "attachment-again",
    );
    let place = El::new("div|class=attachment-missing")
        .child(&reason)
        .child(&again);
    let (handle, upload) = (use_handle(), upload.to_owned());
    let field = picker(move |chosen| {
        if let Some(file) = keep(chosen).pop() {
            handle.dispatch(Intent::ChooseAgain {
                upload: upload.clone(),
                file,
            });
        }
    });
    place.append(&field);
    crate::dom::listen(
        again.element(),
        "click",
        Box::new(move |_| field.html().click()),
    );
    place
}
