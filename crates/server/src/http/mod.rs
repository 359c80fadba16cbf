//! What frames cannot carry: pages, sign-in, bytes of files, and finding out about the server.

pub mod assets;
pub mod cors;
pub mod files;
pub mod health;
pub mod meta;
pub mod policy;
pub mod problem;
mod range;
pub mod sign_in;
#[cfg(feature = "test-clock")]
pub mod test_clock;
pub mod uploads;
