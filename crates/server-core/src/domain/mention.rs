//! Mentions of agents in private notes.

use protocol::ids::{AgentId, ConversationId, MessageId, TeamId};
use protocol::seq::Position;

/// That a note mentions an agent; at most one record for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionRecord {
    /// The note.
    pub note: MessageId,
    /// Who is mentioned.
    pub agent: AgentId,
    /// Where the note is.
    pub conversation: ConversationId,
    /// Its place there.
    pub position: Position,
    /// The team through which, when it does not name the agent.
    pub team: Option<TeamId>,
    /// Whether the agent has seen it.
    pub seen: bool,
}
