//! Components both apps share, the bridge from core to signals, and catalogues.
//!
//! `kit` is dumb: strings and callbacks come in as props. `chat` knows view models, the
//! catalogue and the handle. Nothing here knows a socket. Every `view!` carries the scope class
//! `p`: without a scope class static markup would become innerHTML, which pages under Trusted
//! Types refuse.

#![expect(
    unreachable_pub,
    reason = "the component macro makes public items in private modules"
)]

pub mod bridge;
pub mod chat;
pub mod i18n;
pub mod kit;
#[cfg(test)]
mod tests;
