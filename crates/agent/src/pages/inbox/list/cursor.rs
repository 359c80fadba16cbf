//! The keyboard in the list: one row can be reached by Tab, the keys move from there.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::tabs::neighbour;
use crate::pages::inbox::place::use_place;

/// The attribute that names conversations' rows.
pub(super) const CONVERSATION: &str = "data-conversation";

/// Which row the keys are at. Copied freely.
#[derive(Clone, Copy)]
pub(in crate::pages::inbox) struct Cursor {
    order: Memo<Vec<String>>,
    touched: RwSignal<Option<String>>,
    stop: Memo<Option<String>>,
    /// The attribute that names a row.
    by: &'static str,
}

impl Cursor {
    /// A cursor over the rows that an attribute names like this. J and K work on the whole page,
    /// except where one types.
    pub(in crate::pages::inbox) fn new(order: Memo<Vec<String>>, by: &'static str) -> Self {
        let place = use_place();
        let touched = RwSignal::new(None::<String>);
        let stop = Memo::new(move |_| {
            let selected = place.selected.get().map(|id| id.to_string());
            order.with(|order| {
                let known = |id: &String| order.contains(id);
                let touched = touched.get().filter(known);
                touched
                    .or(selected.filter(known))
                    .or(order.first().cloned())
            })
        });
        let cursor = Self {
            order,
            touched,
            stop,
            by,
        };
        let keys = window_event_listener(ev::keydown, move |event| cursor.take_page_key(&event));
        on_cleanup(move || keys.remove());
        cursor
    }

    /// Whether Tab reaches this row.
    pub(in crate::pages::inbox) fn is_at(self, id: &str) -> bool {
        self.stop.with(|stop| stop.as_deref() == Some(id))
    }

    /// The row that had the focus last.
    pub(super) fn touched(self) -> Option<String> {
        self.touched.get()
    }

    /// Takes note that a row got the focus.
    pub(in crate::pages::inbox) fn touch(self, id: &str) {
        self.touched.set(Some(id.to_owned()));
    }

    /// Keys while the focus is in the list.
    pub(in crate::pages::inbox) fn take_key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" => self.step(event, 1),
            "ArrowUp" => self.step(event, -1),
            "Home" => self.step(event, isize::MIN),
            "End" => self.step(event, isize::MAX),
            _ => {}
        }
    }

    /// Keys anywhere on the page.
    fn take_page_key(self, event: &KeyboardEvent) {
        let changed = event.ctrl_key() || event.meta_key() || event.alt_key();
        if changed || event.default_prevented() || event.is_composing() || is_typing(event) {
            return;
        }
        match event.key().as_str() {
            "j" | "J" => self.step(event, 1),
            "k" | "K" => self.step(event, -1),
            _ => {}
        }
    }

    fn step(self, event: &KeyboardEvent, steps: isize) {
        let focused = focused_row(self.by);
        // From outside, the first key only goes to where the list is.
        let from = focused.clone().or_else(|| self.stop.get_untracked());
        let steps = if focused.is_none() && steps.abs() == 1 {
            0
        } else {
            steps
        };
        let to = self
            .order
            .with_untracked(|order| neighbour(order, from.as_deref(), steps).cloned());
        if let Some(to) = to {
            event.prevent_default();
            focus(self.by, &to);
        }
    }
}

/// Puts the focus on a conversation's row, if it is there.
pub(in crate::pages::inbox) fn focus_row(id: &str) {
    focus(CONVERSATION, id);
}

/// The row that had the focus was drawn anew: it gets it back, unless something else has it.
pub(super) fn go_on(id: &str) {
    if document()
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY")
    {
        focus(CONVERSATION, id);
    }
}

fn focus(by: &str, id: &str) {
    let row = document()
        .query_selector(&format!(".list-row[{by}='{id}']"))
        .ok()
        .flatten()
        .and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        // Refused only by what cannot be seen.
        let _focused = row.focus();
    }
}

fn focused_row(by: &str) -> Option<String> {
    document()
        .active_element()?
        .closest(".list-row")
        .ok()??
        .get_attribute(by)
}

/// Whether the key goes into a text, or chooses in a list.
pub(in crate::pages::inbox) fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        let place = element.closest("input, textarea, select, [contenteditable]");
        matches!(place, Ok(Some(_)))
    })
}
