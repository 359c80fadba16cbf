//! What frames cannot carry: pages, sign-in, and finding out about the server.

pub mod assets;
pub mod health;
pub mod meta;
pub mod policy;
pub mod problem;
pub mod sign_in;
#[cfg(feature = "test-clock")]
pub mod test_clock;
