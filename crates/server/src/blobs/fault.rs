//! What can go wrong with bytes.

use std::error::Error as StdError;
use std::io;

use server_core::error::{Error, StorageError};

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobFault {
    /// There is no room left.
    Full,
    /// There is nothing under the key.
    Missing,
    /// Anything else, one sentence for the operator.
    Other(String),
}

impl From<BlobFault> for Error {
    fn from(fault: BlobFault) -> Self {
        match fault {
            BlobFault::Full => StorageError::Full("the disk of the files".to_owned()).into(),
            BlobFault::Missing => {
                StorageError::Damaged("the bytes of a file are missing".to_owned()).into()
            }
            BlobFault::Other(why) => StorageError::Other(why).into(),
        }
    }
}

impl From<io::Error> for BlobFault {
    fn from(error: io::Error) -> Self {
        match is_full(&error) {
            true => Self::Full,
            false => Self::Other(error.to_string()),
        }
    }
}

/// The store's error in our words. That the disk is full stands somewhere below.
pub(super) fn fault(error: &object_store::Error) -> BlobFault {
    if let object_store::Error::NotFound { .. } = error {
        return BlobFault::Missing;
    }
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(is_full) {
            return BlobFault::Full;
        }
        cause = error.source();
    }
    BlobFault::Other(error.to_string())
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}
