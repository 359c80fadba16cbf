//! Every route of the router, asked over the network of a real server in this process.

mod assets;
mod meta;
mod sign_in;
mod socket;
mod support;
mod test_clock;
