//! What frames cannot carry: pages, sign-in, and finding out about the server.

pub mod assets;
pub mod meta;
pub mod policy;
pub mod problem;
