//! Whole stories on a real server, without a browser.

pub mod load;
pub mod soak;
