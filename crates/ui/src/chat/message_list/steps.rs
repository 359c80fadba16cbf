//! Steps from message to message by key, so that names and times can be reached.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::drawn::Drawn;
use super::place::is_message;
use super::window;
use crate::dom::El;

/// Goes where this key leads, from the message or the list that has the focus.
#[inline(never)]
pub(super) fn step(drawn: &Drawn, event: &Event) {
    let event: &KeyboardEvent = event.unchecked_ref();
    let Some(focused) = event.target() else {
        return;
    };
    let focused: HtmlElement = focused.unchecked_into();
    let (key, here) = (event.key(), drawn.place_of(&focused));
    let is_list = focused.get_attribute("role").as_deref() == Some("log");
    let there = match (key.as_str(), here) {
        ("ArrowUp" | "ArrowDown", Some(here)) => here,
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => usize::MAX,
        ("ArrowUp", None) if is_list => usize::MAX,
        _ => return,
    };
    if drawn.is_part() {
        window::bring(drawn, there);
    }
    let rows = drawn.rows.borrow();
    let messages: Vec<&El> = rows.elements().filter(|row| is_message(row)).collect();
    let at = messages.iter().position(|row| row.html() == &focused);
    let there = match (key.as_str(), at) {
        ("ArrowUp", Some(at)) => at.checked_sub(1),
        ("ArrowDown", Some(at)) => Some(at + 1),
        ("Home", _) => Some(0),
        _ => messages.len().checked_sub(1),
    };
    if let Some(message) = there.and_then(|at| messages.get(at)) {
        event.prevent_default();
        message.focus();
    }
}
