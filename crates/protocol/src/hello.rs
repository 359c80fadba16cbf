//! The first words on a socket, and those that keep it alive.
//!
//! The client speaks first, within [`CONNECT_TIMEOUT_MS`](crate::limits::CONNECT_TIMEOUT_MS).
//! Tokens travel in frames, never in addresses, because addresses end up in logs.

use serde::{Deserialize, Serialize};

use crate::author::AgentRef;
use crate::chatbot::Greeting;
use crate::conversation::VisitorConversation;
use crate::error::Refusal;
use crate::feed::Feed;
use crate::form::{Form, OpeningHours};
use crate::ids::{ChannelId, ClientId, ContactId, ConversationId, MessageId, SiteKey};
use crate::limits::Limits;
use crate::seq::{FeedCursor, Position};
use crate::time::Timestamp;
use crate::version::Capability;

/// A visitor's first frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectVisitor {
    /// The protocol version the client speaks.
    pub protocol: u32,
    /// The channel, by its public key.
    pub site: SiteKey,
    /// The token of an earlier `ready`; absent on a first visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The browser's languages, first choice first, as BCP 47 tags.
    pub languages: Vec<String>,
    /// The language the widget shows.
    pub language: String,
    /// The address of the page the widget is on, without its fragment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The browser's IANA time zone; a last hint at the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether the visitor's system asks for less motion; then a chatbot does not pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// How far the client has read; the server sends the rest.
    pub feeds: Vec<FeedCursor>,
}

wire!(ConnectVisitor {
    protocol,
    site,
    token,
    languages,
    language,
    page,
    time_zone,
    reduced_motion,
    feeds
});

/// An agent's first frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectAgent {
    /// The protocol version the client speaks.
    pub protocol: u32,
    /// The sign-in token; absent where the cookie carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// How far the client has read; the server sends the rest.
    pub feeds: Vec<FeedCursor>,
}

wire!(ConnectAgent {
    protocol,
    token,
    feeds
});

/// What the server says of itself in `ready`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServerInfo {
    /// The protocol version the server speaks on this socket.
    pub protocol: u32,
    /// The server sends `ping` this often, in milliseconds. A client that hears nothing for
    /// this long and ten seconds more takes the socket for dead.
    pub heartbeat_ms: u32,
    /// The server's clock.
    pub server_time: Timestamp,
    /// What it refuses.
    pub limits: Limits,
    /// What it offers.
    pub capabilities: Vec<Capability>,
}

wire!(ServerInfo {
    protocol,
    heartbeat_ms,
    server_time,
    limits,
    capabilities
});

/// The server knows the visitor. `resumed` or `resync_required` follow for every feed named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorReady {
    /// About the server.
    pub server: ServerInfo,
    /// The token to connect with from now on.
    pub token: String,
    /// Who the visitor is.
    pub contact: ContactId,
    /// The channel's name.
    pub channel_name: String,
    /// The conversation to go on with, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<VisitorConversation>,
    /// What the chatbot says to somebody without a conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<Greeting>,
    /// What is to be filled in before a conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// When somebody is there, where the channel says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OpeningHours>,
}

wire!(VisitorReady {
    server,
    token,
    contact,
    channel_name,
    conversation later,
    greeting,
    form later,
    hours
});

/// A channel, short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChannelRef {
    /// Which one.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
}

wire!(ChannelRef { id, name });

/// The server knows the agent. `resumed` or `resync_required` follow for every feed named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentReady {
    /// About the server.
    pub server: ServerInfo,
    /// Who the agent is.
    pub agent: AgentRef,
    /// The channels they answer in.
    pub channels: Vec<ChannelRef>,
}

wire!(AgentReady {
    server,
    agent,
    channels
});

/// Take up a feed from here: after a hole, or for a feed that was not named in `connect`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resume {
    /// From where.
    pub from: FeedCursor,
}

wire!(Resume { from });

/// The feed goes on behind the client's cursor; `missed` entries follow, then live ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resumed {
    /// Which feed.
    pub feed: Feed,
    /// How many entries follow before live ones.
    pub missed: u64,
}

wire!(Resumed { feed, missed });

open_enum!(
    /// Why a feed cannot go on from a cursor.
    ResyncReason {
        /// The log was lost or rebuilt.
        EpochChanged = "epoch_changed",
        /// The entries in between are no longer kept.
        TooOld = "too_old",
        /// The cursor lies behind the end of the log.
        Ahead = "ahead",
    }
);

/// The feed cannot go on from the client's cursor. The client fetches a fresh copy, and keeps
/// the old view and its outbox on screen meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResyncRequired {
    /// Which feed.
    pub feed: Feed,
    /// Why.
    pub reason: ResyncReason,
}

wire!(ResyncRequired { feed, reason });

/// "Are you there?", from either end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ping {}

wire!(Ping {});

/// "I am", from the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pong {}

wire!(Pong {});

/// The server is about to close the socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bye {
    /// The close code that follows.
    pub code: u16,
    /// When to come back, in milliseconds.
    pub retry_after_ms: u32,
}

wire!(Bye {
    code,
    retry_after_ms
});

/// Where a posted message ended up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Posted {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Under which id.
    pub message: MessageId,
    /// At which place.
    pub position: Position,
    /// When.
    pub posted_at: Timestamp,
    /// The version it has since, after it was changed or deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

wire!(Posted {
    conversation,
    message,
    position,
    posted_at,
    version
});

/// The command was carried out, now or when it was sent before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Done {
    /// Which command.
    pub client_id: ClientId,
    /// For `post_message` and `post_note`: where it ended up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<Posted>,
}

wire!(Done { client_id, posted });

/// The command, query or frame was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refused {
    /// Which command, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// Which query, if it was one.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<u32>,
    /// Why.
    pub refusal: Refusal,
}

wire!(Refused { client_id, reference = "ref", refusal });
