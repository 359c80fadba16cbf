//! An operator sets up a team.
//!
//! Invariant: no two teams have one name, however it is written, because a name is all that agents
//! write to mention one.

use std::fmt;

use protocol::ids::TeamId;

use super::Service;
use super::sign_in::canonical_email;
use crate::domain::{AgentRecord, TeamRecord};
use crate::error::{Error, StorageError};

/// Longest name, in characters.
const NAME: usize = 60;

/// A team to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTeam {
    /// Its name.
    pub name: String,
    /// E-mail addresses of the agents in it.
    pub members: Vec<String>,
}

/// Why a team was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddTeamError {
    /// The name is empty.
    NameMissing,
    /// The name is too long, or not one line.
    NameUnfit,
    /// Another team has the name.
    NameTaken,
    /// Nobody would be in it.
    Empty,
    /// Nobody signs in with this e-mail address.
    UnknownAgent(String),
    /// Storage failed.
    Storage(Error),
}

impl fmt::Display for AddTeamError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameMissing => out.write_str("the team needs a name"),
            Self::NameUnfit => write!(out, "a name is one line of at most {NAME} characters"),
            Self::NameTaken => out.write_str("another team has this name"),
            Self::Empty => out.write_str("the team needs a member"),
            Self::UnknownAgent(email) => write!(out, "nobody signs in as {email}"),
            Self::Storage(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for AddTeamError {}

impl From<Error> for AddTeamError {
    fn from(error: Error) -> Self {
        Self::Storage(error)
    }
}

impl Service {
    /// Adds a team.
    pub fn add_team(&self, new: &NewTeam) -> Result<TeamRecord, AddTeamError> {
        let name = new.name.trim();
        if name.is_empty() {
            return Err(AddTeamError::NameMissing);
        }
        if name.chars().count() > NAME || name.contains(char::is_control) {
            return Err(AddTeamError::NameUnfit);
        }
        if new.members.is_empty() {
            return Err(AddTeamError::Empty);
        }
        self.change(|change| {
            let is_it = |team: &TeamRecord| team.name.to_lowercase() == name.to_lowercase();
            if change.tx.teams()?.iter().any(is_it) {
                return Ok(Err(AddTeamError::NameTaken));
            }
            let mut members = Vec::new();
            for email in &new.members {
                match change.tx.agent_by_email(&canonical_email(email))? {
                    Some(agent) => members.push(agent.id),
                    None => return Ok(Err(AddTeamError::UnknownAgent(email.clone()))),
                }
            }
            let record = TeamRecord {
                id: TeamId::parse(&change.name())
                    .ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?,
                name: name.to_owned(),
            };
            change.tx.put_team(&record)?;
            for member in members {
                change.tx.put_team_member(&record.id, &member)?;
            }
            Ok(Ok(record))
        })?
    }

    /// All teams by name, each with its members.
    pub fn teams(&self) -> Result<Vec<(TeamRecord, Vec<AgentRecord>)>, Error> {
        self.look(|reading| {
            let mut teams = Vec::new();
            for team in reading.teams()? {
                let mut members = Vec::new();
                for id in reading.team_members(&team.id)? {
                    members.extend(reading.agent(&id)?);
                }
                teams.push((team, members));
            }
            teams.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
            Ok(teams)
        })
    }
}
