//! What can go wrong in storage and in a use case.
//!
//! A [`Refusal`] is an answer and goes to the client as it is. A [`StorageError`] is a fault of
//! this server: its sentence is for the log, the client only gets a code.

use std::fmt;

use protocol::error::{ErrorCode, Refusal};

/// Why storage did not do what it was asked.
///
/// The text in each variant is one sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no room left; nothing was changed.
    Full(String),
    /// What is stored makes no sense.
    Damaged(String),
    /// What is stored was written by a newer version of this server.
    Newer(String),
    /// Storage is busy or closing; the same work may succeed later.
    Unavailable(String),
    /// The work itself asked for being undone; never seen outside `ports::storage`.
    Cancelled,
    /// Anything else.
    Other(String),
}

impl fmt::Display for StorageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(why) => write!(out, "storage is full: {why}"),
            Self::Damaged(why) => write!(out, "storage is damaged: {why}"),
            Self::Newer(why) => write!(out, "storage is of a newer version: {why}"),
            Self::Unavailable(why) => write!(out, "storage is not available: {why}"),
            Self::Cancelled => out.write_str("the work was cancelled"),
            Self::Other(why) => write!(out, "storage failed: {why}"),
        }
    }
}

impl std::error::Error for StorageError {}

/// Why a use case has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The caller may not, or asks for something that cannot be.
    Refused(Refusal),
    /// This server cannot at the moment; log it.
    Storage(StorageError),
}

impl Error {
    /// What the client is told.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal.clone(),
            Self::Storage(StorageError::Full(_)) => ErrorCode::StorageFull.into(),
            Self::Storage(StorageError::Unavailable(_)) => ErrorCode::Unavailable.into(),
            Self::Storage(_) => ErrorCode::Internal.into(),
        }
    }

    /// The code the client is told.
    pub fn code(&self) -> ErrorCode {
        self.refusal().code
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(out, "refused: {}", refusal.code.as_str()),
            Self::Storage(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Error {}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code.into())
    }
}
