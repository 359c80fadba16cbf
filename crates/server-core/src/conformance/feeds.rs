//! Feeds: dense numbers that are never given twice, and trimming from the old end only.

use protocol::feed::Feed;
use protocol::ids::OfferId;
use protocol::seq::Seq;
use protocol::time::Timestamp;

use super::samples::{agent_id, channel_id, conversation_id, furnish, message};
use super::{Cases, Outcome, same};
use crate::domain::{EntryRecord, FeedState, Subject};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("entries_come_back_as_they_were", records),
    ("feeds_count_each_for_itself", separate),
    ("entries_are_read_behind_a_place", behind),
    ("trimming_keeps_the_numbers_going", trimming),
    (
        "trimming_leaves_no_hole_when_the_clock_jumped",
        jumped_clock,
    ),
    ("old_feeds_are_found_a_few_at_a_time", old_feeds),
];

fn conversation_feed() -> Stored<Feed> {
    Ok(Feed::Conversation(conversation_id("c1")?))
}

fn receipts() -> Stored<Subject> {
    Ok(Subject::Receipts(conversation_id("c1")?))
}

fn append(storage: &dyn Storage, feed: &Feed, instants: &[i64]) -> Stored<Vec<u64>> {
    write(storage, |tx| {
        let seqs = instants.iter().map(|at| {
            let seq = tx.append_entry(feed, &receipts()?, Timestamp(*at))?;
            Ok(seq.0)
        });
        seqs.collect()
    })
}

fn seqs(storage: &dyn Storage, feed: &Feed, after: u64, limit: u32) -> Stored<Vec<u64>> {
    let found = read(storage, |reading| reading.entries(feed, Seq(after), limit))?;
    Ok(found.iter().map(|entry| entry.seq.0).collect())
}

fn state(storage: &dyn Storage, feed: &Feed) -> Stored<FeedState> {
    read(storage, |reading| reading.feed_state(feed))
}

fn records(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = conversation_feed()?;
    let c1 = conversation_id("c1")?;
    let record = message("c1", 9)?;
    let subjects = [
        Subject::Message(c1.clone(), record.id.clone()),
        Subject::Receipts(c1.clone()),
        Subject::Conversation(c1.clone()),
        Subject::Summary(c1.clone()),
        Subject::Unread(c1.clone()),
        Subject::Mention(c1, record.id.clone()),
        Subject::State,
        Subject::Offer(super::samples::id(OfferId::parse, "o1")?),
    ];
    write::<_, StorageError>(storage, |tx| {
        tx.add_message(&record)?;
        for (at, subject) in (1..).zip(&subjects) {
            tx.append_entry(&feed, subject, Timestamp(at))?;
        }
        Ok(())
    })?;
    let found = read::<_, StorageError>(storage, |reading| reading.entries(&feed, Seq(0), 10))?;
    let wanted = (1_u32..)
        .zip(subjects)
        .map(|(number, subject)| EntryRecord {
            seq: Seq(number.into()),
            subject,
            written_at: Timestamp(number.into()),
        });
    same(found, wanted.collect())
}

fn separate(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    // One id in every audience: the audience is part of the name.
    let feeds = [
        Feed::Conversation(conversation_id("c1")?),
        Feed::Visitor(conversation_id("c1")?),
        Feed::Channel(channel_id("c1")?),
        Feed::Agent(agent_id("c1")?),
    ];
    for feed in &feeds {
        same(state(storage, feed)?, FeedState::default())?;
        same(append(storage, feed, &[1, 1])?, vec![1, 2])?;
    }
    same(append(storage, &feeds[0], &[1])?, vec![3])?;
    same(seqs(storage, &feeds[1], 0, 10)?, vec![1, 2])?;
    let wanted = FeedState {
        first_kept: Seq(1),
        last: Seq(2),
    };
    same(state(storage, &feeds[1])?, wanted)
}

fn behind(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = conversation_feed()?;
    append(storage, &feed, &[1; 5])?;
    same(seqs(storage, &feed, 0, 2)?, vec![1, 2])?;
    same(seqs(storage, &feed, 2, 2)?, vec![3, 4])?;
    same(seqs(storage, &feed, 4, 2)?, vec![5])?;
    same(seqs(storage, &feed, 5, 2)?, vec![])?;
    same(seqs(storage, &feed, 9, 2)?, vec![])
}

fn trim(storage: &dyn Storage, feed: &Feed, instant: i64) -> Stored<u32> {
    write(storage, |tx| tx.trim_feed(feed, Timestamp(instant)))
}

fn trimming(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = conversation_feed()?;
    append(storage, &feed, &[10, 20, 30])?;
    same(trim(storage, &feed, 10)?, 0)?;
    same(trim(storage, &feed, 30)?, 2)?;
    same(seqs(storage, &feed, 0, 10)?, vec![3])?;
    let one_left = FeedState {
        first_kept: Seq(3),
        last: Seq(3),
    };
    same(state(storage, &feed)?, one_left)?;
    same(trim(storage, &feed, 1000)?, 1)?;
    let none_left = FeedState {
        first_kept: Seq(4),
        last: Seq(3),
    };
    same(state(storage, &feed)?, none_left)?;
    same(trim(storage, &feed, 1000)?, 0)?;
    // A number that was trimmed is never given again.
    same(append(storage, &feed, &[40])?, vec![4])?;
    let one_new = FeedState {
        first_kept: Seq(4),
        last: Seq(4),
    };
    same(state(storage, &feed)?, one_new)
}

fn jumped_clock(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feed = conversation_feed()?;
    append(storage, &feed, &[10, 500, 20, 600])?;
    same(trim(storage, &feed, 100)?, 3)?;
    same(seqs(storage, &feed, 0, 10)?, vec![4])?;
    same(state(storage, &feed)?.first_kept, Seq(4))
}

fn old_feeds(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let feeds = [
        Feed::Conversation(conversation_id("c1")?),
        Feed::Visitor(conversation_id("c1")?),
        Feed::Agent(agent_id("ana")?),
    ];
    for (feed, at) in feeds.iter().zip([10, 20, 30]) {
        append(storage, feed, &[at, at])?;
    }
    let find = |instant, limit| {
        read::<_, StorageError>(storage, |reading| {
            let mut found = reading.feeds_with_entries_before(Timestamp(instant), limit)?;
            found.sort();
            Ok(found)
        })
    };
    same(find(10, 10)?, vec![])?;
    let mut old = vec![feeds[0].clone(), feeds[1].clone()];
    old.sort();
    same(find(30, 10)?, old)?;
    same(find(1000, 2)?.len(), 2)
}
