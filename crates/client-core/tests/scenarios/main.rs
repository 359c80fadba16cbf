//! The life of a client, told step by step: what comes in, what the core wants, what shows.

#![allow(clippy::unwrap_used, clippy::panic)]

#[cfg(feature = "agent")]
mod answers;
mod attaching;
mod attaching_at_random;
#[cfg(feature = "agent")]
mod attaching_to_notes;
#[cfg(feature = "agent")]
mod attending;
mod changing;
#[cfg(feature = "agent")]
mod changing_notes;
mod chatting_with_bot;
mod client;
mod completing;
mod connecting;
#[cfg(feature = "agent")]
mod desk;
mod drafting;
mod filling_in;
#[cfg(feature = "agent")]
mod helping;
mod neighbours;
#[cfg(feature = "agent")]
mod notes;
#[cfg(feature = "agent")]
mod panel;
mod reading;
mod resuming;
mod sending;
#[cfg(feature = "agent")]
mod shared_notes;
mod speaking;
mod typing;
mod visiting;
mod waiting;
