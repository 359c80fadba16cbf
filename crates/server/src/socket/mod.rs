//! The socket that speaks the protocol: one task each.
//!
//! A frame is read, handed to the use cases on a blocking thread, and answered, one after the
//! other; entries of feeds are read from storage behind the socket's own cursors whenever the
//! hub says that there are some. A client that does not read holds up nobody but itself.

mod agent;
mod connection;
mod entries;
mod following;
mod goodbye;
mod greeting;
mod pulse;
mod reply;
mod screen;
mod upgrade;
mod visitor;
mod who;
mod wire;

pub use upgrade::upgrade;
