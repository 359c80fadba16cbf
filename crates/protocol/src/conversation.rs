//! Conversations as each side sees them.

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentKind;
use crate::author::AgentRef;
use crate::chatbot::ChatbotState;
use crate::hello::ChannelRef;
use crate::ids::{ChannelId, ContactId, ConversationId};
use crate::message::{MessageKind, SystemEvent};
use crate::time::Timestamp;

open_enum!(
    /// Where a conversation stands.
    ConversationStatus {
        /// Waiting for or attended by an agent.
        Open = "open",
        /// Attended, but something is missing from the contact.
        Pending = "pending",
        /// Put away until a time or an event.
        Snoozed = "snoozed",
        /// Done.
        Resolved = "resolved",
    }
);

open_enum!(
    /// Where a running session stands (mission P4).
    LiveStatus {
        /// The visitor waits for an agent.
        InProgress = "in_progress",
        /// The agent waits for the visitor.
        WaitingForCustomer = "waiting_for_customer",
        /// An agent wants help.
        LookingForHelp = "looking_for_help",
    }
);

open_enum!(
    /// The part an agent has in a conversation.
    ParticipantRole {
        /// Answers for it; at most one.
        Owner = "owner",
        /// Takes part.
        Member = "member",
        /// Reads along.
        Reader = "reader",
    }
);

/// A conversation as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorConversation {
    /// Which one.
    pub id: ConversationId,
    /// Where it stands.
    pub status: ConversationStatus,
    /// The agents who take part visibly, in the order they came.
    pub agents: Vec<AgentRef>,
    /// When it began.
    pub started_at: Timestamp,
    /// How far the chatbot is, where one speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chatbot: Option<ChatbotState>,
    /// Since when an agent is looked for; absent when nobody is wanted or somebody answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
}

wire!(VisitorConversation {
    id,
    status,
    agents,
    started_at,
    chatbot,
    waiting_since
});

/// Where somebody is (`model.md`, Country).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Country {
    /// ISO 3166-1 alpha-2 code, in capitals.
    pub code: String,
    /// Whether it is only a guess, from the browser's time zone.
    pub guessed: bool,
}

wire!(Country { code, guessed });

/// A contact, short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContactRef {
    /// Which one.
    pub id: ContactId,
    /// Their name, once told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// First language of their browser, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Language of the widget when it differs (`model.md`, Language).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widget_language: Option<String>,
    /// Where they are, as far as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

wire!(ContactRef {
    id,
    name,
    language,
    widget_language,
    country
});

/// An agent's part in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Participant {
    /// Who.
    pub agent: AgentRef,
    /// As what.
    pub role: ParticipantRole,
}

wire!(Participant { agent, role });

/// The last line of a conversation, cut to one row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Preview {
    /// What the message is.
    pub kind: MessageKind,
    /// Its beginning: at most 140 characters, line breaks as spaces. A file without words is
    /// told by its name, unless it is a voice note.
    pub text: String,
    /// What happened, in a system message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SystemEvent>,
    /// What the first file that came with it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<AttachmentKind>,
    /// When it was deleted; then nothing of what it said is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

wire!(Preview {
    kind,
    text,
    event,
    attachment,
    deleted_at
});

/// Help that an agent wants in a conversation (mission P6, P7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HelpWanted {
    /// Since when.
    pub since: Timestamp,
    /// Who asked for it; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AgentRef>,
    /// Whether the session wants expertise that the reading agent has.
    pub own_expertise: bool,
}

wire!(HelpWanted {
    since,
    by,
    own_expertise
});

/// A conversation as a row of an agent's list (mission C3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationSummary {
    /// Which one.
    pub id: ConversationId,
    /// Grows with every change; an older copy never replaces a newer one.
    pub version: u64,
    /// Where it began.
    pub channel: ChannelId,
    /// The same channel by name, when the reading agent does not answer in it: they take part,
    /// or help is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<ChannelRef>,
    /// With whom.
    pub contact: ContactRef,
    /// Where it stands.
    pub status: ConversationStatus,
    /// Where its session stands, while one runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live_status: Option<LiveStatus>,
    /// The help that is wanted, while its session looks for some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpWanted>,
    /// Since when the visitor waits for an agent to answer for it; absent when nobody is
    /// wanted or somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// The agents who take part.
    pub participants: Vec<Participant>,
    /// Its last message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    /// Visitor messages the reading agent has not read.
    pub unread: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last message was posted.
    pub last_activity_at: Timestamp,
}

wire!(ConversationSummary {
    id,
    version,
    channel,
    elsewhere,
    contact,
    status,
    live_status,
    help,
    waiting_since,
    participants,
    preview,
    unread,
    started_at,
    last_activity_at,
});

impl ConversationSummary {
    /// The agent who answers for it.
    pub fn owner(&self) -> Option<&AgentRef> {
        self.participants
            .iter()
            .find(|participant| participant.role == ParticipantRole::Owner)
            .map(|participant| &participant.agent)
    }
}
