//! The message list as rows.

use protocol::author::{AgentRef, Author};
use protocol::ids::ConversationId;

use super::row::Row;
use super::rows;
use crate::side::Party;
use crate::state::State;

/// What the open conversation shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineView {
    /// Which conversation; absent before the visitor's first message is stored.
    pub conversation: Option<ConversationId>,
    /// Whether its messages are there.
    pub phase: LoadPhase,
    /// Whether "show older" makes sense.
    pub has_older: bool,
    /// Whether older messages are on their way.
    pub loading_older: bool,
    /// The rows, oldest first. Messages of the person's own that have no place yet come last.
    pub rows: Vec<Row>,
    /// Others who type right now; a visitor without a name is `None` inside.
    pub typing: Vec<Author>,
    /// Messages of others that were not in view yet.
    pub unread: u32,
    /// The agents who take part, as far as this side may know.
    pub agents: Vec<AgentRef>,
    /// Which hour it is: when it changes, days may have other names (`Today`).
    pub hour: i64,
}

/// Whether there is something to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadPhase {
    /// No conversation is open.
    #[default]
    Empty,
    /// The first messages are on their way.
    Loading,
    /// They are there.
    Ready,
}

impl TimelineView {
    pub(crate) fn of(state: &State) -> Self {
        let party = state.party();
        let shown = state.timelines.shown();
        let rows = rows::rows(state);
        let Some(timeline) = shown else {
            return Self {
                rows,
                hour: state.hour(),
                ..Self::default()
            };
        };
        // A conversation that began with a message of ours has something to show at once.
        let phase = if timeline.loaded || !rows.is_empty() {
            LoadPhase::Ready
        } else {
            LoadPhase::Loading
        };
        Self {
            conversation: Some(timeline.id.clone()),
            phase,
            has_older: timeline.has_older,
            loading_older: timeline.loading_older,
            rows,
            typing: state.typing.authors(&timeline.id),
            unread: timeline.unread(party),
            hour: state.hour(),
            agents: match party {
                Party::Visitor => timeline.agents.clone(),
                #[cfg(feature = "agent")]
                Party::Agent => participants(state, &timeline.id),
            },
        }
    }
}

#[cfg(feature = "agent")]
fn participants(state: &State, conversation: &ConversationId) -> Vec<AgentRef> {
    state.roster.get(conversation).map_or_else(Vec::new, |row| {
        row.participants
            .iter()
            .map(|participant| participant.agent.clone())
            .collect()
    })
}
