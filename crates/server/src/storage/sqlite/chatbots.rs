//! Chatbots' runs, and the scripts they began with.

use protocol::ids::{ConversationId, MessageId, SessionId};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::ChatbotRecord;
use server_core::script::Run;

use super::row::{time_if_any, word, word_if_any};

pub(super) fn find(connection: &Connection, session: &SessionId) -> Result<Option<ChatbotRecord>> {
    connection
        .prepare_cached("SELECT * FROM chatbots WHERE session = ?1")?
        .query_row([session.as_str()], read)
        .optional()
}

pub(super) fn by_due(connection: &Connection, limit: u32) -> Result<Vec<ChatbotRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM chatbots
             WHERE due_at IS NOT NULL
             ORDER BY due_at, session
             LIMIT ?1",
        )?
        .query_map([limit], read)?
        .collect()
}

pub(super) fn put(connection: &Connection, chatbot: &ChatbotRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO chatbots
                 (session, conversation, run, asked, due_at, typing, page, reduced_motion)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            chatbot.session.as_str(),
            chatbot.conversation.as_str(),
            chatbot.run.to_text(),
            chatbot.asked.as_ref().map(MessageId::as_str),
            chatbot.due_at.map(|instant| instant.0),
            chatbot.typing,
            chatbot.page,
            chatbot.reduced_motion,
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ChatbotRecord> {
    Ok(ChatbotRecord {
        session: word(row, "session", SessionId::parse)?,
        conversation: word(row, "conversation", ConversationId::parse)?,
        run: word(row, "run", Run::from_text)?,
        asked: word_if_any(row, "asked", MessageId::parse)?,
        due_at: time_if_any(row, "due_at")?,
        typing: row.get("typing")?,
        page: row.get("page")?,
        reduced_motion: row.get("reduced_motion")?,
    })
}

pub(super) fn source(connection: &Connection, hash: &str) -> Result<Option<String>> {
    connection
        .prepare_cached("SELECT source FROM scripts WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()
}

pub(super) fn put_source(connection: &Connection, hash: &str, source: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO scripts (hash, source) VALUES (?1, ?2)")?
        .execute([hash, source])?;
    Ok(())
}
