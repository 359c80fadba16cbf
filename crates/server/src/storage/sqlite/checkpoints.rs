//! Moving what was committed from the log into the database file, off the writer's path.
//!
//! SQLite would do it within the commit that fills the log, and everybody waiting for that
//! commit would wait for the whole move. Here a thread with a connection of its own does it;
//! writers and readers go on meanwhile. Nothing depends on when it happens: a commit is safe
//! once it is in the log.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

/// Commits after which the log is worth moving.
const COMMITS: u32 = 100;
/// Time after which fewer are.
const QUIET: Duration = Duration::from_secs(5);

/// The writer's own limit, in pages: only met when this thread cannot keep up.
pub(super) const LARGEST_LOG: u32 = 16_000;

#[derive(Default)]
struct Due {
    commits: u32,
    stop: bool,
}

#[derive(Default)]
struct Shared {
    due: Mutex<Due>,
    changed: Condvar,
}

impl Shared {
    fn due(&self) -> MutexGuard<'_, Due> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to move; `false` at the end.
    fn wait(&self) -> bool {
        loop {
            let waiting = |due: &mut Due| !due.stop && due.commits < COMMITS;
            let (mut due, _) = self
                .changed
                .wait_timeout_while(self.due(), QUIET, waiting)
                .unwrap_or_else(PoisonError::into_inner);
            if due.stop {
                return false;
            }
            if std::mem::take(&mut due.commits) > 0 {
                return true;
            }
        }
    }
}

/// The thread that moves the log. It ends with this.
pub(super) struct Checkpoints {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Begins, with a connection of its own.
    pub(super) fn begin(connection: Connection) -> std::io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let seen = shared.clone();
        let thread = std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || {
                while seen.wait() {
                    let moved =
                        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                    if let Err(error) = moved {
                        // The log only grows meanwhile; the writer tells when the disk is full.
                        tracing::warn!(%error, "the log could not be moved");
                    }
                }
            })?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Something was committed.
    pub(super) fn note(&self) {
        let mut due = self.shared.due();
        due.commits += 1;
        if due.commits >= COMMITS {
            self.shared.changed.notify_one();
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.shared.due().stop = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}
