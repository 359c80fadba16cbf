//! Business hours of a channel: when somebody is expected to be there.
//!
//! A time zone, intervals for each day of the week, and holidays. Invariant: an interval belongs
//! to the day on which it begins, also when it ends after midnight; a holiday replaces what
//! begins on its days and nothing else.

mod error;
mod form;
mod interval;
mod local;
mod schedule;
#[cfg(test)]
mod tests;

pub use error::HoursError;
pub use form::{HolidayForm, HoursForm, IntervalForm, WeekForm};
pub use schedule::Hours;
