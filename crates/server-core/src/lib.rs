//! Use cases of the reference server and the ports they need.
//!
//! No HTTP, no SQL, no async, no JSON but that of chatbot scripts: a carrier calls
//! [`service::Service`] with a verified [`domain::Principal`], adapters implement [`ports`].
//! Invariant: every rule of the model is decided here, and each use case is one transaction
//! together with its feed entries.

#![warn(missing_docs)]

pub mod assignment;
pub mod conformance;
pub mod domain;
pub mod error;
pub mod forms;
pub mod hours;
pub mod memory;
pub mod ports;
mod rules;
pub mod script;
pub mod service;
pub mod session;
pub mod settings;
