//! Whole stories on a real server, without a browser.

pub mod soak;
