//! What an element follows: signals, events, the clock. Each has one worker for every closure,
//! and ends with the reactive owner under which it began.

use leptos::prelude::{Owner, RenderEffect};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

use super::browser;

/// Runs now, and again when a signal that it read has changed. What it makes under its own
/// owner goes away before it runs again.
pub fn watch(act: impl FnMut() + 'static) {
    watch_boxed(Box::new(act));
}

#[inline(never)]
fn watch_boxed(mut act: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| act());
    Owner::on_cleanup(move || drop(effect));
}

/// Does this when the owner goes away. Only for what belongs to this page's one thread.
#[inline(never)]
pub fn at_end(act: Box<dyn FnOnce()>) {
    let act = SendWrapper::new(act);
    Owner::on_cleanup(move || (act.take())());
}

/// Listens until the owner goes away.
#[inline(never)]
pub fn listen(target: &EventTarget, event: &'static str, act: Box<dyn FnMut(Event)>) {
    let act = Closure::<dyn FnMut(Event)>::wrap(act);
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    let target = target.clone();
    at_end(Box::new(move || {
        let _ = target.remove_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    }));
}

/// Does this once, after so many milliseconds. The owner may be gone by then.
pub fn later(milliseconds: i32, act: impl FnOnce() + 'static) {
    browser::set_timeout(&once(Box::new(act)), milliseconds);
}

/// Does this once, before the browser paints next. The owner may be gone by then.
pub fn next_frame(act: impl FnOnce() + 'static) {
    browser::request_frame(&once(Box::new(act)));
}

#[inline(never)]
fn once(act: Box<dyn FnOnce()>) -> wasm_bindgen::JsValue {
    Closure::once_into_js(act)
}
