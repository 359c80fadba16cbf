//! Something that an owner keeps, by a name that is copied freely. One worker for every type.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::{LocalStorage, StoredValue};

/// The name. It leads nowhere when the owner is gone.
#[derive(Clone, Copy)]
pub(crate) struct Anchor(StoredValue<Rc<dyn Any>, LocalStorage>);

impl Anchor {
    /// Lets the current owner keep this.
    pub(crate) fn hold<T: 'static>(what: Rc<T>) -> Self {
        Self::hold_any(what)
    }

    #[inline(never)]
    fn hold_any(what: Rc<dyn Any>) -> Self {
        Self(StoredValue::new_local(what))
    }

    /// What is kept, if it still is and is of this type.
    pub(crate) fn held<T: 'static>(self) -> Option<Rc<T>> {
        self.any()?.downcast().ok()
    }

    #[inline(never)]
    fn any(self) -> Option<Rc<dyn Any>> {
        use leptos::prelude::GetValue;

        self.0.try_get_value()
    }
}
