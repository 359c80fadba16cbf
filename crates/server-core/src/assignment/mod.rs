//! Assignment: which agent is offered which waiting session, and why. `docs/assignment.md` tells
//! the same in words, with the figures of a simulation.
//!
//! Pure: facts about agents and sessions go in, choices come out; time and chance are passed in.
//! Invariant: after [`Board::next`] has answered nothing, no session waits that some agent may
//! take.

mod agent;
mod board;
mod choice;
mod desk;
mod pace;
mod rules;
mod score;
mod session;
#[cfg(test)]
mod tests;

pub use agent::{AgentStanding, Readiness};
pub use board::{Board, Place};
pub use choice::{Choice, choose};
pub use pace::Pace;
pub use rules::Rules;
pub use score::{Reason, Score};
pub use session::{Turn, Turns, WaitingSession};
