//! How far each side has received and read.
//!
//! Two positions a side instead of a mark a message: they only grow, so repeats and late
//! arrivals change nothing.

use serde::{Deserialize, Serialize};

use crate::seq::Position;

/// How far one side of a conversation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reached {
    /// Everything up to here is on a screen of theirs.
    pub delivered: Position,
    /// Everything up to here was in front of their eyes.
    pub read: Position,
}

wire!(Reached { delivered, read });

impl Reached {
    /// Takes the further of both, position by position.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            delivered: self.delivered.max(other.delivered),
            read: self.read.max(other.read),
        }
    }
}

/// Both sides of a conversation. Hidden participants count on neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipts {
    /// The visitor.
    pub visitor: Reached,
    /// The agents together.
    pub agents: Reached,
}

wire!(Receipts { visitor, agents });

impl Receipts {
    /// Takes the further of both, side by side.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            visitor: self.visitor.merge(other.visitor),
            agents: self.agents.merge(other.agents),
        }
    }
}
