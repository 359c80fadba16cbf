//! What a chat client knows and wants, without browser, clock, randomness or async.
//!
//! Inputs come in ([`Input`]), effects go out ([`Effect`]), screens read views ([`view`]). The
//! same core serves the widget and, with the feature `agent`, the agents' app.

#![warn(missing_docs)]

mod chatbot;
mod composer;
mod connection;
mod core;
#[cfg(feature = "agent")]
mod desk;
mod effect;
mod event;
mod form;
mod incoming;
mod links;
#[cfg(feature = "agent")]
mod mentions;
mod outbox;
mod outgoing;
pub mod playback;
mod receipts;
pub mod recording;
#[cfg(feature = "agent")]
mod roster;
mod session;
#[cfg(feature = "agent")]
mod shared_notes;
mod side;
mod state;
mod timeline;
mod turn;
mod typing;
mod update;
pub mod view;
mod waiting;

#[cfg(feature = "agent")]
pub use crate::composer::Mode;
pub use crate::composer::Place;
pub use crate::core::Core;
pub use effect::{Alert, Effect, Slice, Timer};
pub use event::{Arrival, Event, Input, Intent, LocalFile, Saved};
pub use incoming::Incoming;
pub use outgoing::Outgoing;
pub use side::Side;
