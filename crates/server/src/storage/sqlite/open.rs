//! Opening the file: settings of every connection, migrations, and a look at its health.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::fault::OpenFault;
use super::readers::Readers;
use super::writer::Writer;
use super::{SqliteStorage, migrations};

/// How the database is opened.
#[derive(Clone, Debug)]
pub struct SqliteOptions {
    /// How many reads may run at the same time.
    pub readers: usize,
    /// The most pages of 4 KiB the file may have; writes beyond are refused as "full".
    pub max_pages: Option<u32>,
    /// From how many pages on the log is moved into the file.
    pub large_log: u32,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self {
            readers: 4,
            max_pages: None,
            large_log: LARGE_LOG,
        }
    }
}

/// Files above this size are not read through at every start.
const CHECKED_UP_TO: u64 = 256 * 1024 * 1024;

/// 64 MiB. A busy server writes that in some seconds, and most of it is the same pages again.
const LARGE_LOG: u32 = 16_000;

/// Statements each connection keeps ready.
const STATEMENTS: usize = 96;

impl SqliteStorage {
    /// Opens the database in this file, or makes it.
    ///
    /// # Errors
    /// When it cannot be read or written, or was written by a newer program.
    pub fn open(path: &Path, options: &SqliteOptions) -> Result<Self, OpenFault> {
        let mut writer = connect(path)?;
        if let Some(pages) = options.max_pages {
            writer.pragma_update(None, "max_page_count", pages)?;
        }
        if std::fs::metadata(path).is_ok_and(|file| file.len() <= CHECKED_UP_TO) {
            check(&writer)?;
        }
        migrations::run(&mut writer)?;
        let readers = (0..options.readers.max(1))
            .map(|_| {
                let reader = connect(path)?;
                reader.pragma_update(None, "query_only", true)?;
                Ok(reader)
            })
            .collect::<Result<Vec<_>, OpenFault>>()?;
        Ok(Self {
            writer: Writer::new(writer, connect(path)?, options.large_log)?,
            readers: Readers::new(readers),
        })
    }
}

fn connect(path: &Path) -> Result<Connection, OpenFault> {
    // Each connection is used by one thread at a time, so SQLite's own locks are not needed.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn check(connection: &Connection) -> Result<(), OpenFault> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(OpenFault::Damaged(verdict))
    }
}
