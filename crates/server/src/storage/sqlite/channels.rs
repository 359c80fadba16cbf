//! Channels, and which agents answer in them.

use protocol::ids::{AgentId, ChannelId, SiteKey};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use serde::{Deserialize, Serialize};
use server_core::domain::{ChannelRecord, ChannelSettings};

use super::row::{foreign, json, word, words};

/// What is set for one channel, as it is kept. What a later version adds is no fault here.
#[derive(Default, Deserialize, Serialize)]
struct KeptSettings {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offer_seconds: Option<u32>,
}

pub(super) fn find(connection: &Connection, id: &ChannelId) -> Result<Option<ChannelRecord>> {
    connection
        .prepare_cached("SELECT * FROM channels WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn find_by_site(
    connection: &Connection,
    site: &SiteKey,
) -> Result<Option<ChannelRecord>> {
    connection
        .prepare_cached("SELECT * FROM channels WHERE site = ?1")?
        .query_row([site.as_str()], read)
        .optional()
}

pub(super) fn all(connection: &Connection) -> Result<Vec<ChannelRecord>> {
    connection
        .prepare_cached("SELECT * FROM channels ORDER BY id")?
        .query_map([], read)?
        .collect()
}

pub(super) fn of_agent(connection: &Connection, agent: &AgentId) -> Result<Vec<ChannelRecord>> {
    connection
        .prepare_cached(
            "SELECT channels.*
             FROM channel_agents
             JOIN channels ON channels.id = channel_agents.channel
             WHERE channel_agents.agent = ?1
             ORDER BY channels.id",
        )?
        .query_map([agent.as_str()], read)?
        .collect()
}

pub(super) fn has_agent(
    connection: &Connection,
    agent: &AgentId,
    channel: &ChannelId,
) -> Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM channel_agents WHERE agent = ?1 AND channel = ?2")?
        .exists([agent.as_str(), channel.as_str()])
}

pub(super) fn put(connection: &Connection, channel: &ChannelRecord) -> Result<()> {
    let settings = KeptSettings {
        offer_seconds: channel.settings.offer_seconds,
    };
    connection
        .prepare_cached(
            "INSERT INTO channels (id, site, name, allowed_origins, settings)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET
                 site = excluded.site,
                 name = excluded.name,
                 allowed_origins = excluded.allowed_origins,
                 settings = excluded.settings",
        )?
        .execute(params![
            channel.id.as_str(),
            channel.site.as_str(),
            channel.name,
            json(&channel.allowed_origins)?,
            json(&settings)?
        ])?;
    Ok(())
}

pub(super) fn put_agent(
    connection: &Connection,
    channel: &ChannelId,
    agent: &AgentId,
) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO channel_agents (agent, channel) VALUES (?1, ?2)")?
        .execute([agent.as_str(), channel.as_str()])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ChannelRecord> {
    let settings: String = row.get("settings")?;
    let settings: KeptSettings =
        serde_json::from_str(&settings).map_err(|_| foreign("settings"))?;
    Ok(ChannelRecord {
        id: word(row, "id", ChannelId::parse)?,
        site: word(row, "site", SiteKey::parse)?,
        name: row.get("name")?,
        allowed_origins: words(row, "allowed_origins")?,
        settings: ChannelSettings {
            offer_seconds: settings.offer_seconds,
        },
    })
}
