//! What a component may ask for: intents, handed to whoever owns the core.

use std::rc::Rc;

use client_core::Intent;

use crate::shown::Anchor;

/// Takes intents to the core. Copied freely; lives as long as the owner it was made under.
#[derive(Clone, Copy)]
pub struct Handle(Anchor);

type Take = Box<dyn Fn(Intent)>;

impl Handle {
    /// A handle that gives every intent to this function.
    pub fn new(take: impl Fn(Intent) + 'static) -> Self {
        Self(Anchor::hold::<Take>(Rc::new(Box::new(take))))
    }

    /// Tells the core what the person wants.
    pub fn dispatch(self, intent: Intent) {
        // The function is taken out first: it may come back here before it returns.
        if let Some(take) = self.0.held::<Take>() {
            take(intent);
        }
    }
}
