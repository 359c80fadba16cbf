//! The chatbot: scripts as people write them, and how one runs.
//!
//! [`check`] turns a file into a [`Script`] or says everything that is wrong with it, line by
//! line. [`engine`] drives one visitor's [`Run`] through it, one [`Action`] at a time, so that a
//! use case can do each in a transaction of its own. Invariant: nothing here knows a clock,
//! storage or a network; the same run and the same facts give the same action, and a checked
//! script always comes to a question, a forward or its end.

mod check;
mod condition;
pub mod engine;
mod format;
mod model;
mod problem;
mod run;
mod schema;
mod source;
mod template;
#[cfg(test)]
mod tests;

pub use check::{FILE_BYTES, check};
pub use condition::{Condition, PagePattern};
pub use model::{Choice, Input, Kind, SKIP, Script, Step, Target, Texts, Typing};
pub use problem::Problem;
pub use run::{
    Action, AnswerId, Answered, Asked, Button, ContactFacts, Expects, Facts, Place, Run, Status,
    StepId,
};
pub use schema::{document as schema, renew_tables};
