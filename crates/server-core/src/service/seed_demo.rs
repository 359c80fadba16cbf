//! What `--demo` sets up. Repeats add only what is missing.

use protocol::ids::{AgentId, ChannelId, SiteKey, TeamId};

use super::Service;
use crate::domain::{
    AgentProfile, AgentRecord, AgentRole, ChannelRecord, ChannelSettings, TeamRecord,
};
use crate::error::{Error, StorageError};
use crate::ports::storage::Stored;
use crate::rules::change::Change;

/// The password of every demo agent.
pub const DEMO_PASSWORD: &str = "parlour-demo";

/// Demo agents: id, name, e-mail address, role.
pub const DEMO_AGENTS: [(&str, &str, &str, AgentRole); 3] = [
    ("ana", "Ana", "ana@example.com", AgentRole::Agent),
    ("ben", "Ben", "ben@example.com", AgentRole::Agent),
    ("sol", "Sol", "sol@example.com", AgentRole::Administrator),
];

/// What some of them are good at, and what they write.
const DEMO_PROFILES: [(&str, &str, &[&str]); 2] = [
    ("ana", "Sales", &["en", "es"]),
    ("ben", "Technical", &["en", "zh"]),
];

/// Demo channels: id, name, site key.
pub const DEMO_CHANNELS: [(&str, &str, &str); 2] = [
    ("support", "Support", "demo-support"),
    ("sales", "Sales", "demo-sales"),
];

/// Demo teams: id, name, ids of their members.
pub const DEMO_TEAMS: [(&str, &str, [&str; 2]); 2] = [
    ("billing", "Billing", ["ana", "sol"]),
    ("shipping", "Shipping", ["ben", "sol"]),
];

impl Service {
    /// Makes sure that the demo channels, agents and teams are there, and that all answer
    /// everywhere. A team that is there already keeps the members it has.
    pub fn seed_demo(&self) -> Result<(), Error> {
        let missing = self.look(|reading| {
            let mut missing = false;
            for (_, _, email, _) in DEMO_AGENTS {
                missing |= reading.agent_by_email(email)?.is_none();
            }
            Ok(missing)
        })?;
        // Slow, so it is done once, outside the transaction, and only when it is needed.
        let hash = missing.then(|| self.ports.credentials.hash_password(DEMO_PASSWORD));
        self.change(|change| {
            for (id, name, site) in DEMO_CHANNELS {
                let site = demo_id(site, SiteKey::parse)?;
                if change.tx.channel_by_site(&site)?.is_none() {
                    change.tx.put_channel(&ChannelRecord {
                        id: demo_id(id, ChannelId::parse)?,
                        site,
                        name: name.to_owned(),
                        allowed_origins: Vec::new(),
                        settings: ChannelSettings::default(),
                    })?;
                }
            }
            for (id, name, email, role) in DEMO_AGENTS {
                let known = change.tx.agent_by_email(email)?;
                let agent = match (known, &hash) {
                    (Some(known), _) => known,
                    (None, Some(hash)) => {
                        let fresh = AgentRecord {
                            id: demo_id(id, AgentId::parse)?,
                            email: email.to_owned(),
                            name: name.to_owned(),
                            password_hash: hash.clone(),
                            role,
                            profile: demo_profile(id),
                            created_at: change.now,
                        };
                        change.tx.put_agent(&fresh)?;
                        fresh
                    }
                    (None, None) => continue,
                };
                for (_, _, site) in DEMO_CHANNELS {
                    let site = demo_id(site, SiteKey::parse)?;
                    if let Some(channel) = change.tx.channel_by_site(&site)? {
                        change.tx.put_channel_agent(&channel.id, &agent.id)?;
                    }
                }
            }
            seed_teams(change)
        })
    }
}

/// Adds the teams that are missing. Who has the e-mail address of a demo agent but another id was
/// added by hand and is not in them.
fn seed_teams(change: &mut Change<'_>) -> Result<(), Error> {
    for (id, name, members) in DEMO_TEAMS {
        let team = demo_id(id, TeamId::parse)?;
        let mut teams = change.tx.teams()?.into_iter();
        if teams.any(|known| known.id == team || known.name == name) {
            continue;
        }
        change.tx.put_team(&TeamRecord {
            id: team.clone(),
            name: name.to_owned(),
        })?;
        for member in members {
            let agent = demo_id(member, AgentId::parse)?;
            if change.tx.agent(&agent)?.is_some() {
                change.tx.put_team_member(&team, &agent)?;
            }
        }
    }
    Ok(())
}

fn demo_profile(id: &str) -> AgentProfile {
    let mut profiles = DEMO_PROFILES.iter();
    let own = profiles.find(|(agent, _, _)| *agent == id);
    own.map_or_else(AgentProfile::default, |(_, expertise, languages)| {
        AgentProfile {
            expertise: vec![(*expertise).to_owned()],
            languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
            ..AgentProfile::default()
        }
    })
}

fn demo_id<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Stored<T> {
    parse(text).ok_or_else(|| StorageError::Other(format!("{text} is no id")))
}
