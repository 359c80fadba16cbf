//! One file as an operator wrote it: whether it changed, what is in it, and what is wrong with it.

use std::fmt;
use std::fs::{File, metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use server_core::script::{FILE_BYTES, Problem};

/// What tells two versions of a file apart without reading them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    bytes: u64,
    written: (i64, i64),
    /// Copies can keep the time at which they were written, but not these two.
    changed: (i64, i64),
    node: u64,
}

impl Version {
    /// The version that lies there now, wherever a link leads.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let file = metadata(path)?;
        Ok(Self {
            bytes: file.size(),
            written: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
            node: file.ino(),
        })
    }
}

/// Reads a file and checks it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load<T>(
    path: &Path,
    check: impl FnOnce(&[u8]) -> Result<T, Vec<Problem>>,
) -> Result<T, FileFault> {
    let name = || path.display().to_string();
    let bytes = read(path).map_err(|source| FileFault::Unreadable {
        name: name(),
        source,
    })?;
    check(&bytes).map_err(|problems| FileFault::Problems {
        name: name(),
        problems,
    })
}

/// Reads one byte more than a file may have: enough for its check to refuse it.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    // Whoever opens a pipe waits until somebody writes into it.
    if !metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum FileFault {
    /// It cannot be read.
    Unreadable {
        /// The file, as it was named.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// What it says will not do.
    Problems {
        /// The file, as it was named.
        name: String,
        /// What is wrong, in the order of its lines.
        problems: Vec<Problem>,
    },
}

impl FileFault {
    /// A line for each thing that is wrong, of the form `FILE:LINE: sentence`.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Unreadable { name, source } => vec![format!("{name} cannot be read: {source}")],
            Self::Problems { name, problems } => problems
                .iter()
                .map(|problem| format!("{name}:{}: {}", problem.line, problem.sentence))
                .collect(),
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.lines().join("\n"))
    }
}

impl std::error::Error for FileFault {}
