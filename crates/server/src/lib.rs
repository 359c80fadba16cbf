//! The reference server: one binary with everything embedded.
//!
//! Handlers parse, call a use case of `server_core` and answer; they decide nothing. What is
//! kept lies in one data folder.

pub mod admin;
pub mod blobs;
pub mod channel_check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod country;
pub mod credentials;
pub mod data;
mod dispatcher;
pub mod error;
pub mod extract;
pub mod files;
pub mod fill;
pub mod handles;
pub mod http;
pub mod hub;
pub mod links;
pub mod listen;
pub mod offer_options;
pub mod router;
pub mod script_check;
pub mod session_options;
pub mod signing;
pub mod sites;
pub mod socket;
pub mod start;
pub mod state;
pub mod storage;
pub mod telemetry;
pub mod tokens;
pub mod upload_options;
pub mod uploads;

pub use start::{RunningServer, start};
