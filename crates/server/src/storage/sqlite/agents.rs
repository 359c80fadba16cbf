//! Agents and their sign-ins.

use protocol::ids::AgentId;
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{AgentRecord, AgentRole, SignInRecord, TokenDigest};

use super::row::{time, word};

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

pub(super) fn put(connection: &Connection, agent: &AgentRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO agents (id, email, name, password_hash, role, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET
                 email = excluded.email,
                 name = excluded.name,
                 password_hash = excluded.password_hash,
                 role = excluded.role,
                 created_at = excluded.created_at",
        )?
        .execute(params![
            agent.id.as_str(),
            agent.email,
            agent.name,
            agent.password_hash,
            agent.role.as_str(),
            agent.created_at.0
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

fn read(row: &Row<'_>) -> Result<AgentRecord> {
    Ok(AgentRecord {
        id: word(row, "id", AgentId::parse)?,
        email: row.get("email")?,
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
        role: word(row, "role", AgentRole::parse)?,
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
