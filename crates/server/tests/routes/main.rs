//! Every route of the router, asked over the network of a real server in this process.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; so have its helpers"
)]

mod assets;
mod files;
mod meta;
mod sign_in;
mod socket;
mod support;
mod test_clock;
