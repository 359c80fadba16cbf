//! The connections that read: a few, each used by one read at a time.
//!
//! A read sees one state of the database throughout, because it runs in a transaction.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use server_core::error::StorageError;
use server_core::ports::storage::{ReadWork, Stored};

use super::fault::fault;
use super::work::Work;

pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    turn: AtomicUsize,
}

impl Readers {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        Self {
            connections: connections.into_iter().map(Mutex::new).collect(),
            turn: AtomicUsize::new(0),
        }
    }

    pub(super) fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        let connection = self
            .lend()
            .ok_or_else(|| StorageError::Other("there is no connection to read with".to_owned()))?;
        // Dropping the transaction ends it, also when the work panics; there is nothing to
        // commit.
        let transaction = connection
            .unchecked_transaction()
            .map_err(|error| fault(&error))?;
        work(&Work::new(&transaction))
    }

    /// An idle connection, or the first to become idle of those whose turn it is.
    fn lend(&self) -> Option<MutexGuard<'_, Connection>> {
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let count = self.connections.len();
        (0..count)
            .filter_map(|step| self.connections.get((first.wrapping_add(step)) % count))
            .find_map(|connection| connection.try_lock().ok())
            .or_else(|| {
                let connection = self.connections.get(first % count.max(1))?;
                Some(connection.lock().unwrap_or_else(PoisonError::into_inner))
            })
    }
}
