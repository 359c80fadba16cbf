//! Values that are shown: who read one is called again when it has changed.
//!
//! They are signals in everything but their size. A signal of Leptos is compiled anew for every
//! type it holds, one to two kilobytes each time; here the reactive part knows no type, and a type
//! adds little more than its own comparisons. [`RcShown`] lives as long as somebody holds it,
//! [`Shown`] as long as the owner under which it was made, and is copied freely.
//!
//! Invariant: a value is never changed while somebody reads it; who changes one from inside of
//! `with` has made a mistake that stops the page.

mod anchor;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, Notify, Track};

pub(crate) use anchor::Anchor;

/// A value that is shown, held by whoever has a clone of it.
pub struct RcShown<T>(Rc<Inner<T>>);

struct Inner<T> {
    readers: ArcTrigger,
    value: RefCell<T>,
}

impl<T> Clone for RcShown<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> RcShown<T> {
    /// Shows this.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            readers: ArcTrigger::new(),
            value: RefCell::new(value),
        }))
    }

    /// Who runs now is called again when the value has changed.
    pub fn track(&self) {
        track(&self.0.readers);
    }

    /// Reads the value, and is called again when it has changed.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Reads the value once.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Shows something else.
    pub fn set(&self, value: T) {
        self.0.value.replace(value);
        notify(&self.0.readers);
    }

    /// Changes what is shown.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        notify(&self.0.readers);
    }

    /// Shows this instead, unless it is the same.
    pub fn replace(&self, value: T)
    where
        T: PartialEq,
    {
        if *self.0.value.borrow() != value {
            self.set(value);
        }
    }
}

#[inline(never)]
fn track(readers: &ArcTrigger) {
    readers.track();
}

#[inline(never)]
fn notify(readers: &ArcTrigger) {
    readers.notify();
}

/// A value that is shown for as long as the owner under which it was made. Then it reads as the
/// default, and changes go nowhere.
pub struct Shown<T>(Anchor, PhantomData<fn() -> T>);

impl<T> Copy for Shown<T> {}

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Default + 'static> Shown<T> {
    /// Shows this.
    pub fn new(value: T) -> Self {
        Self(Anchor::hold(RcShown::new(value).0), PhantomData)
    }

    fn held(self) -> RcShown<T> {
        match self.0.held() {
            Some(inner) => RcShown(inner),
            None => RcShown::new(T::default()),
        }
    }

    /// Who runs now is called again when the value has changed.
    pub fn track(self) {
        self.held().track();
    }

    /// Reads the value, and is called again when it has changed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.held().with(read)
    }

    /// Reads the value once.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.held().with_untracked(read)
    }

    /// A copy of the value; called again when it has changed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value as it is now.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Shows something else.
    pub fn set(self, value: T) {
        self.held().set(value);
    }

    /// Changes what is shown.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.held().update(change);
    }

    /// Shows this instead, unless it is the same.
    pub fn replace(self, value: T)
    where
        T: PartialEq,
    {
        self.held().replace(value);
    }
}

impl<T: Default + 'static> Default for Shown<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}
