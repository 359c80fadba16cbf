//! Components both apps share, the bridge from core to signals, and catalogues.
//!
//! `kit` is dumb: strings and callbacks come in as props. `chat` knows view models, the
//! catalogue and the handle. Both are built from `dom`. Nothing here knows a socket.

#![expect(
    unreachable_pub,
    reason = "the component macro makes public items in private modules"
)]

pub mod bridge;
mod characters;
pub mod chat;
pub mod dom;
pub mod i18n;
pub mod kit;
pub mod second;
pub mod shown;
#[cfg(test)]
mod tests;
