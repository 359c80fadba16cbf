//! Teams: named groups of agents, as agents are told of them.
//!
//! Invariant: the visitors' half has no word for teams, neither for their names nor for there being
//! any.

use serde::{Deserialize, Serialize};

use crate::ids::TeamId;

/// A team by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamRef {
    /// Which one.
    pub id: TeamId,
    /// What it is called.
    pub name: String,
}

wire!(TeamRef { id, name });

/// A team that notes of a conversation may mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Team {
    /// Which one.
    pub id: TeamId,
    /// What it is called.
    pub name: String,
    /// How many of its members may see the conversation, the agent who reads this counted, too.
    pub people: u32,
}

wire!(Team { id, name, people });
