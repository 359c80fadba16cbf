//! Feeds: how far each goes, and the entries that are kept.
//!
//! Invariant: the entries from `first_kept` to `last` are there, all of them.

use protocol::feed::Feed;
use protocol::ids::{ConversationId, MessageId, OfferId};
use protocol::seq::Seq;
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use server_core::domain::{EntryRecord, FeedState, Subject, SubjectParts};

use super::row::{foreign, number, stored, time, word, word_if_any};

pub(super) fn state(connection: &Connection, feed: &Feed) -> Result<FeedState> {
    let found = connection
        .prepare_cached("SELECT first_kept, last FROM feeds WHERE feed = ?1")?
        .query_row([feed.to_string()], |row| {
            Ok(FeedState {
                first_kept: number(row, "first_kept").map(Seq)?,
                last: number(row, "last").map(Seq)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

pub(super) fn entries(
    connection: &Connection,
    feed: &Feed,
    after: Seq,
    limit: u32,
) -> Result<Vec<EntryRecord>> {
    connection
        .prepare_cached(
            "SELECT seq, subject, conversation, message, offer, written_at FROM entries
             WHERE feed = ?1 AND seq > ?2
             ORDER BY seq
             LIMIT ?3",
        )?
        .query_map(params![feed.to_string(), stored(after.0), limit], |row| {
            let parts = SubjectParts {
                kind: row.get::<_, String>("subject")?.into(),
                conversation: word_if_any(row, "conversation", ConversationId::parse)?,
                message: word_if_any(row, "message", MessageId::parse)?,
                offer: word_if_any(row, "offer", OfferId::parse)?,
            };
            Ok(EntryRecord {
                seq: number(row, "seq").map(Seq)?,
                subject: Subject::from_parts(parts).ok_or_else(|| foreign("subject"))?,
                written_at: time(row, "written_at")?,
            })
        })?
        .collect()
}

pub(super) fn with_entries_before(
    connection: &Connection,
    instant: Timestamp,
    limit: u32,
) -> Result<Vec<Feed>> {
    connection
        .prepare_cached("SELECT DISTINCT feed FROM entries WHERE written_at < ?1 LIMIT ?2")?
        .query_map(params![instant.0, limit], |row| {
            word(row, "feed", Feed::parse)
        })?
        .collect()
}

pub(super) fn append(
    connection: &Connection,
    feed: &Feed,
    subject: &Subject,
    written_at: Timestamp,
) -> Result<Seq> {
    let feed = feed.to_string();
    let seq: i64 = connection
        .prepare_cached(
            "INSERT INTO feeds (feed, first_kept, last) VALUES (?1, 1, 1)
             ON CONFLICT (feed) DO UPDATE SET last = last + 1
             RETURNING last",
        )?
        .query_row([&feed], |row| row.get(0))?;
    let parts = subject.to_parts();
    connection
        .prepare_cached(
            "INSERT INTO entries (feed, seq, subject, conversation, message, offer, written_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            feed,
            seq,
            parts.kind,
            parts.conversation.as_ref().map(ConversationId::as_str),
            parts.message.as_ref().map(MessageId::as_str),
            parts.offer.as_ref().map(OfferId::as_str),
            written_at.0
        ])?;
    u64::try_from(seq).map(Seq).map_err(|_| foreign("last"))
}

pub(super) fn trim(connection: &Connection, feed: &Feed, instant: Timestamp) -> Result<usize> {
    let feed = feed.to_string();
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(seq) FROM entries WHERE feed = ?1 AND written_at < ?2")?
        .query_row(params![feed, instant.0], |row| row.get(0))?;
    let Some(last) = last else { return Ok(0) };
    connection
        .prepare_cached("UPDATE feeds SET first_kept = ?2 + 1 WHERE feed = ?1")?
        .execute(params![feed, last])?;
    connection
        .prepare_cached("DELETE FROM entries WHERE feed = ?1 AND seq <= ?2")?
        .execute(params![feed, last])
}
