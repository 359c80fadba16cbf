//! Questions on their way: which answer belongs to what.
//!
//! Questions die with the socket. What still needs an answer is asked again by `update::settle`,
//! which looks at what is missing, not at what was asked.

use protocol::ids::ConversationId;
#[cfg(feature = "agent")]
use protocol::ids::MessageId;
use protocol::seq::Position;
use protocol::time::Timestamp;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Query {
    /// The newest messages of a conversation.
    Open(ConversationId),
    /// Messages before a place.
    Older(ConversationId, Position),
    /// Addresses of attachments.
    Links,
    /// What a message said before.
    #[cfg(feature = "agent")]
    History(ConversationId, MessageId),
    /// The conversation list from its beginning.
    #[cfg(feature = "agent")]
    List,
    /// Earlier versions of shared notes, before one.
    #[cfg(feature = "agent")]
    NotesHistory(ConversationId, Option<u64>),
    /// Files of a conversation, before a place.
    #[cfg(feature = "agent")]
    Files(ConversationId, Option<Position>),
    /// More of the conversation list.
    #[cfg(feature = "agent")]
    MoreList,
}

/// All questions without an answer.
#[derive(Debug, Default)]
pub(crate) struct Queries {
    last: u32,
    pending: Vec<(u32, Query)>,
    /// The server was busy; nothing is asked again before this time.
    pub(crate) paused_until: Option<Timestamp>,
    refusals: u32,
}

impl Queries {
    /// Notes a question and gives it its number.
    pub(crate) fn ask(&mut self, query: Query) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.pending.push((self.last, query));
        self.last
    }

    pub(crate) fn is_pending(&self, query: &Query) -> bool {
        self.pending.iter().any(|(_, pending)| pending == query)
    }

    /// The question with this number, which is answered now.
    pub(crate) fn answered(&mut self, reference: u32) -> Option<Query> {
        let at = self
            .pending
            .iter()
            .position(|(number, _)| *number == reference)?;
        Some(self.pending.remove(at).1)
    }

    /// Takes back every question that is equal to this one.
    #[cfg(feature = "agent")]
    pub(crate) fn withdraw(&mut self, query: &Query) {
        self.pending.retain(|(_, pending)| pending != query);
    }

    pub(crate) fn is_paused(&self, now: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }

    /// The server was busy: how often in a row, for the back-off.
    pub(crate) fn refused(&mut self) -> u32 {
        self.refusals += 1;
        self.refusals - 1
    }

    /// The server answers again.
    pub(crate) fn succeeded(&mut self) {
        self.refusals = 0;
        self.paused_until = None;
    }

    pub(crate) fn lost(&mut self) {
        self.pending.clear();
    }
}
