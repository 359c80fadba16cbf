//! What SQLite's errors mean to the rest of the server.

use std::fmt;

use rusqlite::{Error, ErrorCode};
use server_core::error::StorageError;

/// Sorts an error by what can be done about it.
pub(super) fn fault(error: &Error) -> StorageError {
    let why = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StorageError::Full(why),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StorageError::Damaged(why),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageError::Unavailable(why),
        Some(_) => StorageError::Other(why),
        None => match error {
            // A stored word that is none of ours.
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::IntegralValueOutOfRange(..) => StorageError::Damaged(why),
            _ => StorageError::Other(why),
        },
    }
}

/// Why a database could not be opened.
#[derive(Debug, PartialEq, Eq)]
pub enum OpenFault {
    /// A newer program wrote it.
    Newer {
        /// Its version.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// It cannot be read.
    Damaged(String),
    /// There is no room to write.
    Full,
    /// Anything else.
    Other(String),
}

impl From<Error> for OpenFault {
    fn from(error: Error) -> Self {
        match fault(&error) {
            StorageError::Full(_) => Self::Full,
            StorageError::Damaged(why) => Self::Damaged(why),
            other => Self::Other(other.to_string()),
        }
    }
}

impl fmt::Display for OpenFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { found, known } => write!(out, "version {found} is newer than {known}"),
            Self::Damaged(why) | Self::Other(why) => out.write_str(why),
            Self::Full => out.write_str("the disk is full"),
        }
    }
}
