//! Finding mentions in a text: an `@`, and the whole name of a colleague or a team behind it.

use protocol::agent::Team;
use protocol::author::AgentRef;
use protocol::ids::{AgentId, TeamId};

/// Whom a note mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentioned {
    /// The agents it names.
    pub(crate) agents: Vec<AgentId>,
    /// The teams it names.
    pub(crate) teams: Vec<TeamId>,
}

impl Mentioned {
    /// No more than this many together.
    pub(crate) fn truncate(&mut self, most: usize) {
        self.agents.truncate(most);
        self.teams.truncate(most - self.agents.len());
    }
}

/// Whom a text mentions, each once, in the order they come up. Where one name begins like another,
/// the longer one is meant; all who have that name are.
pub(crate) fn found(text: &str, colleagues: &[AgentRef], teams: &[Team]) -> Mentioned {
    let mut mentioned = Mentioned::default();
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        if sign == '@' && !before.is_alphanumeric() {
            let rest = &text[at + 1..];
            let names = colleagues.iter().map(|agent| agent.name.as_str());
            let longest = names
                .chain(teams.iter().map(|team| team.name.as_str()))
                .filter(|name| begins(rest, name))
                .map(str::len)
                .max();
            let is_meant = |name: &str| Some(name.len()) == longest && begins(rest, name);
            for agent in colleagues.iter().filter(|agent| is_meant(&agent.name)) {
                if !mentioned.agents.contains(&agent.id) {
                    mentioned.agents.push(agent.id.clone());
                }
            }
            for team in teams.iter().filter(|team| is_meant(&team.name)) {
                if !mentioned.teams.contains(&team.id) {
                    mentioned.teams.push(team.id.clone());
                }
            }
        }
        before = sign;
    }
    mentioned
}

/// Whether a text begins with a whole name.
fn begins(text: &str, name: &str) -> bool {
    !name.is_empty()
        && text
            .strip_prefix(name)
            .is_some_and(|behind| !behind.chars().next().is_some_and(char::is_alphanumeric))
}
