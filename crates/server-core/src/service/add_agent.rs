//! An operator lets somebody sign in.

use std::fmt;

use protocol::author::AgentRef;
use protocol::ids::{AgentId, ChannelId};

use super::Service;
use super::sign_in::{LONGEST_EMAIL, LONGEST_PASSWORD, canonical_email};
use crate::domain::{AgentProfile, AgentRecord, AgentRole};
use crate::error::{Error, StorageError};

/// Shorter passwords are guessed.
const SHORTEST_PASSWORD: usize = 8;

/// An agent to be.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAgent {
    /// Their e-mail address.
    pub email: String,
    /// Name to show.
    pub name: String,
    /// Their password.
    pub password: String,
    /// What they may do.
    pub role: AgentRole,
    /// How much work they take, and of which kind.
    pub profile: AgentProfile,
    /// Where they answer; empty means in every channel there is.
    pub channels: Vec<ChannelId>,
}

/// Why an agent was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddAgentError {
    /// The e-mail address is none.
    NotAnEmail,
    /// Somebody has the e-mail address.
    EmailTaken,
    /// The name is empty.
    NameMissing,
    /// The password is too short or too long.
    UnfitPassword,
    /// There is no such channel.
    UnknownChannel(ChannelId),
    /// Storage failed.
    Storage(Error),
}

impl fmt::Display for AddAgentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnEmail => out.write_str("this is not an e-mail address"),
            Self::EmailTaken => out.write_str("somebody has this e-mail address already"),
            Self::NameMissing => out.write_str("the agent needs a name"),
            Self::UnfitPassword => write!(
                out,
                "the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} bytes"
            ),
            Self::UnknownChannel(id) => write!(out, "there is no channel {id}"),
            Self::Storage(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for AddAgentError {}

impl From<Error> for AddAgentError {
    fn from(error: Error) -> Self {
        Self::Storage(error)
    }
}

impl Service {
    /// Adds an agent.
    pub fn add_agent(&self, new: &NewAgent) -> Result<AgentRef, AddAgentError> {
        let email = canonical_email(&new.email);
        let name = new.name.trim();
        if !is_email(&email) {
            return Err(AddAgentError::NotAnEmail);
        }
        if name.is_empty() {
            return Err(AddAgentError::NameMissing);
        }
        if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&new.password.len()) {
            return Err(AddAgentError::UnfitPassword);
        }
        // Slow, so it is done before the transaction.
        let password_hash = self.ports.credentials.hash_password(&new.password);
        self.change(|change| {
            if change.tx.agent_by_email(&email)?.is_some() {
                return Ok(Err(AddAgentError::EmailTaken));
            }
            let known = change.tx.channels()?;
            let known: Vec<_> = known.into_iter().map(|channel| channel.id).collect();
            if let Some(unknown) = new.channels.iter().find(|id| !known.contains(id)) {
                return Ok(Err(AddAgentError::UnknownChannel(unknown.clone())));
            }
            let id = AgentId::parse(&change.name())
                .ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?;
            let record = AgentRecord {
                id,
                email: email.clone(),
                name: name.to_owned(),
                password_hash,
                role: new.role,
                profile: new.profile.clone(),
                created_at: change.now,
            };
            change.tx.put_agent(&record)?;
            let channels = match new.channels.is_empty() {
                true => &known,
                false => &new.channels,
            };
            for channel in channels {
                change.tx.put_channel_agent(channel, &record.id)?;
            }
            Ok(Ok(record.to_ref()))
        })?
    }
}

/// Only what is surely none is refused; whether mail arrives is not known before it is sent.
fn is_email(text: &str) -> bool {
    let plain = !text
        .chars()
        .any(|sign| sign.is_whitespace() || sign.is_control());
    let parts = text.rsplit_once('@');
    plain
        && text.len() <= LONGEST_EMAIL
        && parts.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty())
}
