//! The chatbot as its visitor meets it: the greeting before anything is stored, and the question
//! that waits for an answer.
//!
//! Everything else the chatbot says is messages like any other.

mod greeting;
mod question;

pub(crate) use greeting::Greeting;
pub(crate) use question::{find, newest_open};
