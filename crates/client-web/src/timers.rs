//! The core's named timers on `setTimeout`.
//!
//! Invariant: at most one time-out per name runs; setting a name again replaces it.

use std::cell::Cell;

use client_core::Timer;
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};

const COUNT: usize = Timer::ALL.len();

/// All timers of one client.
pub(crate) struct Timers {
    handles: [Cell<Option<i32>>; COUNT],
    /// Called by the browser with the timer's place in [`Timer::ALL`].
    ring: Closure<dyn Fn(u32)>,
}

impl Timers {
    pub(crate) fn new(on_fired: impl Fn(Timer) + 'static) -> Self {
        Self {
            handles: [const { Cell::new(None) }; COUNT],
            ring: Closure::new(move |place: u32| {
                if let Some(timer) = Timer::ALL.get(place as usize) {
                    on_fired(*timer);
                }
            }),
        }
    }

    pub(crate) fn set(&self, timer: Timer, after_ms: u32) {
        self.cancel(timer);
        let Some(place) = place(timer) else {
            return;
        };
        let Some(window) = web_sys::window() else {
            return;
        };
        let ring: &Function = self.ring.as_ref().unchecked_ref();
        // Longer ones would fire at once.
        let after_ms = i32::try_from(after_ms).unwrap_or(i32::MAX);
        let handle = window.set_timeout_with_callback_and_timeout_and_arguments_1(
            ring,
            after_ms,
            &JsValue::from(place as u32),
        );
        self.handles[place].set(handle.ok());
    }

    pub(crate) fn cancel(&self, timer: Timer) {
        if let (Some(handle), Some(window)) = (self.forget(timer), web_sys::window()) {
            window.clear_timeout_with_handle(handle);
        }
    }

    /// Takes note that a timer no longer runs.
    pub(crate) fn forget(&self, timer: Timer) -> Option<i32> {
        self.handles[place(timer)?].take()
    }
}

fn place(timer: Timer) -> Option<usize> {
    Timer::ALL.iter().position(|other| *other == timer)
}
