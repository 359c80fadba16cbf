//! What the person sent and the server has not acknowledged.
//!
//! `queue` holds messages: stored before they are sent, first in first out, one on its way in
//! each conversation. `neighbours` holds those of other pages until one is closed without having
//! sent them. `upload` and `uploads` bring the files of messages. `errands` holds the small commands that need no storage.

mod answers;
mod changes;
mod entry;
pub(crate) mod errands;
pub(crate) mod extras;
mod neighbours;
mod queue;
mod saved;
#[cfg(test)]
mod tests;
pub(crate) mod upload;
mod uploads;

pub(crate) use entry::{Entry, EntryState};
pub(crate) use extras::{Change, Extras};
pub(crate) use queue::Outbox;
