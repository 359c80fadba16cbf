//! Assignment under load: a simulation whose figures stand in `docs/assignment.md`, and the time
//! one decision takes.
//!
//! The simulation has a clock and a source of chance of its own: the same seed gives the same
//! figures on every machine, down to the last digit. Only [`bench`] and [`storage`] look at a real clock.

pub mod bench;
mod chance;
mod deal;
mod figures;
mod page;
mod play;
pub mod storage;
mod world;

pub use figures::Figures;
pub use page::{renew, tables};
pub use play::play;
pub use world::World;

/// Who decides in a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dealer {
    /// The board of `server_core::assignment`.
    Board,
    /// The next agent in a fixed circle who has room, whatever they know.
    RoundRobin,
}
