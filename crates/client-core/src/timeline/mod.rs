//! Conversations as lists of messages: the one on screen and those opened lately.
//!
//! Order comes only from positions, completeness only from the feed (`connection::resume`).
//! Messages that the server has not taken yet are not here but in the outbox.

mod dividers;
pub(crate) mod echo;
#[cfg(feature = "agent")]
pub(crate) mod files;
#[cfg(feature = "agent")]
mod notes;
pub(crate) mod order;
mod reduce;
#[cfg(test)]
mod tests;

#[cfg(feature = "agent")]
use protocol::agent::{EarlierText, GivenAnswer, SessionExpertise, SessionStanding, Team};
use protocol::author::AgentRef;
use protocol::chatbot::ChatbotState;
use protocol::ids::{ClientId, ConversationId, MessageId};
use protocol::receipt::Receipts;
use protocol::seq::Position;
use protocol::time::Timestamp;

use order::Held;

/// Conversations that are kept beside the one on screen.
const KEPT: usize = 10;

/// What is known of one conversation's messages.
#[derive(Debug)]
pub(crate) struct Timeline {
    pub(crate) id: ConversationId,
    /// A copy has come; what is held is its newest stretch.
    pub(crate) loaded: bool,
    /// A fresh copy has to be asked for.
    pub(crate) wants_copy: bool,
    pub(crate) held: Vec<Held>,
    pub(crate) has_older: bool,
    pub(crate) loading_older: bool,
    pub(crate) receipts: Receipts,
    /// The agents who take part, as told to visitors.
    pub(crate) agents: Vec<AgentRef>,
    /// How far the chatbot is, as told to visitors.
    pub(crate) chatbot: Option<ChatbotState>,
    /// Since when an agent is looked for, as told to visitors.
    pub(crate) waiting_since: Option<Timestamp>,
    /// What the visitor told a chatbot or a form, as told to agents.
    #[cfg(feature = "agent")]
    pub(crate) answers: Vec<GivenAnswer>,
    /// The expertise its session wants, where that is told.
    #[cfg(feature = "agent")]
    pub(crate) expertise: Option<SessionExpertise>,
    /// Where its latest session stands, where that is told.
    #[cfg(feature = "agent")]
    pub(crate) standing: Option<SessionStanding>,
    /// Its files, once somebody looked at them.
    #[cfg(feature = "agent")]
    pub(crate) files: Option<files::Files>,
    /// Which of those held are notes.
    #[cfg(feature = "agent")]
    pub(crate) notes: notes::Notes,
    /// Who may be mentioned in notes, as told to agents.
    #[cfg(feature = "agent")]
    pub(crate) colleagues: Vec<AgentRef>,
    /// The teams that may be mentioned, too.
    #[cfg(feature = "agent")]
    pub(crate) teams: Vec<Team>,
    /// The message that is looked for, to be shown.
    pub(crate) sought: Option<MessageId>,
    /// The row that was found last, and how many were.
    pub(crate) found: Option<Found>,
    /// What messages said before, where the agent looks at that.
    #[cfg(feature = "agent")]
    pub(crate) histories: Vec<(MessageId, Vec<EarlierText>)>,
    /// The person has read up to here.
    pub(crate) read_up_to: Position,
    /// The line "unread" stands behind this place.
    pub(crate) divider: Option<Position>,
}

impl Timeline {
    pub(crate) fn new(id: ConversationId) -> Self {
        Self {
            id,
            loaded: false,
            wants_copy: true,
            held: Vec::new(),
            has_older: false,
            loading_older: false,
            receipts: Receipts::default(),
            agents: Vec::new(),
            chatbot: None,
            waiting_since: None,
            #[cfg(feature = "agent")]
            answers: Vec::new(),
            #[cfg(feature = "agent")]
            expertise: None,
            #[cfg(feature = "agent")]
            standing: None,
            #[cfg(feature = "agent")]
            files: None,
            #[cfg(feature = "agent")]
            notes: notes::Notes::default(),
            #[cfg(feature = "agent")]
            colleagues: Vec::new(),
            #[cfg(feature = "agent")]
            teams: Vec::new(),
            sought: None,
            found: None,
            #[cfg(feature = "agent")]
            histories: Vec::new(),
            read_up_to: Position::default(),
            divider: None,
        }
    }
}

/// A row that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub key: String,
    /// Grows each time one is found, so that the same row can be found again.
    pub count: u32,
}

/// All conversations that are held, the one shown last at the end.
#[derive(Debug, Default)]
pub(crate) struct Timelines {
    held: Vec<Timeline>,
    shown: Option<ConversationId>,
}

impl Timelines {
    /// The conversation on screen.
    pub(crate) fn shown_id(&self) -> Option<&ConversationId> {
        self.shown.as_ref()
    }

    pub(crate) fn shown(&self) -> Option<&Timeline> {
        self.get(self.shown.as_ref()?)
    }

    pub(crate) fn shown_mut(&mut self) -> Option<&mut Timeline> {
        let shown = self.shown.clone()?;
        self.get_mut(&shown)
    }

    pub(crate) fn get(&self, id: &ConversationId) -> Option<&Timeline> {
        self.held.iter().find(|timeline| timeline.id == *id)
    }

    pub(crate) fn get_mut(&mut self, id: &ConversationId) -> Option<&mut Timeline> {
        self.held.iter_mut().find(|timeline| timeline.id == *id)
    }

    /// Whether the message of this command is on a screen already.
    pub(crate) fn hold(&self, client_id: &ClientId) -> bool {
        let mut all = self.held.iter().flat_map(|timeline| &timeline.held);
        all.any(|held| held.message.client_id.as_ref() == Some(client_id))
    }

    /// Shows a conversation, or none. Its feed was not followed, so a copy is wanted.
    pub(crate) fn show(&mut self, id: Option<ConversationId>) {
        if let Some(id) = &id {
            let mut timeline = match self.held.iter().position(|timeline| timeline.id == *id) {
                Some(at) => self.held.remove(at),
                None => Timeline::new(id.clone()),
            };
            timeline.wants_copy = true;
            // Who comes back looks at what is new, not at what they were once led to.
            timeline.sought = None;
            timeline.found = None;
            self.held.push(timeline);
            if self.held.len() > KEPT + 1 {
                self.held.remove(0);
            }
        }
        self.shown = id;
    }

    /// Forgets what is held of a conversation.
    pub(crate) fn drop(&mut self, id: &ConversationId) {
        self.held.retain(|timeline| timeline.id != *id);
    }

    /// No copy will come for questions that were on their way.
    pub(crate) fn lost(&mut self) {
        for timeline in &mut self.held {
            timeline.loading_older = false;
        }
    }
}
