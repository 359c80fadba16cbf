//! Moving what was committed from the log into the database file, off the writer's path.
//!
//! SQLite would do it within the commit that fills the log, and everybody waiting for that
//! commit would wait for the whole move. Here a thread with a connection of its own does it.
//! Nothing depends on when it happens: a commit is safe once it is in the log.
//!
//! The log is moved seldom, because the same pages are written again and again, and whole, so
//! that it begins anew in the same place. Writing over blocks the file has already, a commit
//! only waits for its own bytes; a file that grows has the file system commit its journal each
//! time, with whatever other programs have written.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

/// Part of its size that the log may grow by before the next try, when somebody was reading it
/// all the time.
const STEP: u32 = 8;
/// How long commits may be held up for the end of such a reading.
const PATIENCE: Duration = Duration::from_millis(10);

/// How long the log is, as the writer's connection tells it.
pub(super) struct Log(Arc<Shared>);

impl Log {
    /// Of the connection that writes; from `large` pages on it is worth moving. This takes the place of the move that SQLite would make
    /// within a commit.
    pub(super) fn of(writing: &mut Connection, large: u32) -> rusqlite::Result<Self> {
        let shared = Arc::new(Shared {
            large,
            due: Mutex::new(Due {
                pages: 0,
                move_at: large,
                stop: false,
            }),
            changed: Condvar::new(),
        });
        let told = shared.clone();
        writing.wal_hook(Some(move |_: &mut _, pages| {
            told.grown_to(u32::try_from(pages).unwrap_or(0));
            Ok(())
        }))?;
        Ok(Self(shared))
    }
}

struct Shared {
    large: u32,
    due: Mutex<Due>,
    changed: Condvar,
}

struct Due {
    pages: u32,
    move_at: u32,
    stop: bool,
}

impl Shared {
    fn due(&self) -> MutexGuard<'_, Due> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn grown_to(&self, pages: u32) {
        let mut due = self.due();
        due.pages = pages;
        if pages >= due.move_at {
            self.changed.notify_one();
        }
    }

    /// Waits until the log is worth moving; `false` at the end.
    fn wait(&self) -> bool {
        let waiting = |due: &mut Due| !due.stop && due.pages < due.move_at;
        let due = self.changed.wait_while(self.due(), waiting);
        !due.unwrap_or_else(PoisonError::into_inner).stop
    }

    fn moved(&self, whole: bool) {
        let mut due = self.due();
        if whole {
            // The next commit begins at the front and says so itself; one that came in between
            // is told of with the one behind it.
            due.pages = 0;
            due.move_at = self.large;
        } else {
            due.move_at = due.pages.saturating_add(self.large / STEP);
        }
    }
}

/// The thread that moves the log. It ends with this.
pub(super) struct Checkpoints {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Begins, with a connection of its own and a way to run something while nobody writes.
    pub(super) fn begin(
        moving: Connection,
        Log(shared): Log,
        pause: impl Fn(&mut dyn FnMut()) + Send + 'static,
    ) -> rusqlite::Result<Self> {
        moving.busy_timeout(PATIENCE)?;
        let seen = shared.clone();
        let thread = std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || {
                while seen.wait() {
                    let whole = move_log(&moving, &pause).unwrap_or_else(|error| {
                        // The log only grows meanwhile; the writer tells when the disk is full.
                        tracing::warn!(%error, "the log could not be moved");
                        false
                    });
                    seen.moved(whole);
                }
            })
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }
}

/// Moves the log and says whether all of it was moved, so that it begins anew.
fn move_log(moving: &Connection, pause: &dyn Fn(&mut dyn FnMut())) -> rusqlite::Result<bool> {
    // Nearly everything while others write, then what they added in the meantime: what is left
    // for the pause is a handful of pages.
    checkpoint(moving, "PASSIVE")?;
    checkpoint(moving, "PASSIVE")?;
    let mut whole = Ok(false);
    pause(&mut || whole = checkpoint(moving, "RESTART"));
    whole
}

fn checkpoint(moving: &Connection, mode: &str) -> rusqlite::Result<bool> {
    let statement = format!("PRAGMA wal_checkpoint({mode})");
    moving.query_row(&statement, [], |row| Ok(row.get::<_, i64>(0)? == 0))
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
