//! Every word on the wire, and nothing else.
//!
//! This crate is the only source of Parlour's JSON: clients, the reference server, the
//! schemas and the documentation all read it from here. It does no I/O, knows no clock and
//! no browser. What has no fixture under `fixtures/` is not part of the protocol.

#![warn(missing_docs)]

#[macro_use]
mod json;
#[macro_use]
mod open_enum;
#[macro_use]
pub mod codec;

pub mod agent;
pub mod attachment;
pub mod author;
pub mod chatbot;
pub mod conversation;
pub mod digits;
pub mod error;
pub mod feed;
pub mod form;
pub mod hello;
pub mod http;
pub mod ids;
pub mod letters;
pub mod limits;
pub mod message;
pub mod receipt;
#[cfg(feature = "schema")]
pub mod schema;
pub mod seq;
pub mod session;
pub mod time;
pub mod typing;
pub mod version;
pub mod visitor;
