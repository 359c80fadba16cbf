//! Whole stories on a real server, without a browser.

pub mod assignment;
pub mod files;
pub mod load;
pub mod soak;
