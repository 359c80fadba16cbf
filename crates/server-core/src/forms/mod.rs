//! Forms before a conversation and when nobody is there: fields that an operator chooses, and
//! the check of what a visitor fills in.
//!
//! Invariant: a [`Form`] always makes sense, and a value it accepts is one of its fields' values
//! in the form that is kept.

mod check;
mod error;
mod field;
#[cfg(test)]
mod tests;

pub use check::{Filled, Form, MOST_SUBMITTED};
pub use error::{FieldFault, FormError};
pub use field::{ChoiceOption, Field, FieldKind, FormFields};
