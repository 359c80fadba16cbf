//! Conversations, their sessions, their participants, and how far agents have come in them.

use protocol::agent::ListCursor;
use protocol::conversation::{ConversationStatus, LiveStatus, ParticipantRole};
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, MessageId, SessionId};
use protocol::receipt::{Reached, Receipts};
use protocol::seq::Position;
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{
    ConversationRecord, HelpRecord, Ownership, ParticipantRecord, SessionRecord, Visibility,
    Workload,
};

use super::row::{
    count, json, number, stored, time, time_if_any, value_if_any, word, word_if_any, words,
};

pub(super) fn find(
    connection: &Connection,
    id: &ConversationId,
) -> Result<Option<ConversationRecord>> {
    connection
        .prepare_cached("SELECT * FROM conversations WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn of_contact(
    connection: &Connection,
    contact: &ContactId,
) -> Result<Vec<ConversationRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM conversations
             WHERE contact = ?1
             ORDER BY last_activity_at DESC, id",
        )?
        .query_map([contact.as_str()], read)?
        .collect()
}

/// Each channel is read along its index and the pages are merged, so that a page costs the same
/// however many conversations there are.
pub(super) fn list(
    connection: &Connection,
    channels: &[ChannelId],
    after: Option<&ListCursor>,
    limit: u32,
) -> Result<Vec<ConversationRecord>> {
    let mut rows = Vec::new();
    for channel in channels {
        rows.extend(list_channel(connection, channel, after, limit)?);
    }
    rows.sort_by(|one, other| {
        (other.last_activity_at, &one.id).cmp(&(one.last_activity_at, &other.id))
    });
    rows.truncate(limit as usize);
    Ok(rows)
}

fn list_channel(
    connection: &Connection,
    channel: &ChannelId,
    after: Option<&ListCursor>,
    limit: u32,
) -> Result<Vec<ConversationRecord>> {
    match after {
        None => connection
            .prepare_cached(
                "SELECT * FROM conversations
                 WHERE channel = ?1
                 ORDER BY last_activity_at DESC, id
                 LIMIT ?2",
            )?
            .query_map(params![channel.as_str(), limit], read)?
            .collect(),
        Some(cursor) => connection
            .prepare_cached(
                "SELECT * FROM conversations
                 WHERE channel = ?1
                   AND last_activity_at <= ?2
                   AND (last_activity_at < ?2 OR id > ?3)
                 ORDER BY last_activity_at DESC, id
                 LIMIT ?4",
            )?
            .query_map(
                params![
                    channel.as_str(),
                    cursor.last_activity_at.0,
                    cursor.conversation.as_str(),
                    limit
                ],
                read,
            )?
            .collect(),
    }
}

pub(super) fn put(connection: &Connection, conversation: &ConversationRecord) -> Result<()> {
    let receipts = &conversation.receipts;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO conversations
                 (id, channel, contact, status, live_status, session, version, started_at,
                  last_activity_at, last_position, preview, visitor_delivered, visitor_read,
                  agents_delivered, agents_read, owner, owner_active_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                     ?17)",
        )?
        .execute(params![
            conversation.id.as_str(),
            conversation.channel.as_str(),
            conversation.contact.as_str(),
            conversation.status.as_str(),
            conversation.live_status.map(LiveStatus::as_str),
            conversation.session.as_str(),
            stored(conversation.version),
            conversation.started_at.0,
            conversation.last_activity_at.0,
            stored(conversation.last_position.0),
            conversation.preview.as_ref().map(MessageId::as_str),
            stored(receipts.visitor.delivered.0),
            stored(receipts.visitor.read.0),
            stored(receipts.agents.delivered.0),
            stored(receipts.agents.read.0),
            conversation
                .owner
                .as_ref()
                .map(|owner| owner.agent.as_str()),
            conversation.owner.as_ref().map(|owner| owner.active_at.0),
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ConversationRecord> {
    let position = |column| number(row, column).map(Position);
    let status: String = row.get("status")?;
    let live_status: Option<String> = row.get("live_status")?;
    Ok(ConversationRecord {
        id: word(row, "id", ConversationId::parse)?,
        channel: word(row, "channel", ChannelId::parse)?,
        contact: word(row, "contact", ContactId::parse)?,
        status: ConversationStatus::read(&status),
        live_status: live_status.as_deref().map(LiveStatus::read),
        session: word(row, "session", SessionId::parse)?,
        version: number(row, "version")?,
        started_at: time(row, "started_at")?,
        last_activity_at: time(row, "last_activity_at")?,
        last_position: position("last_position")?,
        preview: word_if_any(row, "preview", MessageId::parse)?,
        receipts: Receipts {
            visitor: Reached {
                delivered: position("visitor_delivered")?,
                read: position("visitor_read")?,
            },
            agents: Reached {
                delivered: position("agents_delivered")?,
                read: position("agents_read")?,
            },
        },
        owner: match word_if_any(row, "owner", AgentId::parse)? {
            Some(agent) => Some(Ownership {
                agent,
                active_at: time(row, "owner_active_at")?,
            }),
            None => None,
        },
    })
}

pub(super) fn workload(
    connection: &Connection,
    agent: &AgentId,
    since: Timestamp,
) -> Result<Workload> {
    connection
        .prepare_cached(
            "SELECT count(*) AS conversations, min(owner_active_at) AS quietest
             FROM conversations
             WHERE owner = ?1 AND owner_active_at >= ?2 AND live_status IS NOT NULL",
        )?
        .query_row(params![agent.as_str(), since.0], |row| {
            Ok(Workload {
                conversations: count(row, "conversations")?,
                quietest: time_if_any(row, "quietest")?,
            })
        })
}

pub(super) fn owned(
    connection: &Connection,
    agent: &AgentId,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<ConversationRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM conversations
             WHERE owner = ?1 AND owner_active_at >= ?2 AND live_status IS NOT NULL
             ORDER BY owner_active_at, id
             LIMIT ?3",
        )?
        .query_map(params![agent.as_str(), since.0, limit], read)?
        .collect()
}

pub(super) fn silent(connection: &Connection, limit: u32) -> Result<Vec<ConversationRecord>> {
    connection
        .prepare_cached(
            "SELECT conversations.* FROM conversations
             LEFT JOIN sessions ON sessions.id = conversations.session
             WHERE conversations.live_status IS NOT NULL
               AND conversations.live_status <> 'looking_for_help'
               AND sessions.waiting_since IS NULL
             ORDER BY max(conversations.last_activity_at,
                          coalesce(conversations.owner_active_at,
                                   conversations.last_activity_at)),
                      conversations.id
             LIMIT ?1",
        )?
        .query_map([limit], read)?
        .collect()
}

pub(super) fn wanting_help(connection: &Connection, limit: u32) -> Result<Vec<ConversationRecord>> {
    connection
        .prepare_cached(
            "SELECT conversations.* FROM conversations
             JOIN sessions ON sessions.id = conversations.session
             WHERE conversations.live_status = 'looking_for_help'
             ORDER BY sessions.help_wanted_at, conversations.id
             LIMIT ?1",
        )?
        .query_map([limit], read)?
        .collect()
}

pub(super) fn taking_part_elsewhere(
    connection: &Connection,
    agent: &AgentId,
    limit: u32,
) -> Result<Vec<ConversationRecord>> {
    connection
        .prepare_cached(
            "SELECT conversations.* FROM participants
             JOIN conversations ON conversations.id = participants.conversation
             WHERE participants.agent = ?1
               AND NOT EXISTS (SELECT 1 FROM channel_agents
                               WHERE channel_agents.channel = conversations.channel
                                 AND channel_agents.agent = ?1)
             ORDER BY conversations.last_activity_at DESC, conversations.id
             LIMIT ?2",
        )?
        .query_map(params![agent.as_str(), limit], read)?
        .collect()
}

pub(super) fn find_session(
    connection: &Connection,
    id: &SessionId,
) -> Result<Option<SessionRecord>> {
    connection
        .prepare_cached("SELECT * FROM sessions WHERE id = ?1")?
        .query_row([id.as_str()], read_session)
        .optional()
}

pub(super) fn waiting_sessions(connection: &Connection) -> Result<Vec<SessionRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM sessions
             WHERE waiting_since IS NOT NULL AND ended_at IS NULL
             ORDER BY waiting_since, id",
        )?
        .query_map([], read_session)?
        .collect()
}

fn read_session(row: &Row<'_>) -> Result<SessionRecord> {
    Ok(SessionRecord {
        id: word(row, "id", SessionId::parse)?,
        conversation: word(row, "conversation", ConversationId::parse)?,
        started_at: time(row, "started_at")?,
        ended_at: time_if_any(row, "ended_at")?,
        waiting_since: time_if_any(row, "waiting_since")?,
        previous_agent: word_if_any(row, "previous_agent", AgentId::parse)?,
        expertise: words(row, "expertise")?,
        chosen_expertise: value_if_any(row, "chosen_expertise")?.unwrap_or_default(),
        answers: value_if_any(row, "answers")?.unwrap_or_default(),
        help: read_help(row)?,
        facts: value_if_any(row, "facts")?.unwrap_or_default(),
    })
}

fn read_help(row: &Row<'_>) -> Result<Option<HelpRecord>> {
    let wanted_at = time_if_any(row, "help_wanted_at")?;
    let wanted_by = word_if_any(row, "help_wanted_by", AgentId::parse)?;
    let (Some(wanted_at), Some(wanted_by)) = (wanted_at, wanted_by) else {
        return Ok(None);
    };
    Ok(Some(HelpRecord {
        wanted_at,
        wanted_by,
        answered_by: word_if_any(row, "help_answered_by", AgentId::parse)?,
    }))
}

pub(super) fn put_session(connection: &Connection, session: &SessionRecord) -> Result<()> {
    let help = session.help.as_ref();
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sessions
                 (id, conversation, started_at, ended_at, waiting_since, previous_agent,
                  expertise, answers, chosen_expertise, help_wanted_at, help_wanted_by,
                  help_answered_by, facts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            session.id.as_str(),
            session.conversation.as_str(),
            session.started_at.0,
            session.ended_at.map(|instant| instant.0),
            session.waiting_since.map(|instant| instant.0),
            session.previous_agent.as_ref().map(AgentId::as_str),
            json(&session.expertise)?,
            json(&session.answers)?,
            json(&session.chosen_expertise)?,
            help.map(|help| help.wanted_at.0),
            help.map(|help| help.wanted_by.as_str()),
            help.and_then(|help| help.answered_by.as_ref().map(AgentId::as_str)),
            json(&session.facts)?
        ])?;
    Ok(())
}

pub(super) fn participants(
    connection: &Connection,
    conversation: &ConversationId,
) -> Result<Vec<ParticipantRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM participants
             WHERE conversation = ?1
             ORDER BY joined_at, agent",
        )?
        .query_map([conversation.as_str()], |row| {
            let role: String = row.get("role")?;
            Ok(ParticipantRecord {
                conversation: word(row, "conversation", ConversationId::parse)?,
                agent: word(row, "agent", AgentId::parse)?,
                role: ParticipantRole::read(&role),
                visibility: word(row, "visibility", Visibility::parse)?,
                joined_at: time(row, "joined_at")?,
            })
        })?
        .collect()
}

pub(super) fn put_participant(
    connection: &Connection,
    participant: &ParticipantRecord,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO participants
                 (conversation, agent, role, visibility, joined_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            participant.conversation.as_str(),
            participant.agent.as_str(),
            participant.role.as_str(),
            participant.visibility.as_str(),
            participant.joined_at.0
        ])?;
    Ok(())
}

pub(super) fn remove_participant(
    connection: &Connection,
    conversation: &ConversationId,
    agent: &AgentId,
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM participants WHERE conversation = ?1 AND agent = ?2")?
        .execute([conversation.as_str(), agent.as_str()])?;
    Ok(())
}

pub(super) fn reached(
    connection: &Connection,
    conversation: &ConversationId,
    agent: &AgentId,
) -> Result<Reached> {
    let found = connection
        .prepare_cached("SELECT * FROM reached WHERE conversation = ?1 AND agent = ?2")?
        .query_row([conversation.as_str(), agent.as_str()], |row| {
            Ok(Reached {
                delivered: number(row, "delivered").map(Position)?,
                read: number(row, "read").map(Position)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

pub(super) fn put_reached(
    connection: &Connection,
    conversation: &ConversationId,
    agent: &AgentId,
    reached: Reached,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO reached (conversation, agent, delivered, read)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            conversation.as_str(),
            agent.as_str(),
            stored(reached.delivered.0),
            stored(reached.read.0)
        ])?;
    Ok(())
}
