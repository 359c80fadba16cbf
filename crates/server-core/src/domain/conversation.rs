//! Conversations, their sessions and the agents who take part.

use protocol::conversation::{ConversationStatus, LiveStatus, ParticipantRole};
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, MessageId, SessionId};
use protocol::receipt::Receipts;
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::{SessionAnswer, SessionFacts};

/// The whole thread between a contact and a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationRecord {
    /// Which one.
    pub id: ConversationId,
    /// Where it began.
    pub channel: ChannelId,
    /// With whom.
    pub contact: ContactId,
    /// Where it stands.
    pub status: ConversationStatus,
    /// Where its session stands, while one runs.
    pub live_status: Option<LiveStatus>,
    /// Its latest session, running or ended.
    pub session: SessionId,
    /// Grows with every change agents may see.
    pub version: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last message was posted.
    pub last_activity_at: Timestamp,
    /// Place of its last message, whoever may see that.
    pub last_position: Position,
    /// The message a list shows for it.
    pub preview: Option<MessageId>,
    /// How far both sides are, as the visitor may know it: always at places of messages for all.
    pub receipts: Receipts,
    /// The participant who answers for it.
    pub owner: Option<Ownership>,
}

impl ConversationRecord {
    /// When it fell silent: when something was last said, or its owner took it, if that is later.
    pub fn silent_since(&self) -> Timestamp {
        let taken = self.owner.as_ref().map(|owner| owner.active_at);
        taken.map_or(self.last_activity_at, |at| at.max(self.last_activity_at))
    }
}

/// Who answers for a conversation, and when that last took work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// Who.
    pub agent: AgentId,
    /// When they took it, or when something was last said; the later of the two. A conversation
    /// that fell silent holds none of its owner's capacity.
    pub active_at: Timestamp,
}

/// One run of a conversation, from its start or reopening to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Which one.
    pub id: SessionId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; absent while it runs.
    pub ended_at: Option<Timestamp>,
    /// Since when it waits for an agent; absent while it has an owner or wants nobody.
    pub waiting_since: Option<Timestamp>,
    /// Who owned it last.
    pub previous_agent: Option<AgentId>,
    /// Expertise that its chatbot asked for.
    pub expertise: Vec<String>,
    /// Expertise that agents chose for it.
    pub chosen_expertise: Vec<String>,
    /// The help that an agent looks for, or last looked for.
    pub help: Option<HelpRecord>,
    /// What happened in it.
    pub facts: SessionFacts,
    /// What the visitor told a chatbot or a form, in order.
    pub answers: Vec<SessionAnswer>,
}

impl SessionRecord {
    /// One that begins and wants nobody yet.
    pub fn begin(id: SessionId, conversation: ConversationId, now: Timestamp) -> Self {
        Self {
            id,
            conversation,
            started_at: now,
            ended_at: None,
            waiting_since: None,
            previous_agent: None,
            expertise: Vec::new(),
            chosen_expertise: Vec::new(),
            help: None,
            facts: SessionFacts::default(),
            answers: Vec::new(),
        }
    }
}

/// A call for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRecord {
    /// When it began.
    pub wanted_at: Timestamp,
    /// Who called.
    pub wanted_by: AgentId,
    /// Who came; absent while nobody has.
    pub answered_by: Option<AgentId>,
}

/// How often an agent let a session pass, and when last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnRecord {
    /// Which session.
    pub session: SessionId,
    /// Who.
    pub agent: AgentId,
    /// How often they missed it, declined it or gave it back.
    pub count: u32,
    /// When last.
    pub last_at: Timestamp,
}

/// Whether the visitor may know of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Like everybody.
    Visible,
    /// Only agents may know.
    Hidden,
}

impl Visibility {
    /// The word adapters store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Hidden => "hidden",
        }
    }

    /// Reads the word adapters store.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "visible" => Some(Self::Visible),
            "hidden" => Some(Self::Hidden),
            _ => None,
        }
    }
}

/// An agent in a conversation; at most one record for both, at most one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantRecord {
    /// Where.
    pub conversation: ConversationId,
    /// Who.
    pub agent: AgentId,
    /// As what.
    pub role: ParticipantRole,
    /// Whether the visitor may know.
    pub visibility: Visibility,
    /// Since when.
    pub joined_at: Timestamp,
}
