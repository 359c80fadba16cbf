//! Ending the session: asked once, because the customer is told at once (mission W8).
//!
//! Invariant: the question goes away by itself when there is nothing left to end, so that nobody ends
//! another conversation than the one they were asked about.

use client_core::Intent;
use leptos::prelude::*;
use protocol::ids::ConversationId;
use protocol::session::SessionAction;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, watch};
use ui::i18n::{Key, use_catalogue};
use ui::kit::{Size, Variant, button};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::contacts::contact_name;
use crate::pages::inbox::place::use_place;

#[wasm_bindgen]
extern "C" {
    type Dialog;

    #[wasm_bindgen(method, js_name = showModal)]
    fn show_modal(this: &Dialog);

    #[wasm_bindgen(method)]
    fn close(this: &Dialog);

    #[wasm_bindgen(method, getter)]
    fn open(this: &Dialog) -> bool;
}

/// The button, with the question it asks. Not shown where the agent cannot end anything.
pub(super) fn end_button() -> El {
    let (place, information) = (use_place(), use_mirror().information);
    // The conversation the question is about, while it is asked.
    let about = RwSignal::new(None::<ConversationId>);
    let dialog = question(about);
    let end = button(
        Key::AGENT_END_BUTTON.into(),
        Variant::Secondary,
        Size::Small,
        None,
        "end",
    );
    let asked = dialog.clone();
    let end = end.on("click", move |_| {
        about.set(place.selected.get_untracked());
        as_dialog(&asked).show_modal();
    });
    let (shown, question) = (end.clone(), dialog.clone());
    watch(move || {
        let can_end = information.with(|view| view.can(SessionAction::End));
        shown.hide(!can_end);
        let is_here = about.with(|about| place.selected.with(|selected| about == selected));
        let question = as_dialog(&question);
        if question.open() && !(can_end && is_here) {
            question.close();
        }
    });
    El::new("div|class=end").child(&end).child(&dialog)
}

/// Whether everything was said that has to be said.
fn question(about: RwSignal<Option<ConversationId>>) -> El {
    let (place, handle, texts) = (use_place(), use_handle(), use_catalogue());
    let title = El::new("h2|class=end-title|id=end-title").live_text(Key::AGENT_END_TITLE.into());
    let text = El::new("p|class=end-text|id=end-text");
    let words = text.clone();
    watch(move || {
        texts.with(|texts| {
            let name = place.row.with(|row| {
                let contact = row.as_ref().map(|row| &row.summary.contact);
                contact.map(|contact| contact_name(texts, contact))
            });
            let name = name.unwrap_or_default();
            words.set_text(&texts.text_with(Key::AGENT_END_TEXT, &[("name", name.as_str())]));
        });
    });
    let cancel = button(
        Key::COMMON_ACTION_CANCEL.into(),
        Variant::Secondary,
        Size::Medium,
        None,
        "end-cancel",
    );
    let confirm = button(
        Key::AGENT_END_CONFIRM.into(),
        Variant::Danger,
        Size::Medium,
        None,
        "end-confirm",
    );
    confirm.set("autofocus", Some(""));
    let dialog =
        El::new("dialog|class=end-question|aria-labelledby=end-title|aria-describedby=end-text");
    let (cancelled, confirmed) = (dialog.clone(), dialog.clone());
    let cancel = cancel.on("click", move |_| as_dialog(&cancelled).close());
    let confirm = confirm.on("click", move |_| {
        as_dialog(&confirmed).close();
        if let Some(id) = about.get_untracked() {
            handle.dispatch(Intent::EndSession(id));
        }
    });
    let actions = El::new("div|class=end-actions")
        .child(&cancel)
        .child(&confirm);
    // Its keys are its own: Escape closes it and leads nowhere else.
    let dialog = dialog.on("keydown", |event| event.stop_propagation());
    dialog.child(&title).child(&text).child(&actions)
}

fn as_dialog(element: &El) -> &Dialog {
    element.element().unchecked_ref()
}
