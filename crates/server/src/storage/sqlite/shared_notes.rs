//! The shared notes of conversations, version by version.

use protocol::ids::{AgentId, ConversationId};
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::SharedNotesRecord;

use super::row::{number, stored, time, word};

pub(super) fn newest(
    connection: &Connection,
    conversation: &ConversationId,
    up_to: Option<u64>,
) -> Result<Option<SharedNotesRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM shared_notes
             WHERE conversation = ?1 AND version <= ?2
             ORDER BY version DESC
             LIMIT 1",
        )?
        .query_row(
            params![conversation.as_str(), up_to.map_or(i64::MAX, stored)],
            read,
        )
        .optional()
}

pub(super) fn history(
    connection: &Connection,
    conversation: &ConversationId,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<SharedNotesRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM shared_notes
             WHERE conversation = ?1 AND version < ?2 AND passing = 0
             ORDER BY version DESC
             LIMIT ?3",
        )?
        .query_map(
            params![
                conversation.as_str(),
                before.map_or(i64::MAX, stored),
                limit
            ],
            read,
        )?
        .collect()
}

pub(super) fn put(connection: &Connection, version: &SharedNotesRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO shared_notes
                 (conversation, version, text, author, saved_at, restores, passing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            version.conversation.as_str(),
            stored(version.version),
            version.text,
            version.author.as_str(),
            version.saved_at.0,
            version.restores.map(stored),
            version.passing,
        ])?;
    Ok(())
}

pub(super) fn remove_passing(
    connection: &Connection,
    before: Timestamp,
    limit: u32,
) -> Result<usize> {
    connection
        .prepare_cached(
            "DELETE FROM shared_notes
             WHERE (conversation, version) IN (
                 SELECT conversation, version FROM shared_notes
                 WHERE passing = 1 AND saved_at < ?1
                 LIMIT ?2)",
        )?
        .execute(params![before.0, limit])
}

fn read(row: &Row<'_>) -> Result<SharedNotesRecord> {
    let restores: Option<i64> = row.get("restores")?;
    Ok(SharedNotesRecord {
        conversation: word(row, "conversation", ConversationId::parse)?,
        version: number(row, "version")?,
        text: row.get("text")?,
        author: word(row, "author", AgentId::parse)?,
        saved_at: time(row, "saved_at")?,
        restores: match restores {
            Some(_) => Some(number(row, "restores")?),
            None => None,
        },
        passing: row.get("passing")?,
    })
}
