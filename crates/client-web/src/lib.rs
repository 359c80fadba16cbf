//! Hands in the browser: socket, timers, storage, page events.
//!
//! The core says what to do, this crate does it and reports what happened. It decides nothing
//! and retries nothing; only the names of browser interfaces live here.

mod arrival;
mod clock;
#[cfg(feature = "agent")]
pub mod desktop;
pub mod devices;
mod entropy;
pub mod files;
pub mod notify;
mod page;
#[cfg(feature = "agent")]
pub mod page_lock;
pub mod player;
pub mod recorder;
pub mod second;
mod shell;
mod socket;
mod storage;
mod timers;
mod upload;

pub use arrival::arrival;
pub use shell::{Config, Decode, Shell};
pub use upload::base;
