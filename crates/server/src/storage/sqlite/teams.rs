//! Teams, who is in them, and which notes mention them.

use protocol::ids::{AgentId, MessageId, TeamId};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::TeamRecord;

use super::row::word;

pub(super) fn find(connection: &Connection, id: &TeamId) -> Result<Option<TeamRecord>> {
    connection
        .prepare_cached("SELECT * FROM teams WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn all(connection: &Connection) -> Result<Vec<TeamRecord>> {
    connection
        .prepare_cached("SELECT * FROM teams ORDER BY id")?
        .query_map([], read)?
        .collect()
}

pub(super) fn members(connection: &Connection, team: &TeamId) -> Result<Vec<AgentId>> {
    connection
        .prepare_cached("SELECT agent FROM team_members WHERE team = ?1 ORDER BY agent")?
        .query_map([team.as_str()], |row| word(row, "agent", AgentId::parse))?
        .collect()
}

pub(super) fn of_agent(connection: &Connection, agent: &AgentId) -> Result<Vec<TeamRecord>> {
    connection
        .prepare_cached(
            "SELECT teams.*
             FROM team_members
             JOIN teams ON teams.id = team_members.team
             WHERE team_members.agent = ?1
             ORDER BY teams.id",
        )?
        .query_map([agent.as_str()], read)?
        .collect()
}

pub(super) fn mentioned_in(connection: &Connection, note: &MessageId) -> Result<Vec<TeamId>> {
    connection
        .prepare_cached("SELECT team FROM team_mentions WHERE note = ?1 ORDER BY team")?
        .query_map([note.as_str()], |row| word(row, "team", TeamId::parse))?
        .collect()
}

pub(super) fn put(connection: &Connection, team: &TeamRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO teams (id, name) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        )?
        .execute(params![team.id.as_str(), team.name])?;
    Ok(())
}

pub(super) fn put_member(connection: &Connection, team: &TeamId, agent: &AgentId) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO team_members (team, agent) VALUES (?1, ?2)")?
        .execute([team.as_str(), agent.as_str()])?;
    Ok(())
}

pub(super) fn remove_member(connection: &Connection, team: &TeamId, agent: &AgentId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM team_members WHERE team = ?1 AND agent = ?2")?
        .execute([team.as_str(), agent.as_str()])?;
    Ok(())
}

pub(super) fn put_mention(connection: &Connection, note: &MessageId, team: &TeamId) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO team_mentions (note, team) VALUES (?1, ?2)")?
        .execute([note.as_str(), team.as_str()])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<TeamRecord> {
    Ok(TeamRecord {
        id: word(row, "id", TeamId::parse)?,
        name: row.get("name")?,
    })
}
