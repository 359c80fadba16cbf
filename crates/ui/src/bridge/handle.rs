//! What a component may ask for: intents, handed to whoever owns the core.

use std::rc::Rc;

use client_core::Intent;
use leptos::prelude::*;

/// Takes intents to the core. Copied freely; lives as long as the owner it was made under.
#[derive(Clone, Copy)]
pub struct Handle(StoredValue<Rc<dyn Fn(Intent)>, LocalStorage>);

impl Handle {
    /// A handle that gives every intent to this function.
    pub fn new(take: impl Fn(Intent) + 'static) -> Self {
        Self(StoredValue::new_local(Rc::new(take)))
    }

    /// Tells the core what the person wants.
    pub fn dispatch(self, intent: Intent) {
        // The function is taken out first: it may come back here before it returns.
        if let Some(take) = self.0.try_get_value() {
            take(intent);
        }
    }
}
