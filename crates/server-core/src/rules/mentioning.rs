//! Whom a private note mentions, and that they are told.
//!
//! Invariant: whoever may not see the conversation does not hear of it, neither by name nor through
//! a team. Nobody is told of a note twice, and its author not at all.

use protocol::agent::{MOST_MENTIONS, Team};
use protocol::error::{ErrorCode, Refusal};
use protocol::feed::Feed;
use protocol::ids::{AgentId, TeamId};

use super::access;
use super::change::Change;
use crate::domain::{AgentRecord, ConversationRecord, MentionRecord, MessageRecord, Subject};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};

/// Whom a note mentions.
pub(crate) struct Mentioned {
    /// Whom to tell, each once, and the team through which when they are not named themselves.
    agents: Vec<(AgentId, Option<TeamId>)>,
    teams: Vec<TeamId>,
}

/// Finds whom to tell of a note in a conversation, or refuses what cannot be mentioned there.
pub(crate) fn mentioned(
    reading: &dyn Reading,
    record: &ConversationRecord,
    author: &AgentId,
    named: &[AgentId],
    teams: &[TeamId],
) -> Result<Mentioned, Error> {
    if named.len() + teams.len() > MOST_MENTIONS {
        return Err(Refusal {
            detail: Some("too many mentions".to_owned()),
            ..ErrorCode::BadFrame.into()
        }
        .into());
    }
    let (named, teams) = (each_once(named), each_once(teams));
    let colleagues = access::colleagues(reading, record)?;
    let may_look = |agent: &AgentId| colleagues.iter().any(|known| known.id == *agent);
    let mut agents = Vec::new();
    for agent in named {
        if !may_look(&agent) {
            return Err(unseen("somebody who is mentioned may"));
        }
        agents.push((agent, None));
    }
    for team in &teams {
        let mut has_anybody = false;
        for member in reading.team_members(team)? {
            if may_look(&member) {
                has_anybody = true;
                if !agents.iter().any(|(known, _)| *known == member) {
                    agents.push((member, Some(team.clone())));
                }
            }
        }
        if !has_anybody {
            return Err(unseen("nobody of a team that is mentioned may"));
        }
    }
    agents.retain(|(agent, _)| agent != author);
    Ok(Mentioned { agents, teams })
}

/// Keeps whom a note mentions and tells those who were not told of it before.
pub(crate) fn tell(
    change: &mut Change<'_>,
    note: &MessageRecord,
    mentioned: Mentioned,
) -> Result<(), Error> {
    for team in &mentioned.teams {
        change.tx.put_team_mention(&note.id, team)?;
    }
    let told = change.tx.mentions_in(&note.id)?;
    for (agent, team) in mentioned.agents {
        if told.iter().any(|mention| mention.agent == agent) {
            continue;
        }
        change.tx.put_mention(&MentionRecord {
            note: note.id.clone(),
            agent: agent.clone(),
            conversation: note.conversation.clone(),
            position: note.position,
            team,
            seen: false,
        })?;
        let subject = Subject::Mention(note.conversation.clone(), note.id.clone());
        change.entry(Feed::Agent(agent), &subject)?;
    }
    Ok(())
}

/// The teams that notes may mention where these agents may look, by name.
pub(crate) fn teams(reading: &dyn Reading, colleagues: &[AgentRecord]) -> Stored<Vec<Team>> {
    let mut teams = Vec::new();
    for record in reading.teams()? {
        let members = reading.team_members(&record.id)?;
        let may_look = |member: &&AgentId| colleagues.iter().any(|agent| agent.id == **member);
        let people = members.iter().filter(may_look).count();
        if people > 0 {
            teams.push(Team {
                id: record.id,
                name: record.name,
                people: u32::try_from(people).unwrap_or(u32::MAX),
            });
        }
    }
    teams.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(teams)
}

fn each_once<T: Clone + Ord>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    ids
}

fn unseen(who: &str) -> Error {
    Refusal {
        detail: Some(format!("{who} not see the conversation")),
        ..ErrorCode::Forbidden.into()
    }
    .into()
}
