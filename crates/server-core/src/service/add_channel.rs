//! An operator sets up a channel.

use std::fmt;

use protocol::hello::ChannelRef;
use protocol::ids::{ChannelId, SiteKey};

use super::Service;
use crate::domain::{ChannelRecord, ChannelSettings};
use crate::error::{Error, StorageError};

/// A channel to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChannel {
    /// Its public key for `data-site`.
    pub site: SiteKey,
    /// Its name.
    pub name: String,
    /// Origins whose pages may use it; empty means any.
    pub allowed_origins: Vec<String>,
}

/// Why a channel was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddChannelError {
    /// The name is empty.
    NameMissing,
    /// Another channel has the site key.
    SiteTaken,
    /// Storage failed.
    Storage(Error),
}

impl fmt::Display for AddChannelError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameMissing => out.write_str("the channel needs a name"),
            Self::SiteTaken => out.write_str("another channel has this site key"),
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
    /// Adds a channel in which nobody answers yet.
    pub fn add_channel(&self, new: &NewChannel) -> Result<ChannelRef, AddChannelError> {
        let name = new.name.trim();
        if name.is_empty() {
            return Err(AddChannelError::NameMissing);
        }
        let added = self.change(|change| {
            if change.tx.channel_by_site(&new.site)?.is_some() {
                return Ok(None);
            }
            let id = ChannelId::parse(&change.name())
                .ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?;
            let record = ChannelRecord {
                id,
                site: new.site.clone(),
                name: name.to_owned(),
                allowed_origins: new.allowed_origins.clone(),
                settings: ChannelSettings::default(),
            };
            change.tx.put_channel(&record)?;
            Ok(Some(record.to_ref()))
        })?;
        added.ok_or(AddChannelError::SiteTaken)
    }
}
