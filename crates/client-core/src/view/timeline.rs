//! The message list as rows.

use protocol::author::{AgentRef, Author};
use protocol::chatbot::ChatbotState;
use protocol::form::OpeningHours;
use protocol::ids::ConversationId;

use super::row::Row;
use super::rows;
use crate::side::{FOR_VISITORS, Party};
use crate::state::State;
use crate::timeline::order::Held;
use crate::timeline::{Found, Timeline};

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
    /// The row that was looked for last.
    pub found: Option<Found>,
    /// Others who type right now; a visitor without a name is `None` inside.
    pub typing: Vec<Author>,
    /// Messages of others that were not in view yet.
    pub unread: u32,
    /// The agents who take part, as far as this side may know.
    pub agents: Vec<AgentRef>,
    /// That the visitor waits for an agent.
    pub waiting: Option<WaitingView>,
    /// Whether the chatbot can begin again.
    pub restart: Restart,
    /// Whether a chatbot answers, and nobody is looked for.
    pub is_with_chatbot: bool,
    /// When somebody is there, where the channel says so.
    pub hours: Option<OpeningHours>,
    /// Which hour it is: when it changes, days may have other names (`Today`).
    pub hour: i64,
}

/// A visitor's wait for an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitingView {
    /// The place in the line, 1 is next; absent while the server has not told it.
    pub position: Option<u32>,
    /// Whether the server told that nobody is there at the moment.
    pub nobody_there: bool,
    /// How long it is expected to take.
    pub expected_wait_ms: Option<u32>,
}

/// Whether the chatbot can begin again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Restart {
    /// No: there is none, it has just begun, or an agent is looked for.
    #[default]
    Hidden,
    /// Yes.
    Offered,
    /// It was asked to and has not answered.
    Asked,
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
        let rows = rows::rows(state);
        let mut view = Self {
            hours: state.form.hours.clone(),
            hour: state.hour(),
            ..Self::default()
        };
        match state.timelines.shown() {
            Some(timeline) => {
                // A conversation that began with a message of ours has something to show at once.
                view.phase = if timeline.loaded || !rows.is_empty() {
                    LoadPhase::Ready
                } else {
                    LoadPhase::Loading
                };
                view.conversation = Some(timeline.id.clone());
                if state.is_complete() {
                    view.tell(state, timeline);
                }
            }
            None => view.typing = greeter(state),
        }
        view.rows = rows;
        view
    }

    /// Tells what is known of the open conversation. Entered from outside.
    #[inline(never)]
    fn tell(&mut self, state: &State, timeline: &Timeline) {
        let party = state.party();
        self.has_older = timeline.has_older;
        self.loading_older = timeline.loading_older;
        self.found.clone_from(&timeline.found);
        self.typing = state.typing.authors(&timeline.id);
        self.waiting = waiting(state, timeline);
        self.restart = restart(state, timeline);
        self.is_with_chatbot = matches!(
            timeline.chatbot,
            Some(ChatbotState::Active | ChatbotState::Over)
        );
        self.unread = timeline.unread(party);
        self.agents = match party {
            Party::Visitor => timeline.agents.clone(),
            #[cfg(feature = "agent")]
            Party::Agent => participants(state, &timeline.id),
        };
    }
}

/// The chatbot, while it writes its greeting.
fn greeter(state: &State) -> Vec<Author> {
    let is_typing = FOR_VISITORS && state.greeting.is_typing();
    is_typing
        .then(|| state.greeting.author())
        .into_iter()
        .collect()
}

fn waiting(state: &State, timeline: &Timeline) -> Option<WaitingView> {
    timeline.waiting_since.filter(|_| FOR_VISITORS)?;
    let place = state.waiting.place();
    let place = place.filter(|place| place.conversation == timeline.id);
    Some(WaitingView {
        position: place.and_then(|place| place.position),
        nobody_there: place.is_some_and(|place| place.position.is_none()),
        expected_wait_ms: place.and_then(|place| place.expected_wait_ms),
    })
}

/// There is nothing to begin again before something was answered.
fn restart(state: &State, timeline: &Timeline) -> Restart {
    if !FOR_VISITORS {
        return Restart::Hidden;
    }
    let is_own = |held: &Held| state.session.is_own(&held.message.author);
    let makes_sense = match timeline.chatbot {
        Some(ChatbotState::Over) => true,
        Some(ChatbotState::Active) => timeline.held.iter().any(is_own),
        _ => false,
    };
    match (makes_sense, state.errands.is_restarting()) {
        (false, _) => Restart::Hidden,
        (true, false) => Restart::Offered,
        (true, true) => Restart::Asked,
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
