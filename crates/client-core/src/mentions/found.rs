//! Finding mentions in a text: an `@`, and the whole name of a colleague behind it.

use protocol::author::AgentRef;
use protocol::ids::AgentId;

/// The agents a text mentions, each once, in the order they come up. Where one name begins like
/// another, the longer one is meant; agents of the same name are all meant.
pub(crate) fn found(text: &str, colleagues: &[AgentRef]) -> Vec<AgentId> {
    let mut agents: Vec<AgentId> = Vec::new();
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        if sign == '@' && !before.is_alphanumeric() {
            let rest = &text[at + 1..];
            let longest = colleagues
                .iter()
                .filter(|agent| begins(rest, &agent.name))
                .map(|agent| agent.name.len())
                .max();
            let meant = colleagues
                .iter()
                .filter(|agent| Some(agent.name.len()) == longest && begins(rest, &agent.name));
            for agent in meant {
                if !agents.contains(&agent.id) {
                    agents.push(agent.id.clone());
                }
            }
        }
        before = sign;
    }
    agents
}

/// Whether a text begins with a whole name.
fn begins(text: &str, name: &str) -> bool {
    !name.is_empty()
        && text
            .strip_prefix(name)
            .is_some_and(|behind| !behind.chars().next().is_some_and(char::is_alphanumeric))
}
