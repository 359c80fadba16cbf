//! Rules that several use cases share, each in one place.

pub(crate) mod access;
pub(crate) mod attaching;
pub(crate) mod attendance;
pub(crate) mod availability;
pub(crate) mod change;
pub(crate) mod chatbot;
pub(crate) mod edit;
pub(crate) mod ending;
pub(crate) mod expertise;
pub(crate) mod guesses;
pub(crate) mod help;
pub(crate) mod line;
pub(crate) mod mentioning;
pub(crate) mod offering;
pub(crate) mod places;
pub(crate) mod presence;
pub(crate) mod quoting;
pub(crate) mod rates;
pub(crate) mod revising;
pub(crate) mod scripts;
pub(crate) mod standing;
pub(crate) mod view;
pub(crate) mod waiting;
