//! The visitor's app: everything inside the panel that the loader drew.
//!
//! The loader (`public/parlour.js`) brings this module when the visitor acts, gives it the
//! panel's box through [`host`] and tells it when the panel opens and closes. Invariant: this
//! app touches nothing outside that box.

#![expect(
    unreachable_pub,
    reason = "exports to JavaScript and the properties of components are made pub by their macros"
)]
// The loader starts the app through its exports. A `main` would bring the standard library's own
// start, with its arguments and its thread, for nothing.
#![cfg_attr(all(target_family = "wasm", not(test)), no_main)]

mod app;
mod boot;
mod host;
mod panel;
mod voice;

#[cfg(not(all(target_family = "wasm", not(test))))]
fn main() {}
