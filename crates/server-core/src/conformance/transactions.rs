//! All or nothing, one after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use protocol::feed::Feed;
use protocol::seq::Seq;
use protocol::time::Timestamp;

use super::samples::{channel, channel_id, conversation_id, furnish, message};
use super::{Cases, Outcome, same};
use crate::domain::{FeedState, Subject};
use crate::error::StorageError;
use crate::ports::storage::{Storage, read, write};

pub(super) const CASES: Cases = &[
    ("work_that_fails_leaves_nothing", failed_work),
    (
        "work_that_fails_restores_what_was_there",
        failed_replacement,
    ),
    ("work_that_panics_leaves_nothing", panicking_work),
    ("errors_of_reading_are_passed_on", failed_reading),
    ("writes_see_what_they_wrote", own_writes),
    ("parallel_writes_come_one_after_another", parallel_writes),
    ("readers_see_one_state_throughout", steady_readers),
];

fn undone<T>() -> Result<T, StorageError> {
    Err(StorageError::Other("undone on purpose".to_owned()))
}

fn failed_work(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = Feed::Conversation(conversation_id("c1")?);
    let result = write::<(), _>(storage, |tx| {
        tx.put_meta("key", "value")?;
        tx.put_channel(&channel("third")?)?;
        tx.add_message(&message("c1", 9)?)?;
        let subject = Subject::Receipts(conversation_id("c1")?);
        tx.append_entry(&feed, &subject, Timestamp(1))?;
        undone()
    });
    same(result, undone())?;
    read::<_, StorageError>(storage, |reading| {
        Ok((
            reading.meta("key")?,
            reading.channel(&channel_id("third")?)?,
            reading.message(&message("c1", 9)?.id)?,
            reading.feed_state(&feed)?,
        ))
    })
    .map_err(Into::into)
    .and_then(|found| same(found, (None, None, None, FeedState::default())))
}

fn failed_replacement(storage: &dyn Storage) -> Outcome {
    write::<_, StorageError>(storage, |tx| tx.put_meta("key", "first"))?;
    let result = write::<(), _>(storage, |tx| {
        tx.put_meta("key", "second")?;
        tx.put_meta("key", "third")?;
        undone()
    });
    same(result, undone())?;
    let found = read::<_, StorageError>(storage, |reading| reading.meta("key"))?;
    same(found.as_deref(), Some("first"))
}

/// Whether the panic is passed on or turned into an error, the next caller must find the storage
/// in order.
#[expect(clippy::panic, reason = "a panic is what the case is about")]
fn panicking_work(storage: &dyn Storage) -> Outcome {
    let result = catch_unwind(AssertUnwindSafe(|| {
        write::<(), StorageError>(storage, |tx| {
            tx.put_meta("key", "value")?;
            panic!("on purpose, in storage conformance");
        })
    }));
    same(matches!(result, Ok(Ok(()))), false)?;
    let found = read::<_, StorageError>(storage, |reading| reading.meta("key"))?;
    same(found, None)?;
    write::<_, StorageError>(storage, |tx| tx.put_meta("key", "later"))?;
    Ok(())
}

fn failed_reading(storage: &dyn Storage) -> Outcome {
    let mut work = |_: &dyn crate::ports::Reading| undone();
    same(storage.read(&mut work), undone())
}

fn own_writes(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let found = write::<_, StorageError>(storage, |tx| {
        tx.put_meta("key", "value")?;
        tx.add_message(&message("c1", 9)?)?;
        Ok((tx.meta("key")?, tx.message(&message("c1", 9)?.id)?))
    })?;
    same(found, (Some("value".to_owned()), Some(message("c1", 9)?)))
}

fn parallel_writes(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = Feed::Conversation(conversation_id("c1")?);
    let subject = Subject::Receipts(conversation_id("c1")?);
    let count = |storage: &dyn Storage| -> Result<(), StorageError> {
        for _ in 0..25 {
            write::<_, StorageError>(storage, |tx| {
                let before = tx.meta("count")?.and_then(|text| text.parse::<u32>().ok());
                tx.put_meta("count", &(before.unwrap_or(0) + 1).to_string())?;
                tx.append_entry(&feed, &subject, Timestamp(1))
            })?;
        }
        Ok(())
    };
    let ends = std::thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(|| count(storage)));
        threads.map(|thread| thread.join().is_ok_and(|end| end.is_ok()))
    });
    same(ends, [true; 4])?;
    let (total, entries) = read::<_, StorageError>(storage, |reading| {
        Ok((
            reading.meta("count")?,
            reading.entries(&feed, Seq(0), 1000)?,
        ))
    })?;
    same(total.as_deref(), Some("100"))?;
    let seqs: Vec<u64> = entries.iter().map(|entry| entry.seq.0).collect();
    same(seqs, (1..=100).collect())
}

/// Both values are always written together, so no reader may ever see them apart.
fn steady_readers(storage: &dyn Storage) -> Outcome {
    let set = |value: u32| {
        write::<_, StorageError>(storage, |tx| {
            tx.put_meta("left", &value.to_string())?;
            tx.put_meta("right", &value.to_string())
        })
    };
    set(0)?;
    let steady = std::thread::scope(|scope| {
        let writer = scope.spawn(|| (1..=50).try_for_each(set));
        let mut steady = true;
        while !writer.is_finished() {
            let pair = read::<_, StorageError>(storage, |reading| {
                Ok((reading.meta("left")?, reading.meta("right")?))
            });
            steady &= pair.is_ok_and(|(left, right)| left == right);
        }
        steady && writer.join().is_ok_and(|end| end.is_ok())
    });
    same(steady, true)
}
