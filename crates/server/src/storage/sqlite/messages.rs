//! Messages.

use protocol::chatbot::Question;
use protocol::ids::{AgentId, ClientId, ContactId, ConversationId, MessageId, SessionId};
use protocol::message::{Format, Revision, SystemEventKind};
use protocol::seq::Position;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{
    Audience, EarlierTextRecord, MessageAuthor, MessageEvent, MessageRecord, Scope,
};

use super::row::{
    count, foreign, json, number, stored, time, time_if_any, value_if_any, word, word_if_any,
};

pub(super) fn find(connection: &Connection, id: &MessageId) -> Result<Option<MessageRecord>> {
    connection
        .prepare_cached("SELECT * FROM messages WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn page(
    connection: &Connection,
    conversation: &ConversationId,
    scope: Scope,
    before: Option<Position>,
    limit: u32,
) -> Result<Vec<MessageRecord>> {
    let sql = match scope {
        Scope::ForVisitor => {
            "SELECT * FROM messages
             WHERE conversation = ?1 AND position < ?2 AND audience = 'all'
             ORDER BY position DESC
             LIMIT ?3"
        }
        Scope::ForAgents => {
            "SELECT * FROM messages
             WHERE conversation = ?1 AND position < ?2
             ORDER BY position DESC
             LIMIT ?3"
        }
    };
    let before = before.map_or(i64::MAX, |position| stored(position.0));
    let mut rows: Vec<MessageRecord> = connection
        .prepare_cached(sql)?
        .query_map(params![conversation.as_str(), before, limit], read)?
        .collect::<Result<_>>()?;
    rows.reverse();
    Ok(rows)
}

pub(super) fn with_files(
    connection: &Connection,
    conversation: &ConversationId,
    before: Option<Position>,
    limit: u32,
) -> Result<Vec<MessageRecord>> {
    let before = before.map_or(i64::MAX, |position| stored(position.0));
    connection
        .prepare_cached(
            "SELECT * FROM messages
             WHERE conversation = ?1 AND position < ?2 AND attachments IS NOT NULL
             ORDER BY position DESC
             LIMIT ?3",
        )?
        .query_map(params![conversation.as_str(), before, limit], read)?
        .collect()
}

pub(super) fn of_visitor_after(
    connection: &Connection,
    conversation: &ConversationId,
    place: Position,
) -> Result<u32> {
    connection
        .prepare_cached(
            "SELECT count(*) FROM messages
             WHERE conversation = ?1 AND position > ?2
                   AND author = 'visitor' AND deleted = 0",
        )?
        .query_row(params![conversation.as_str(), stored(place.0)], |row| {
            row.get(0)
        })
}

pub(super) fn add(connection: &Connection, message: &MessageRecord) -> Result<()> {
    let (author, author_name) = match &message.author {
        MessageAuthor::Visitor(contact) => ("visitor", Some(contact.as_str())),
        MessageAuthor::Agent(agent) => ("agent", Some(agent.as_str())),
        MessageAuthor::Automated(name) => ("automated", name.as_deref()),
        MessageAuthor::System => ("system", None),
    };
    let event = message.event.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO messages
                 (id, conversation, session, position, audience, author, author_name, text,
                  format, event, event_agent, posted_at, client_id, question, attachments,
                  reply_to, version, revised_at, deleted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19)",
        )?
        .execute(params![
            message.id.as_str(),
            message.conversation.as_str(),
            message.session.as_str(),
            stored(message.position.0),
            message.audience.as_str(),
            author,
            author_name,
            message.text,
            message.format.as_str(),
            event.map(|event| event.kind.as_str()),
            event.and_then(|event| event.agent.as_ref().map(AgentId::as_str)),
            message.posted_at.0,
            message.client_id.as_ref().map(ClientId::as_str),
            message.question.as_ref().map(json).transpose()?,
            attachments(message)?,
            message.reply_to.as_ref().map(MessageId::as_str),
            message.version(),
            message.revision.as_ref().map(|revision| revision.at.0),
            message.is_deleted(),
        ])?;
    Ok(())
}

fn attachments(message: &MessageRecord) -> Result<Option<String>> {
    match message.attachments.is_empty() {
        true => Ok(None),
        false => json(&message.attachments).map(Some),
    }
}

pub(super) fn revise(connection: &Connection, message: &MessageRecord) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE messages
             SET text = ?2, question = ?3, attachments = ?4, reply_to = ?5, version = ?6,
                 revised_at = ?7, deleted = ?8
             WHERE id = ?1",
        )?
        .execute(params![
            message.id.as_str(),
            message.text,
            message.question.as_ref().map(json).transpose()?,
            attachments(message)?,
            message.reply_to.as_ref().map(MessageId::as_str),
            message.version(),
            message.revision.as_ref().map(|revision| revision.at.0),
            message.is_deleted(),
        ])?;
    Ok(())
}

pub(super) fn quoting(connection: &Connection, message: &MessageId) -> Result<Vec<MessageId>> {
    connection
        .prepare_cached(
            "SELECT id FROM messages WHERE reply_to = ?1 ORDER BY conversation, position",
        )?
        .query_map([message.as_str()], |row| word(row, "id", MessageId::parse))?
        .collect()
}

pub(super) fn add_earlier(connection: &Connection, earlier: &EarlierTextRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO earlier_texts (message, version, text, written_at)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            earlier.message.as_str(),
            earlier.version,
            earlier.text,
            earlier.written_at.0
        ])?;
    Ok(())
}

pub(super) fn earlier(
    connection: &Connection,
    message: &MessageId,
) -> Result<Vec<EarlierTextRecord>> {
    connection
        .prepare_cached("SELECT * FROM earlier_texts WHERE message = ?1 ORDER BY version")?
        .query_map([message.as_str()], |row| {
            Ok(EarlierTextRecord {
                message: word(row, "message", MessageId::parse)?,
                version: count(row, "version")?,
                text: row.get("text")?,
                written_at: time(row, "written_at")?,
            })
        })?
        .collect()
}

pub(super) fn put_question(
    connection: &Connection,
    message: &MessageId,
    question: &Question,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE messages SET question = ?2 WHERE id = ?1")?
        .execute(params![message.as_str(), json(question)?])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<MessageRecord> {
    let format: String = row.get("format")?;
    let event: Option<String> = row.get("event")?;
    let event = match event {
        None => None,
        Some(kind) => Some(MessageEvent {
            kind: SystemEventKind::read(&kind),
            agent: word_if_any(row, "event_agent", AgentId::parse)?,
        }),
    };
    Ok(MessageRecord {
        id: word(row, "id", MessageId::parse)?,
        conversation: word(row, "conversation", ConversationId::parse)?,
        session: word(row, "session", SessionId::parse)?,
        position: number(row, "position").map(Position)?,
        audience: word(row, "audience", Audience::parse)?,
        author: read_author(row)?,
        text: row.get("text")?,
        format: Format::read(&format),
        event,
        question: value_if_any(row, "question")?,
        attachments: value_if_any(row, "attachments")?.unwrap_or_default(),
        reply_to: word_if_any(row, "reply_to", MessageId::parse)?,
        revision: match time_if_any(row, "revised_at")? {
            None => None,
            Some(at) => Some(Revision {
                version: count(row, "version")?,
                at,
                deleted: row.get("deleted")?,
            }),
        },
        posted_at: time(row, "posted_at")?,
        client_id: word_if_any(row, "client_id", ClientId::parse)?,
    })
}

fn read_author(row: &Row<'_>) -> Result<MessageAuthor> {
    let author: String = row.get("author")?;
    Ok(match author.as_str() {
        "visitor" => MessageAuthor::Visitor(word(row, "author_name", ContactId::parse)?),
        "agent" => MessageAuthor::Agent(word(row, "author_name", AgentId::parse)?),
        "automated" => MessageAuthor::Automated(row.get("author_name")?),
        "system" => MessageAuthor::System,
        _ => return Err(foreign("author")),
    })
}
