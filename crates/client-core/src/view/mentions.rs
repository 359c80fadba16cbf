//! The Mentions view: notes that name the agent (mission C21).

use protocol::agent::Mention;

use crate::state::State;

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MentionsView {
    /// Whether the backend keeps notes.
    pub offered: bool,
    /// The mentions, newest first.
    pub mentions: Vec<Mention>,
    /// How many of them were not seen.
    pub unseen: u32,
}

impl MentionsView {
    pub(crate) fn of(state: &State) -> Self {
        let mentions: Vec<Mention> = state.mentions.iter().cloned().collect();
        let unseen = mentions.iter().filter(|mention| !mention.seen).count();
        Self {
            offered: state.session.offers(protocol::version::Capability::Notes),
            unseen: u32::try_from(unseen).unwrap_or(u32::MAX),
            mentions,
        }
    }
}
