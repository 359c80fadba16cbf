//! Why the server did not start, one sentence each.
//!
//! These sentences are the only ones a person at a terminal sees; each names the thing to mend.
//! Refusals on the wire are codes of the protocol and are made where they arise.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::country::CountryError;

/// A server that could not be started.
#[derive(Debug)]
pub enum StartError {
    /// A setting makes no sense.
    Config {
        /// Which, and why.
        detail: String,
    },
    /// Countries cannot be found as the settings want it.
    Country(CountryError),
    /// Another program listens there.
    PortTaken {
        /// Where.
        listen: String,
    },
    /// The address cannot be listened on.
    Listen {
        /// Where.
        listen: String,
        /// What the system says.
        source: io::Error,
    },
    /// The data folder cannot be made or written.
    DataFolder {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another server uses the data folder.
    DataInUse {
        /// Which.
        path: PathBuf,
    },
    /// The database cannot be read.
    DatabaseDamaged {
        /// Which file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// A later version wrote the database.
    DatabaseNewer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// There is no room left to write.
    DiskFull {
        /// Where.
        path: PathBuf,
    },
    /// The database answers with another fault.
    Database {
        /// Which file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// An account could not be added.
    Account {
        /// Why.
        detail: String,
    },
    /// A channel could not be added.
    Channel {
        /// Why.
        detail: String,
    },
    /// A team could not be added.
    Team {
        /// Why.
        detail: String,
    },
    /// Conversations could not be made up.
    Fill {
        /// Why.
        detail: String,
    },
    /// The channels could not be read.
    Channels {
        /// Why.
        detail: String,
    },
    /// The teams could not be read.
    Teams {
        /// Why.
        detail: String,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { detail } => write!(out, "A setting makes no sense: {detail}."),
            Self::Country(error) => error.fmt(out),
            Self::PortTaken { listen } => write!(
                out,
                "Another program already listens on {listen}; stop it or choose another address with --listen."
            ),
            Self::Listen { listen, source } => {
                write!(out, "The server cannot listen on {listen}: {source}.")
            }
            Self::DataFolder { path, source } => write!(
                out,
                "The data folder {} cannot be written: {source}.",
                path.display()
            ),
            Self::DataInUse { path } => write!(
                out,
                "Another parlour already uses the data folder {}; stop it or choose another one with --data.",
                path.display()
            ),
            Self::DatabaseDamaged { path, detail } => write!(
                out,
                "The database {} is damaged ({detail}); restore it from a backup.",
                path.display()
            ),
            Self::DatabaseNewer { path, found, known } => write!(
                out,
                "The database {} was written by a newer parlour (version {found}, this one knows {known}); install the newer one.",
                path.display()
            ),
            Self::DiskFull { path } => write!(
                out,
                "There is no room left on the disk of {}; free some and start again.",
                path.display()
            ),
            Self::Database { path, detail } => write!(
                out,
                "The database {} cannot be used: {detail}.",
                path.display()
            ),
            Self::Account { detail } => write!(out, "The account was not added: {detail}."),
            Self::Channel { detail } => write!(out, "The channel was not added: {detail}."),
            Self::Team { detail } => write!(out, "The team was not added: {detail}."),
            Self::Fill { detail } => write!(out, "Nothing was filled in: {detail}."),
            Self::Channels { detail } => {
                write!(out, "The channels could not be read: {detail}.")
            }
            Self::Teams { detail } => write!(out, "The teams could not be read: {detail}."),
        }
    }
}

impl From<CountryError> for StartError {
    fn from(error: CountryError) -> Self {
        Self::Country(error)
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Country(error) => error.source(),
            Self::Listen { source, .. } | Self::DataFolder { source, .. } => Some(source),
            _ => None,
        }
    }
}
