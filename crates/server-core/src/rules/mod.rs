//! Rules that several use cases share, each in one place.

pub(crate) mod access;
pub(crate) mod attendance;
pub(crate) mod change;
pub(crate) mod edit;
pub(crate) mod guesses;
pub(crate) mod rates;
pub(crate) mod view;
