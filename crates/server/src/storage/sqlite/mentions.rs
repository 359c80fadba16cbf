//! Mentions in private notes.

use protocol::ids::{AgentId, ConversationId, MessageId, TeamId};
use protocol::seq::Position;
use rusqlite::{Connection, Result, Row, params};
use server_core::domain::MentionRecord;

use super::row::{number, stored, word, word_if_any};

pub(super) fn in_note(connection: &Connection, note: &MessageId) -> Result<Vec<MentionRecord>> {
    connection
        .prepare_cached("SELECT * FROM mentions WHERE note = ?1 ORDER BY agent")?
        .query_map([note.as_str()], read)?
        .collect()
}

pub(super) fn of_agent(
    connection: &Connection,
    agent: &AgentId,
    limit: u32,
) -> Result<Vec<MentionRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM mentions
             WHERE agent = ?1
             ORDER BY seen, position DESC, note
             LIMIT ?2",
        )?
        .query_map(params![agent.as_str(), limit], read)?
        .collect()
}

pub(super) fn unseen(
    connection: &Connection,
    agent: &AgentId,
    conversation: &ConversationId,
) -> Result<Vec<MentionRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM mentions
             WHERE agent = ?1 AND conversation = ?2 AND seen = 0
             ORDER BY position",
        )?
        .query_map([agent.as_str(), conversation.as_str()], read)?
        .collect()
}

pub(super) fn put(connection: &Connection, mention: &MentionRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO mentions (note, agent, conversation, position, seen, team)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            mention.note.as_str(),
            mention.agent.as_str(),
            mention.conversation.as_str(),
            stored(mention.position.0),
            mention.seen,
            mention.team.as_ref().map(TeamId::as_str)
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<MentionRecord> {
    Ok(MentionRecord {
        note: word(row, "note", MessageId::parse)?,
        agent: word(row, "agent", AgentId::parse)?,
        conversation: word(row, "conversation", ConversationId::parse)?,
        position: number(row, "position").map(Position)?,
        seen: row.get("seen")?,
        team: word_if_any(row, "team", TeamId::parse)?,
    })
}
