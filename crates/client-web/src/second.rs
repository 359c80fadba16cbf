//! The second module of an app: code that not every visit needs, fetched when it is first wanted
//! (`cargo xtask build` says what that is). In a build that is not split it is always here.
//!
//! Invariant: whoever calls into it waits here first, and all who wait go on in their order.

use std::cell::RefCell;

#[cfg(parlour_split)]
use wasm_bindgen::{JsValue, prelude::Closure, prelude::wasm_bindgen};

/// What is done once the module is here, in its order.
struct Waiting {
    acts: Vec<Box<dyn FnOnce()>>,
    /// Whether the module is being fetched.
    is_asked: bool,
}

thread_local! {
    /// Nobody waits any more once the module is here.
    static WAITING: RefCell<Option<Waiting>> = const {
        RefCell::new(if cfg!(parlour_split) {
            Some(Waiting { acts: Vec::new(), is_asked: false })
        } else {
            None
        })
    };
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
    once_here(act);
    let is_first = WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => !std::mem::replace(&mut waiting.is_asked, true),
        None => false,
    });
    if is_first {
        bring();
    }
}

/// The same, but the module is not fetched for this.
pub fn once_here(act: Box<dyn FnOnce()>) {
    let act = WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => {
            waiting.acts.push(act);
            None
        }
        None => Some(act),
    });
    if let Some(act) = act {
        act();
    }
}

/// Whether the module is here.
pub fn is_here() -> bool {
    WAITING.with_borrow(Option::is_none)
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
    let waiting = WAITING.take();
    for act in waiting.into_iter().flat_map(|waiting| waiting.acts) {
        act();
    }
}
