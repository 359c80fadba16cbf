//! The keyboard: F6 goes to what wants an answer and back again, B comes back after a miss.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use protocol::agent::Availability;
use ui::bridge::{Handle, Mirror, use_handle, use_mirror};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::missed::come_back;
use crate::pages::inbox::list::is_typing;

/// What F6 leads to, in this order.
const WANTS_AN_ANSWER: &str = ".offer, .desk-back";
/// Where one goes when the place one came from is gone: to what one writes, else to the list.
const ELSEWHERE: [&str; 2] = [".composer-input", "#conversations"];

/// Listens to the whole page.
pub(super) fn listen() {
    let (mirror, handle) = (use_mirror(), use_handle());
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    let keys = window_event_listener(ev::keydown, move |event| {
        take_key(&event, mirror, handle, came_from);
    });
    on_cleanup(move || keys.remove());
}

type Place = StoredValue<Option<HtmlElement>, LocalStorage>;

fn take_key(event: &KeyboardEvent, mirror: Mirror, handle: Handle, came_from: Place) {
    let changed = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if changed || event.default_prevented() || event.is_composing() {
        return;
    }
    let took = match event.key().as_str() {
        "F6" => go_there_or_back(came_from),
        "b" | "B" if !is_typing(event) => come_back_if_missed(mirror, handle),
        _ => false,
    };
    if took {
        event.prevent_default();
    }
}

/// Comes back after a miss; says whether there was one.
fn come_back_if_missed(mirror: Mirror, handle: Handle) -> bool {
    let missed = mirror.desk.with_untracked(|desk| {
        let state = desk.state.as_ref();
        state.is_some_and(|state| state.availability == Availability::Missed)
    });
    if missed {
        come_back(handle);
    }
    missed
}

/// Moves the focus; says whether there is anything to go to.
fn go_there_or_back(came_from: Place) -> bool {
    let active = active();
    let is_there = active
        .as_ref()
        .is_some_and(|active| matches!(active.closest(".desk"), Ok(Some(_))));
    if is_there {
        let back = came_from.get_value().filter(|place| place.is_connected());
        focus(back.or_else(elsewhere));
        return true;
    }
    let target = find(WANTS_AN_ANSWER);
    let found = target.is_some();
    if found {
        came_from.set_value(active);
        focus(target);
    }
    found
}

/// A card that had the focus is gone: the next one gets it, or what comes after the cards.
pub(super) fn go_on(next: Option<&str>) {
    if active().is_some_and(|active| active.tag_name() != "BODY") {
        return;
    }
    let card = next.and_then(|id| find(&format!(".offer[data-offer='{id}']")));
    focus(card.or_else(|| find(".desk-back")).or_else(elsewhere));
}

fn active() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

fn elsewhere() -> Option<HtmlElement> {
    ELSEWHERE.into_iter().find_map(find)
}

fn focus(place: Option<HtmlElement>) {
    if let Some(place) = place {
        // Refused only by what cannot be seen.
        let _focused = place.focus();
    }
}
