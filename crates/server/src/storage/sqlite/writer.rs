//! The one connection that writes, and commits shared by those who wait for it.
//!
//! A commit costs one sync of the disk. Works that queue up while it runs are carried out one
//! after another, each in a savepoint of its own, and then committed together: whoever finds
//! nobody queued behind commits for all. Invariant: `write` returns only after the commit that
//! holds its work has ended, and an error of one work undoes that work alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::Connection;
use server_core::error::StorageError;
use server_core::ports::storage::{Stored, WriteWork};

use super::checkpoints::Checkpoints;
use super::fault::fault;
use super::work::Work;

/// How many works share a commit at most, so that the first need not wait for ever.
const MOST_IN_A_BATCH: usize = 64;

pub(super) struct Writer {
    state: Mutex<State>,
    /// How many threads want the state for a new work.
    queued: AtomicUsize,
    concluded: Condvar,
    checkpoints: Checkpoints,
}

struct State {
    connection: Connection,
    batch: Option<OpenBatch>,
}

struct OpenBatch {
    outcome: Arc<OnceLock<Stored<()>>>,
    works: usize,
}

impl Writer {
    pub(super) fn new(connection: Connection, checkpoints: Checkpoints) -> Self {
        Self {
            state: Mutex::new(State {
                connection,
                batch: None,
            }),
            queued: AtomicUsize::new(0),
            concluded: Condvar::new(),
            checkpoints,
        }
    }

    pub(super) fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.queued.fetch_add(1, Ordering::SeqCst);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.queued.fetch_sub(1, Ordering::SeqCst);

        let outcome = state.begin()?;
        let (done, batch_is_whole) = state.carry_out(work);
        if !batch_is_whole {
            let why = done.clone().err();
            let why = why.unwrap_or_else(|| StorageError::Other("the batch was undone".to_owned()));
            self.give_up(&mut state, why);
        } else if state.is_large() || self.queued.load(Ordering::SeqCst) == 0 {
            self.commit(&mut state);
        }
        done?;
        self.wait(state, &outcome)
    }

    /// Waits for the end of the batch. If it is still open, somebody is queued and will end it.
    fn wait(&self, mut state: MutexGuard<'_, State>, outcome: &OnceLock<Stored<()>>) -> Stored<()> {
        loop {
            if let Some(outcome) = outcome.get() {
                return outcome.clone();
            }
            state = self
                .concluded
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn commit(&self, state: &mut State) {
        match state.sql("COMMIT") {
            Ok(()) => {
                self.conclude(state, Ok(()));
                self.checkpoints.note();
            }
            Err(error) => self.give_up(state, error),
        }
    }

    fn give_up(&self, state: &mut State, error: StorageError) {
        if !state.connection.is_autocommit() {
            // If even this fails, the next BEGIN fails and says so.
            let _ = state.sql("ROLLBACK");
        }
        self.conclude(state, Err(error));
    }

    fn conclude(&self, state: &mut State, outcome: Stored<()>) {
        if let Some(batch) = state.batch.take() {
            // Set once: the batch was taken.
            let _ = batch.outcome.set(outcome);
        }
        self.concluded.notify_all();
    }
}

impl State {
    fn begin(&mut self) -> Stored<Arc<OnceLock<Stored<()>>>> {
        if self.batch.is_none() {
            self.sql("BEGIN IMMEDIATE")?;
        }
        let batch = self.batch.get_or_insert_with(|| OpenBatch {
            outcome: Arc::default(),
            works: 0,
        });
        batch.works += 1;
        Ok(batch.outcome.clone())
    }

    fn is_large(&self) -> bool {
        self.batch
            .as_ref()
            .is_some_and(|batch| batch.works >= MOST_IN_A_BATCH)
    }

    /// Runs the work in a savepoint. Says also whether the works before it still stand: when
    /// the disk is full, SQLite may undo the whole transaction by itself.
    fn carry_out(&self, work: &mut WriteWork<'_>) -> (Stored<()>, bool) {
        let run = || {
            self.sql("SAVEPOINT work")?;
            work(&mut Work::new(&self.connection))?;
            self.sql("RELEASE work")
        };
        // Others may be waiting for this thread to commit, so it must not unwind past here.
        let done = catch_unwind(AssertUnwindSafe(run))
            .unwrap_or_else(|_| Err(StorageError::Other("the work panicked".to_owned())));
        let undone = done.is_ok() || self.sql("ROLLBACK TO work; RELEASE work").is_ok();
        (done, undone && !self.connection.is_autocommit())
    }

    fn sql(&self, sql: &str) -> Stored<()> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| fault(&error))
    }
}
