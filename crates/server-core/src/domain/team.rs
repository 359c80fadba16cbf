//! Teams: named groups of agents. Who is in one is kept beside it, member by member, so that two
//! operators who add people at once do not undo each other.

use protocol::agent::TeamRef;
use protocol::ids::TeamId;

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRecord {
    /// Which one.
    pub id: TeamId,
    /// Its name, which agents write to mention it.
    pub name: String,
}

impl TeamRecord {
    /// The team as agents see it.
    pub fn to_ref(&self) -> TeamRef {
        TeamRef {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}
