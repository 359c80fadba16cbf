//! Offers, and who let a session pass.

use protocol::agent::{DeclineReason, OfferReason, OfferStatus};
use protocol::ids::{AgentId, ConversationId, OfferId, SessionId};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{OfferRecord, TurnRecord};

use super::row::{count, json, time, time_if_any, word, word_if_any, words};

pub(super) fn find(connection: &Connection, id: &OfferId) -> Result<Option<OfferRecord>> {
    connection
        .prepare_cached("SELECT * FROM offers WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn open_of_session(
    connection: &Connection,
    session: &SessionId,
) -> Result<Option<OfferRecord>> {
    connection
        .prepare_cached("SELECT * FROM offers WHERE session = ?1 AND status = 'open'")?
        .query_row([session.as_str()], read)
        .optional()
}

pub(super) fn open_to_agent(connection: &Connection, agent: &AgentId) -> Result<Vec<OfferRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM offers
             WHERE agent = ?1 AND status = 'open'
             ORDER BY offered_at, waiting_since, id",
        )?
        .query_map([agent.as_str()], read)?
        .collect()
}

pub(super) fn by_deadline(connection: &Connection, limit: u32) -> Result<Vec<OfferRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM offers WHERE status = 'open' ORDER BY expires_at, id LIMIT ?1",
        )?
        .query_map([limit], read)?
        .collect()
}

/// Not `OR REPLACE`: that would take a rival's row away instead of failing.
pub(super) fn put(connection: &Connection, offer: &OfferRecord) -> Result<()> {
    let reasons: Vec<_> = offer.reasons.iter().map(|reason| reason.as_str()).collect();
    connection
        .prepare_cached(
            "INSERT INTO offers
                 (id, session, conversation, agent, status, taken_by, decline_reason, expertise,
                  own_expertise, reasons, waiting_since, offered_at, expires_at, ended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (id) DO UPDATE SET
                 session = excluded.session,
                 conversation = excluded.conversation,
                 agent = excluded.agent,
                 status = excluded.status,
                 taken_by = excluded.taken_by,
                 decline_reason = excluded.decline_reason,
                 expertise = excluded.expertise,
                 own_expertise = excluded.own_expertise,
                 reasons = excluded.reasons,
                 waiting_since = excluded.waiting_since,
                 offered_at = excluded.offered_at,
                 expires_at = excluded.expires_at,
                 ended_at = excluded.ended_at",
        )?
        .execute(params![
            offer.id.as_str(),
            offer.session.as_str(),
            offer.conversation.as_str(),
            offer.agent.as_str(),
            offer.status.as_str(),
            offer.taken_by.as_ref().map(AgentId::as_str),
            offer.decline_reason.map(DeclineReason::as_str),
            json(&offer.expertise)?,
            offer.own_expertise,
            json(&reasons)?,
            offer.waiting_since.0,
            offer.offered_at.0,
            offer.expires_at.0,
            offer.ended_at.map(|instant| instant.0)
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<OfferRecord> {
    let status: String = row.get("status")?;
    let decline_reason: Option<String> = row.get("decline_reason")?;
    let reasons = words(row, "reasons")?;
    Ok(OfferRecord {
        id: word(row, "id", OfferId::parse)?,
        session: word(row, "session", SessionId::parse)?,
        conversation: word(row, "conversation", ConversationId::parse)?,
        agent: word(row, "agent", AgentId::parse)?,
        status: OfferStatus::read(&status),
        taken_by: word_if_any(row, "taken_by", AgentId::parse)?,
        decline_reason: decline_reason.as_deref().map(DeclineReason::read),
        expertise: words(row, "expertise")?,
        own_expertise: row.get("own_expertise")?,
        reasons: reasons.iter().map(|it| OfferReason::read(it)).collect(),
        waiting_since: time(row, "waiting_since")?,
        offered_at: time(row, "offered_at")?,
        expires_at: time(row, "expires_at")?,
        ended_at: time_if_any(row, "ended_at")?,
    })
}

pub(super) fn turns(connection: &Connection, session: &SessionId) -> Result<Vec<TurnRecord>> {
    connection
        .prepare_cached("SELECT * FROM turns WHERE session = ?1 ORDER BY agent")?
        .query_map([session.as_str()], |row| {
            Ok(TurnRecord {
                session: word(row, "session", SessionId::parse)?,
                agent: word(row, "agent", AgentId::parse)?,
                count: count(row, "count")?,
                last_at: time(row, "last_at")?,
            })
        })?
        .collect()
}

pub(super) fn put_turn(connection: &Connection, turn: &TurnRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO turns (session, agent, count, last_at)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            turn.session.as_str(),
            turn.agent.as_str(),
            turn.count,
            turn.last_at.0
        ])?;
    Ok(())
}
