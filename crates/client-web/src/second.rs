//! The second module of an app: code that not every visit needs, fetched when it is first wanted
//! (`cargo xtask build` says what that is). In a build that is not split it is always here.
//!
//! Invariant: whoever calls into it waits here first, and all who wait go on in their order.

use std::cell::RefCell;

#[cfg(parlour_split)]
use wasm_bindgen::{JsValue, prelude::Closure, prelude::wasm_bindgen};

/// What is done once the module is here, in its order.
type Waiting = Vec<Box<dyn FnOnce()>>;

thread_local! {
    /// Nobody waits any more once the module is here.
    static WAITING: RefCell<Option<Waiting>> =
        const { RefCell::new(if cfg!(parlour_split) { Some(Vec::new()) } else { None }) };
}

#[cfg(parlour_split)]
#[wasm_bindgen]
extern "C" {
    /// Fetches the module, over and over until it is there, and says so. The glue brings it.
    #[wasm_bindgen(js_name = bringSecond)]
    fn bring_second(done: &JsValue);
}

/// Does this when the module is here: at once, if it is.
pub fn when_here(act: Box<dyn FnOnce()>) {
    let is_first = WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => {
            waiting.push(act);
            Ok(waiting.len() == 1)
        }
        None => Err(act),
    });
    match is_first {
        Ok(is_first) => {
            if is_first {
                bring();
            }
        }
        Err(act) => act(),
    }
}

/// Fetches the module ahead of need.
pub fn prepare() {
    when_here(Box::new(|| ()));
}

#[cfg(parlour_split)]
fn bring() {
    bring_second(&Closure::once_into_js(arrived));
}

#[cfg(not(parlour_split))]
fn bring() {}

#[cfg(parlour_split)]
fn arrived() {
    for act in WAITING.take().into_iter().flatten() {
        act();
    }
}
