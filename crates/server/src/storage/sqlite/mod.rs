//! The embedded database: SQLite in one file, in WAL mode, every commit on the disk.
//!
//! One connection writes, a few read; readers never wait for the writer. Invariant: when a
//! write has returned, a crash of process or machine does not undo it (`synchronous = FULL`).
//! There are no rules here, only records; `server_core::conformance` is the judge.

mod agents;
mod answers;
mod attachments;
mod channels;
mod chatbots;
mod checkpoints;
mod contacts;
mod conversations;
mod fault;
mod feeds;
mod mentions;
mod messages;
mod meta;
mod migrations;
mod offers;
mod open;
mod readers;
mod row;
mod shared_notes;
mod teams;
mod work;
mod writer;

#[cfg(test)]
mod tests;

pub use fault::OpenFault;
pub use open::SqliteOptions;

use server_core::ports::Storage;
use server_core::ports::storage::{ReadWork, Stored, WriteWork};

use readers::Readers;
use writer::Writer;

/// Records in a SQLite file.
pub struct SqliteStorage {
    writer: Writer,
    readers: Readers,
}

impl Storage for SqliteStorage {
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        self.readers.read(work)
    }

    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.writer.write(work)
    }
}
