//! The visitor's app: everything inside the panel that the loader drew.
//!
//! The loader (`public/parlour.js`) brings this module when the visitor acts, gives it the
//! panel's box through [`host`] and tells it when the panel opens and closes. Invariant: this
//! app touches nothing outside that box.

#![expect(
    unreachable_pub,
    reason = "exports to JavaScript and the properties of components are made pub by their macros"
)]

mod app;
mod boot;
mod host;
mod panel;

fn main() {}
