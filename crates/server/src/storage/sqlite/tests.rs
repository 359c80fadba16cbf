//! What only this adapter promises: shared commits, and clear faults of the file.

use std::path::PathBuf;

use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::seq::Seq;
use protocol::time::Timestamp;
use server_core::domain::Subject;
use server_core::error::StorageError;
use server_core::ports::Storage;
use server_core::ports::storage::{ReadWork, Stored, WriteWork, read, write};

use super::{OpenFault, SqliteOptions, SqliteStorage};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("parlour.db")
    }

    fn open(&self) -> Result<SqliteStorage, OpenFault> {
        SqliteStorage::open(&self.file(), &SqliteOptions::default())
    }

    fn fault(&self) -> OpenFault {
        self.open().map(|_| "it opened").unwrap_err()
    }
}

fn conversation() -> ConversationId {
    ConversationId::parse("c1").unwrap()
}

fn append(storage: &SqliteStorage) -> Result<Seq, StorageError> {
    let feed = Feed::Conversation(conversation());
    write(storage, |transaction| {
        transaction.append_entry(&feed, &Subject::Summary(conversation()), Timestamp(1))
    })
}

fn last(storage: &SqliteStorage) -> Seq {
    let feed = Feed::Conversation(conversation());
    read(storage, |reading| reading.feed_state(&feed))
        .map(|state: server_core::domain::FeedState| state.last)
        .unwrap_or_else(|error: StorageError| unreachable!("{error}"))
}

/// A storage whose folder goes with it.
struct Temporary {
    storage: SqliteStorage,
    _place: Place,
}

impl Storage for Temporary {
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        self.storage.read(work)
    }

    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.storage.write(work)
    }
}

#[test]
fn everything_any_storage_promises_holds() {
    server_core::conformance::run_all(&|| {
        let place = Place::new();
        Box::new(Temporary {
            storage: place.open().unwrap(),
            _place: place,
        })
    });
}

#[test]
fn works_that_share_commits_are_all_kept_and_dense() {
    let place = Place::new();
    let storage = place.open().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    append(&storage).unwrap();
                }
            });
        }
    });
    assert_eq!(last(&storage), Seq(400));
    drop(storage);
    assert_eq!(last(&place.open().unwrap()), Seq(400));
}

#[test]
fn a_work_that_fails_among_others_undoes_itself_alone() {
    let place = Place::new();
    let storage = place.open().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let storage = &storage;
            scope.spawn(move || {
                for turn in 0..25 {
                    let fails = (thread + turn) % 2 == 0;
                    let outcome = storage.write(&mut |transaction| {
                        let feed = Feed::Conversation(conversation());
                        let subject = Subject::Summary(conversation());
                        transaction.append_entry(&feed, &subject, Timestamp(1))?;
                        if fails {
                            return Err(StorageError::Cancelled);
                        }
                        Ok(())
                    });
                    assert_eq!(outcome.is_err(), fails);
                }
            });
        }
    });
    assert_eq!(last(&storage), Seq(100));
}

#[test]
fn a_work_that_panics_leaves_the_database_usable() {
    let place = Place::new();
    let storage = place.open().unwrap();
    let outcome = storage.write(&mut |_| unreachable!("on purpose"));
    assert!(
        matches!(outcome, Err(StorageError::Other(_))),
        "{outcome:?}"
    );
    assert_eq!(append(&storage).unwrap(), Seq(1));
}

#[test]
fn a_full_disk_is_told_and_nothing_kept_is_lost() {
    let place = Place::new();
    drop(place.open().unwrap());
    let options = SqliteOptions {
        max_pages: Some(60),
        ..SqliteOptions::default()
    };
    let storage = SqliteStorage::open(&place.file(), &options).unwrap();
    let mut kept = 0;
    let fault = loop {
        match append(&storage) {
            Ok(seq) => kept = seq.0,
            Err(fault) => break fault,
        }
    };
    assert!(matches!(fault, StorageError::Full(_)), "{fault}");
    assert!(kept > 0);
    assert_eq!(last(&storage), Seq(kept));
    drop(storage);
    let storage = place.open().unwrap();
    assert_eq!(append(&storage).unwrap(), Seq(kept + 1));
}

#[test]
fn no_room_for_the_first_tables_is_told_at_once() {
    let place = Place::new();
    let options = SqliteOptions {
        max_pages: Some(3),
        ..SqliteOptions::default()
    };
    let outcome = SqliteStorage::open(&place.file(), &options).map(|_| ());
    assert_eq!(outcome, Err(OpenFault::Full));
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let place = Place::new();
    drop(place.open().unwrap());
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    assert_eq!(
        place.fault(),
        OpenFault::Newer {
            found: 999,
            known: 12
        }
    );
}

#[test]
fn a_file_that_is_no_database_is_damage() {
    let place = Place::new();
    std::fs::write(place.file(), "this was a database once".repeat(400)).unwrap();
    assert!(matches!(place.fault(), OpenFault::Damaged(_)));
}

#[test]
fn a_foreign_database_is_not_taken_over() {
    let place = Place::new();
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection
        .execute_batch("PRAGMA application_id = 7")
        .unwrap();
    drop(connection);
    assert!(matches!(place.fault(), OpenFault::Damaged(_)));
}

#[test]
fn torn_pages_are_damage() {
    let place = Place::new();
    let storage = place.open().unwrap();
    for _ in 0..200 {
        append(&storage).unwrap();
    }
    drop(storage);
    let mut bytes = std::fs::read(place.file()).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0x5a);
    std::fs::write(place.file(), bytes).unwrap();
    assert!(matches!(place.fault(), OpenFault::Damaged(_)));
}

/// A database as the first version left it: Ana owns `c1`, nobody owns `c2`, `c3` is over.
const FIRST_CONTENT: &str = "
    INSERT INTO channels VALUES ('support', 'demo-support', 'Support', '[]');
    INSERT INTO agents VALUES ('ana', 'ana@example.com', 'Ana', 'hash', 'agent', 1);
    INSERT INTO channel_agents VALUES ('ana', 'support');
    INSERT INTO sign_ins VALUES ('t', 'ana', 1, 9);
    INSERT INTO contacts VALUES ('kim', 'support', NULL, 'es', NULL, 1);
    INSERT INTO conversations VALUES
        ('c1', 'support', 'kim', 'open', 'in_progress', 's1', 1, 1, 50, 7, NULL, 0, 0, 0, 0),
        ('c2', 'support', 'kim', 'open', 'in_progress', 's2', 1, 1, 60, 7, NULL, 0, 0, 0, 0),
        ('c3', 'support', 'kim', 'resolved', NULL, 's3', 1, 1, 70, 7, NULL, 0, 0, 0, 0);
    INSERT INTO sessions VALUES ('s1', 'c1', 1, NULL), ('s2', 'c2', 1, NULL), ('s3', 'c3', 1, 70);
    INSERT INTO participants VALUES
        ('c1', 'ana', 'owner', 'visible', 40), ('c2', 'ana', 'member', 'visible', 40);
    INSERT INTO feeds VALUES ('conversation/c1', 1, 2);
    INSERT INTO entries VALUES
        ('conversation/c1', 1, 'message', 'c1', 'm1', 5),
        ('conversation/c1', 2, 'summary', 'c1', NULL, 6);
    PRAGMA application_id = 0x5061726c;
    PRAGMA user_version = 1;
";

#[test]
fn a_database_of_the_first_version_goes_on() {
    let place = Place::new();
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection
        .execute_batch(include_str!("migrations/0001_first.sql"))
        .unwrap();
    connection.execute_batch(FIRST_CONTENT).unwrap();
    drop(connection);
    let storage = place.open().unwrap();
    let feed = Feed::Conversation(conversation());
    let look = read::<_, StorageError>(&storage, |reading| {
        let ana = reading.agent_by_email("ana@example.com")?.unwrap();
        assert_eq!(ana.profile, server_core::domain::AgentProfile::default());
        assert_eq!(reading.agent_state(&ana.id)?, None);
        assert!(reading.is_signed_in(&ana.id, Timestamp(8))?);
        let channel = reading.channels()?.pop().unwrap();
        assert_eq!(channel.settings.offer_seconds, None);
        // What had an owner has it still; what had none has waited since somebody last wrote.
        let owned = reading.owned_conversations(&ana.id, Timestamp(0), 10)?;
        assert_eq!(owned.len(), 1);
        assert_eq!(owned[0].id, conversation());
        assert_eq!(owned[0].owner.as_ref().unwrap().active_at, Timestamp(50));
        let waiting = reading.waiting_sessions()?;
        let waiting: Vec<_> = waiting
            .iter()
            .map(|session| (session.id.as_str(), session.waiting_since))
            .collect();
        assert_eq!(waiting, [("s2", Some(Timestamp(60)))]);
        let entries = reading.entries(&feed, Seq(0), 10)?;
        let kinds: Vec<_> = entries.iter().map(|entry| entry.subject.kind()).collect();
        assert_eq!(kinds, ["message", "summary"]);
        Ok(())
    });
    look.unwrap();
    assert_eq!(append(&storage).unwrap(), Seq(3));
}

/// How often the log has begun anew, as its head tells.
fn beginnings(place: &Place) -> u32 {
    let log = std::fs::read(place.folder.path().join("parlour.db-wal")).unwrap();
    u32::from_be_bytes(log[12..16].try_into().unwrap())
}

#[test]
fn a_large_log_begins_anew_and_loses_nothing() {
    let place = Place::new();
    let options = SqliteOptions {
        large_log: 40,
        ..SqliteOptions::default()
    };
    let storage = SqliteStorage::open(&place.file(), &options).unwrap();
    let mut count = 0;
    let writers = 4;
    append(&storage).unwrap();
    let first = beginnings(&place);
    while beginnings(&place) < first + 3 {
        std::thread::scope(|scope| {
            for _ in 0..writers {
                scope.spawn(|| append(&storage).unwrap());
            }
        });
        count += writers;
        assert_eq!(last(&storage), Seq(count + 1));
    }
    drop(storage);
    assert_eq!(last(&place.open().unwrap()), Seq(count + 1));
}
