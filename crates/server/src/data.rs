//! The data folder: made when missing, tried out, and kept to one server at a time.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::StartError;
use crate::storage::sqlite::{OpenFault, SqliteOptions, SqliteStorage};

/// A data folder that is ours as long as this lives.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Takes the folder.
    ///
    /// # Errors
    /// When it cannot be written, or another server has it.
    pub fn take(path: &Path) -> Result<Self, StartError> {
        let fault = |source: io::Error| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StartError::DiskFull {
                path: path.to_owned(),
            },
            _ => StartError::DataFolder {
                path: path.to_owned(),
                source,
            },
        };
        std::fs::create_dir_all(path).map_err(fault)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("parlour.lock"))
            .map_err(fault)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StartError::DataInUse {
                    path: path.to_owned(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        }
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// Opens the database in it.
    ///
    /// # Errors
    /// When it is damaged, of a newer program, or cannot be written.
    pub fn open_database(&self, options: &SqliteOptions) -> Result<SqliteStorage, StartError> {
        let path = self.path.join("parlour.db");
        SqliteStorage::open(&path, options).map_err(|fault| match fault {
            OpenFault::Newer { found, known } => StartError::DatabaseNewer { path, found, known },
            OpenFault::Damaged(detail) => StartError::DatabaseDamaged { path, detail },
            OpenFault::Full => StartError::DiskFull { path },
            OpenFault::Other(detail) => StartError::Database { path, detail },
        })
    }
}
