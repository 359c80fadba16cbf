//! The one connection that writes, and commits shared by those who wait for it.
//!
//! A commit costs one sync of the disk. Works that queue up while it runs are carried out one
//! after another, each in a savepoint of its own, and then committed together: whoever finds
//! nobody queued behind commits for all. Invariant: `write` returns only after the commit that
//! holds its work has ended, and an error of one work undoes that work alone.
//!
//! The log is restarted between two batches, while nobody writes: waiting for a turn at
//! SQLite's own lock, the thread that does it would never get one from a busy writer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::Connection;
use server_core::error::StorageError;
use server_core::ports::storage::{Stored, WriteWork};

use super::checkpoints::{Checkpoints, Log};
use super::fault::fault;
use super::work::Work;

/// How many works share a commit at most, so that the first need not wait for ever.
const MOST_IN_A_BATCH: usize = 64;

pub(super) struct Writer {
    desk: Arc<Desk>,
    _checkpoints: Checkpoints,
}

/// Where works queue up, and who carries them out.
struct Desk {
    state: Mutex<State>,
    /// How many threads want the state for a new work.
    queued: AtomicUsize,
    concluded: Condvar,
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
    /// Writes with the first connection; the second one moves the log when it is large.
    pub(super) fn new(
        mut writing: Connection,
        moving: Connection,
        large_log: u32,
    ) -> rusqlite::Result<Self> {
        let log = Log::of(&mut writing, large_log)?;
        let desk = Arc::new(Desk {
            state: Mutex::new(State {
                connection: writing,
                batch: None,
            }),
            queued: AtomicUsize::new(0),
            concluded: Condvar::new(),
        });
        let closed = desk.clone();
        let checkpoints = Checkpoints::begin(moving, log, move |work| closed.pause(work))?;
        Ok(Self {
            desk,
            _checkpoints: checkpoints,
        })
    }

    pub(super) fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.desk.write(work)
    }
}

impl Desk {
    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
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

    /// Runs something while nobody writes.
    fn pause(&self, work: &mut dyn FnMut()) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.batch.is_some() {
            self.commit(&mut state);
        }
        work();
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
            Ok(()) => self.conclude(state, Ok(())),
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
