//! Answers to commands, under the name of whoever sent them.

use protocol::error::{ErrorCode, Refusal};
use protocol::hello::Posted;
use protocol::ids::{ClientId, ConversationId, MessageId};
use protocol::seq::Position;
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{Answer, AnswerRecord, Fingerprint};

use super::row::{json, number, stored, time, value_if_any, word};

pub(super) fn find(
    connection: &Connection,
    principal: &str,
    client_id: &ClientId,
) -> Result<Option<AnswerRecord>> {
    connection
        .prepare_cached("SELECT * FROM answers WHERE principal = ?1 AND client_id = ?2")?
        .query_row([principal, client_id.as_str()], read)
        .optional()
}

pub(super) fn add(connection: &Connection, record: &AnswerRecord) -> Result<()> {
    let (posted, refusal) = match &record.answer {
        Answer::Done(posted) => (posted.as_ref(), None),
        Answer::Refused(refusal) => (None, Some(refusal)),
    };
    connection
        .prepare_cached(
            "INSERT INTO answers
                 (principal, client_id, fingerprint, conversation, message, position, posted_at,
                  version, refusal, refused, answered_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            record.principal,
            record.client_id.as_str(),
            record.fingerprint.0,
            posted.map(|posted| posted.conversation.as_str()),
            posted.map(|posted| posted.message.as_str()),
            posted.map(|posted| stored(posted.position.0)),
            posted.map(|posted| posted.posted_at.0),
            posted.and_then(|posted| posted.version),
            refusal.map(|refusal| refusal.code.as_str()),
            refusal.map(json).transpose()?,
            record.answered_at.0
        ])?;
    Ok(())
}

/// The oldest go first.
pub(super) fn remove_before(
    connection: &Connection,
    instant: Timestamp,
    limit: u32,
) -> Result<usize> {
    connection
        .prepare_cached(
            "DELETE FROM answers
             WHERE (principal, client_id) IN (
                 SELECT principal, client_id FROM answers
                 WHERE answered_at < ?1
                 ORDER BY answered_at
                 LIMIT ?2
             )",
        )?
        .execute(params![instant.0, limit])
}

fn read(row: &Row<'_>) -> Result<AnswerRecord> {
    let refusal: Option<String> = row.get("refusal")?;
    let message: Option<String> = row.get("message")?;
    let answer = match (refusal, message) {
        (Some(code), _) => Answer::Refused(match value_if_any(row, "refused")? {
            Some(whole) => whole,
            None => Refusal {
                detail: row.get("detail")?,
                ..ErrorCode::read(&code).into()
            },
        }),
        (None, None) => Answer::Done(None),
        (None, Some(_)) => Answer::Done(Some(Posted {
            conversation: word(row, "conversation", ConversationId::parse)?,
            message: word(row, "message", MessageId::parse)?,
            position: number(row, "position").map(Position)?,
            posted_at: time(row, "posted_at")?,
            version: row.get("version")?,
        })),
    };
    Ok(AnswerRecord {
        principal: row.get("principal")?,
        client_id: word(row, "client_id", ClientId::parse)?,
        fingerprint: Fingerprint(row.get("fingerprint")?),
        answer,
        answered_at: time(row, "answered_at")?,
    })
}
