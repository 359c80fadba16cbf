//! The way back to the chatbot's beginning, at the end of what it said.

use client_core::Intent;
use client_core::view::Restart;

use crate::bridge::{Mirror, use_handle, use_mirror};
use crate::dom::{El, Rows, watch};
use crate::i18n::Key;
use crate::kit::{Glyph, Size, Variant, button};

/// Keeps it at the end of the list while there is something to begin again.
pub(super) fn start(content: &El) {
    let (mirror, handle) = (use_mirror(), use_handle());
    let place = El::new("div|class=message-list-end");
    content.append(&place);
    let mut shown = Rows::new(&place, None);
    watch(move || {
        let restart = mirror.head.with(|head| head.restart);
        let label = Key::COMMON_ACTION_START_AGAIN.into();
        let is_there = (restart != Restart::Hidden).then_some("");
        shown.show_one(is_there, || {
            let (quiet, small) = (Variant::Quiet, Size::Small);
            let again = button(label, quiet, small, Some(Glyph::RETRY), "start-again");
            watch_asked(&again, mirror);
            again.on("click", move |_| handle.dispatch(Intent::RestartChatbot))
        });
    });
}

/// A button that was pressed waits with everybody else for the answer.
fn watch_asked(button: &El, mirror: Mirror) {
    let button = button.clone();
    watch(move || {
        let is_asked = mirror.head.with(|head| head.restart == Restart::Asked);
        button.set("aria-disabled", is_asked.then_some("true"));
    });
}
