//! What is drawn by the app's second module waits for it here. Who fetches it is said by the app;
//! without that everything is here already, as in tests and in a build that is not split.
//!
//! Invariant: nothing is drawn under an owner that has gone away while it waited.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::Owner;

use crate::bridge::use_mirror;
use crate::dom::{at_end, watch};

/// Does this when the second module is here.
type Wait = fn(Box<dyn FnOnce()>);

thread_local! {
    static WAIT: Cell<Option<Wait>> = const { Cell::new(None) };
}

/// Says how to wait for the second module.
pub fn provide_second(wait: Wait) {
    WAIT.set(Some(wait));
}

/// Does this when the second module is here, under the owner that is set now; not at all if that
/// has gone away.
pub fn when_here(act: impl FnOnce() + 'static) {
    when_here_boxed(Box::new(act));
}

/// The same, but the module is not fetched for this before there is a conversation.
pub(crate) fn once_talking(act: impl FnOnce() + 'static) {
    if WAIT.get().is_none() {
        return act();
    }
    let (mirror, owner, mut act) = (use_mirror(), Owner::current(), Some(act));
    watch(move || {
        if mirror.head.with(|head| head.conversation.is_some())
            && let (Some(act), Some(owner)) = (act.take(), &owner)
        {
            owner.with(|| when_here(act));
        }
    });
}

#[inline(never)]
fn when_here_boxed(act: Box<dyn FnOnce()>) {
    let Some(wait) = WAIT.get() else {
        return act();
    };
    let Some(owner) = Owner::current() else {
        return wait(act);
    };
    let is_gone = Rc::new(Cell::new(false));
    let gone = Rc::clone(&is_gone);
    at_end(Box::new(move || gone.set(true)));
    wait(Box::new(move || {
        if !is_gone.get() {
            owner.with(act);
        }
    }));
}
