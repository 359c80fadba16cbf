//! What is drawn by the app's second module waits for it here. Who fetches it is said by the app;
//! without that everything is here already, as in tests and in a build that is not split.
//!
//! Invariant: nothing is drawn under an owner that has gone away while it waited.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::Owner;

use crate::dom::at_end;

/// Does this when the second module is here.
type Wait = fn(Box<dyn FnOnce()>);

thread_local! {
    static WAIT: Cell<Wait> = const { Cell::new(|act| act()) };
}

/// Says how to wait for the second module.
pub fn provide_second(wait: Wait) {
    WAIT.set(wait);
}

/// Does this when the second module is here, under the owner that is set now; not at all if that
/// has gone away.
pub(crate) fn when_here(act: impl FnOnce() + 'static) {
    when_here_boxed(Box::new(act));
}

#[inline(never)]
fn when_here_boxed(act: Box<dyn FnOnce()>) {
    let Some(owner) = Owner::current() else {
        return WAIT.get()(act);
    };
    let is_gone = Rc::new(Cell::new(false));
    let gone = Rc::clone(&is_gone);
    at_end(Box::new(move || gone.set(true)));
    WAIT.get()(Box::new(move || {
        if !is_gone.get() {
            owner.with(act);
        }
    }));
}
