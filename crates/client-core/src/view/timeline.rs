//! The message list as rows.

use protocol::author::{AgentRef, Author};
use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use protocol::message::{MessageKind, SystemEvent};
use protocol::time::Timestamp;

use super::rows;
use crate::session::Party;
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

/// One row. `key` never changes while the row lives, also when an echo becomes a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row's name.
    pub key: String,
    /// What it shows.
    pub content: RowContent,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowContent {
    /// A new day begins, in the reader's time zone as told by the shell.
    Day {
        /// An instant on that day.
        at: Timestamp,
    },
    /// Messages below were not in view when they came.
    UnreadDivider,
    /// A message.
    Message(Box<MessageRow>),
    /// Something happened.
    System {
        /// What.
        event: SystemEvent,
        /// When.
        at: Timestamp,
    },
}

/// A message as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// What it is; decides side, shape and colour.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: Author,
    /// Whether this client's person wrote it.
    pub own: bool,
    /// The text in pieces; joined they are the text, byte for byte.
    pub segments: Vec<Segment>,
    /// When it was posted, or written while it is not posted.
    pub at: Timestamp,
    /// Its place in a run of messages of one writer.
    pub grouping: Grouping,
    /// How far it got; only for the person's own messages.
    pub state: Option<DeliveryState>,
    /// Why it failed.
    pub problem: Option<ErrorCode>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Characters.
    Text(String),
    /// An address that may be opened.
    Link {
        /// As it stands in the text.
        text: String,
        /// Where it leads: `http`, `https` or `mailto` only.
        href: String,
    },
}

/// Place in a run of messages of one writer within five minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Alone.
    Single,
    /// First of several.
    First,
    /// In between.
    Middle,
    /// Last of several.
    Last,
}

/// How far a message of the person's own got (mission V6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for a connection or for messages before it.
    Queued,
    /// On its way to the server.
    Sending,
    /// The server has it for good.
    Sent,
    /// It is on a screen of the other side.
    Delivered,
    /// The other side has read it.
    Read,
    /// It was refused; the person decides.
    Failed,
}

impl DeliveryState {
    /// The word for `data-state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
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
