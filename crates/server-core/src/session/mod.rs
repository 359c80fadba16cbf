//! The machine of sessions, offers and participants: where each can stand, what leads where, and what an
//! agent can do about a session now.
//!
//! Pure and without storage: `rules::standing` gathers the facts, use cases ask [`check`] before they
//! act, and screens are told what [`actions`] says, so that a button and a refusal never disagree.
//! `docs/sessions.md` shows the tables of this module.

mod action;
mod machine;
mod outcome;
mod tables;
#[cfg(test)]
mod tests;

pub use action::{Part, Situation, actions, allowed, check};
pub use machine::{
    OFFERS, OfferStep, PARTICIPANTS, ParticipantStep, Participation, SESSIONS, SessionStep,
    leads_to,
};
pub use outcome::outcome;
pub use tables::renew_tables;
