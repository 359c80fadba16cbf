//! Agents, their sign-ins and their states.

use protocol::agent::{Availability, BusyReason};
use protocol::ids::{AgentId, ChannelId, OfferId};
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{
    AgentProfile, AgentRecord, AgentRole, AgentStateRecord, Chosen, SignInRecord, TokenDigest,
};

use super::row::{count, json, time, time_if_any, word, word_if_any, words};

pub(super) fn find(connection: &Connection, id: &AgentId) -> Result<Option<AgentRecord>> {
    connection
        .prepare_cached("SELECT * FROM agents WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn find_by_email(connection: &Connection, email: &str) -> Result<Option<AgentRecord>> {
    connection
        .prepare_cached("SELECT * FROM agents WHERE email = ?1")?
        .query_row([email], read)
        .optional()
}

pub(super) fn all(connection: &Connection) -> Result<Vec<AgentRecord>> {
    connection
        .prepare_cached("SELECT * FROM agents ORDER BY id")?
        .query_map([], read)?
        .collect()
}

pub(super) fn of_channel(connection: &Connection, channel: &ChannelId) -> Result<Vec<AgentRecord>> {
    connection
        .prepare_cached(
            "SELECT agents.*
             FROM channel_agents
             JOIN agents ON agents.id = channel_agents.agent
             WHERE channel_agents.channel = ?1
             ORDER BY agents.id",
        )?
        .query_map([channel.as_str()], read)?
        .collect()
}

pub(super) fn put(connection: &Connection, agent: &AgentRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO agents
                 (id, email, name, password_hash, role, created_at, capacity, expertise,
                  languages, country)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET
                 email = excluded.email,
                 name = excluded.name,
                 password_hash = excluded.password_hash,
                 role = excluded.role,
                 created_at = excluded.created_at,
                 capacity = excluded.capacity,
                 expertise = excluded.expertise,
                 languages = excluded.languages,
                 country = excluded.country",
        )?
        .execute(params![
            agent.id.as_str(),
            agent.email,
            agent.name,
            agent.password_hash,
            agent.role.as_str(),
            agent.created_at.0,
            agent.profile.capacity,
            json(&agent.profile.expertise)?,
            json(&agent.profile.languages)?,
            agent.profile.country
        ])?;
    Ok(())
}

pub(super) fn find_sign_in(
    connection: &Connection,
    token: &TokenDigest,
) -> Result<Option<SignInRecord>> {
    connection
        .prepare_cached("SELECT * FROM sign_ins WHERE token = ?1")?
        .query_row([&token.0], read_sign_in)
        .optional()
}

pub(super) fn put_sign_in(connection: &Connection, sign_in: &SignInRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sign_ins (token, agent, created_at, expires_at)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            sign_in.token.0,
            sign_in.agent.as_str(),
            sign_in.created_at.0,
            sign_in.expires_at.0
        ])?;
    Ok(())
}

pub(super) fn remove_sign_in(connection: &Connection, token: &TokenDigest) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM sign_ins WHERE token = ?1")?
        .execute([&token.0])?;
    Ok(())
}

pub(super) fn remove_sign_ins_expired_before(
    connection: &Connection,
    instant: Timestamp,
) -> Result<usize> {
    connection
        .prepare_cached("DELETE FROM sign_ins WHERE expires_at < ?1")?
        .execute([instant.0])
}

pub(super) fn is_signed_in(
    connection: &Connection,
    agent: &AgentId,
    instant: Timestamp,
) -> Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM sign_ins WHERE agent = ?1 AND expires_at > ?2")?
        .exists(params![agent.as_str(), instant.0])
}

pub(super) fn find_state(
    connection: &Connection,
    agent: &AgentId,
) -> Result<Option<AgentStateRecord>> {
    connection
        .prepare_cached("SELECT * FROM agent_states WHERE agent = ?1")?
        .query_row([agent.as_str()], read_state)
        .optional()
}

pub(super) fn put_state(connection: &Connection, state: &AgentStateRecord) -> Result<()> {
    let (chosen, reason) = match state.chosen {
        Chosen::Available => (Availability::Available, None),
        Chosen::Busy(reason) => (Availability::Busy, reason),
    };
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO agent_states
                 (agent, availability, since, chosen, chosen_reason, missed, last_offered_at,
                  misses_forgiven)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            state.agent.as_str(),
            state.availability.as_str(),
            state.since.0,
            chosen.as_str(),
            reason.map(BusyReason::as_str),
            state.missed.as_ref().map(OfferId::as_str),
            state.last_offered_at.map(|instant| instant.0),
            state.misses_forgiven
        ])?;
    Ok(())
}

fn read_state(row: &Row<'_>) -> Result<AgentStateRecord> {
    let availability: String = row.get("availability")?;
    let chosen: String = row.get("chosen")?;
    let reason: Option<String> = row.get("chosen_reason")?;
    Ok(AgentStateRecord {
        agent: word(row, "agent", AgentId::parse)?,
        availability: Availability::read(&availability),
        since: time(row, "since")?,
        chosen: match Availability::read(&chosen) {
            Availability::Busy => Chosen::Busy(reason.as_deref().map(BusyReason::read)),
            _ => Chosen::Available,
        },
        missed: word_if_any(row, "missed", OfferId::parse)?,
        last_offered_at: time_if_any(row, "last_offered_at")?,
        misses_forgiven: count(row, "misses_forgiven")?,
    })
}

fn read(row: &Row<'_>) -> Result<AgentRecord> {
    Ok(AgentRecord {
        id: word(row, "id", AgentId::parse)?,
        email: row.get("email")?,
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
        role: word(row, "role", AgentRole::parse)?,
        profile: AgentProfile {
            capacity: count(row, "capacity")?,
            expertise: words(row, "expertise")?,
            languages: words(row, "languages")?,
            country: row.get("country")?,
        },
        created_at: time(row, "created_at")?,
    })
}

fn read_sign_in(row: &Row<'_>) -> Result<SignInRecord> {
    Ok(SignInRecord {
        token: TokenDigest(row.get("token")?),
        agent: word(row, "agent", AgentId::parse)?,
        created_at: time(row, "created_at")?,
        expires_at: time(row, "expires_at")?,
    })
}
