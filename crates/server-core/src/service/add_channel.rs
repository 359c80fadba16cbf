//! An operator sets up a channel.
//!
//! Invariant: an allowed origin is kept as browsers write it, because it is compared with what
//! they send.

use std::fmt;

use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ChannelId, SiteKey};

use super::Service;
use super::sign_in::canonical_email;
use crate::domain::{ChannelRecord, ChannelSettings};
use crate::error::{Error, StorageError};
use crate::ports::storage::{Reading, Stored};
use crate::rules::change::fresh_name;

/// Digits of a key that was drawn.
const SITE_KEY: usize = 12;

/// A channel to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChannel {
    /// Its public key for `data-site`.
    pub site: SiteKey,
    /// Its name.
    pub name: String,
    /// Origins whose pages may use it; empty means any.
    pub allowed_origins: Vec<String>,
    /// Who answers in it.
    pub agents: Answering,
}

/// Which agents answer in a new channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// None so far.
    Nobody,
    /// All there are now.
    Everybody,
    /// Those with these e-mail addresses.
    These(Vec<String>),
}

/// Why a channel was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddChannelError {
    /// The name is empty.
    NameMissing,
    /// Another channel has the site key.
    SiteTaken,
    /// This is not what browsers name as a page's origin.
    NotAnOrigin(String),
    /// Nobody signs in with this e-mail address.
    UnknownAgent(String),
    /// Storage failed.
    Storage(Error),
}

impl fmt::Display for AddChannelError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameMissing => out.write_str("the channel needs a name"),
            Self::SiteTaken => out.write_str("another channel has this site key"),
            Self::NotAnOrigin(text) => write!(
                out,
                "`{text}` is no origin of the form https://shop.example, without a path"
            ),
            Self::UnknownAgent(email) => write!(out, "nobody signs in as {email}"),
            Self::Storage(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for AddChannelError {}

impl From<Error> for AddChannelError {
    fn from(error: Error) -> Self {
        Self::Storage(error)
    }
}

impl Service {
    /// Adds a channel.
    pub fn add_channel(&self, new: &NewChannel) -> Result<ChannelRef, AddChannelError> {
        let name = new.name.trim();
        if name.is_empty() {
            return Err(AddChannelError::NameMissing);
        }
        let origins = new
            .allowed_origins
            .iter()
            .map(|text| canonical_origin(text));
        let origins = origins.collect::<Result<Vec<_>, _>>()?;
        self.change(|change| {
            if change.tx.channel_by_site(&new.site)?.is_some() {
                return Ok(Err(AddChannelError::SiteTaken));
            }
            let answering = match answering(change.reading(), &new.agents)? {
                Ok(agents) => agents,
                Err(error) => return Ok(Err(error)),
            };
            let id = ChannelId::parse(&change.name())
                .ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?;
            let record = ChannelRecord {
                id,
                site: new.site.clone(),
                name: name.to_owned(),
                allowed_origins: origins,
                settings: ChannelSettings::default(),
            };
            change.tx.put_channel(&record)?;
            for agent in answering {
                change.tx.put_channel_agent(&record.id, &agent)?;
            }
            Ok(Ok(record.to_ref()))
        })?
    }

    /// A key for `data-site` that nobody has: for operators who have no wish.
    pub fn fresh_site_key(&self) -> Result<SiteKey, Error> {
        let name = fresh_name(&*self.ports.entropy);
        let key = name.get(..SITE_KEY).and_then(SiteKey::parse);
        Ok(key.ok_or_else(|| StorageError::Other("a fresh name is no key".to_owned()))?)
    }

    /// All channels.
    pub fn channels(&self) -> Result<Vec<ChannelRecord>, Error> {
        self.look(|reading| Ok(reading.channels()?))
    }
}

fn answering(
    reading: &dyn Reading,
    wanted: &Answering,
) -> Stored<Result<Vec<AgentId>, AddChannelError>> {
    let emails = match wanted {
        Answering::Nobody => return Ok(Ok(Vec::new())),
        Answering::Everybody => {
            let agents = reading.agents()?.into_iter();
            return Ok(Ok(agents.map(|agent| agent.id).collect()));
        }
        Answering::These(emails) => emails,
    };
    let mut agents = Vec::new();
    for email in emails {
        match reading.agent_by_email(&canonical_email(email))? {
            Some(agent) => agents.push(agent.id),
            None => return Ok(Err(AddChannelError::UnknownAgent(email.clone()))),
        }
    }
    Ok(Ok(agents))
}

/// Scheme, host and port, in lower case.
fn canonical_origin(text: &str) -> Result<String, AddChannelError> {
    let origin = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let is_host = |host: &str| {
        let foreign = |sign: char| sign.is_whitespace() || sign.is_control();
        !host.is_empty()
            && !host.contains(['/', '?', '#', '@', '*', ','])
            && !host.contains(foreign)
    };
    match host.is_some_and(is_host) {
        true => Ok(origin),
        false => Err(AddChannelError::NotAnOrigin(text.to_owned())),
    }
}
