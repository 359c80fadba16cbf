//! What a visitor's client is told. Several of these facts agents share.
//!
//! Facts with `feed` and `seq` are entries of a feed: they come in order, without holes, and
//! can be had again.

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentsLinked;
use crate::codec::Head;
use crate::conversation::VisitorConversation;
use crate::feed::Feed;
use crate::hello::{Bye, Done, Ping, Pong, Refused, Resumed, ResyncRequired, VisitorReady};
use crate::ids::ConversationId;
use crate::json::{self, Tree};
use crate::message::Message;
use crate::receipt::Receipts;
use crate::seq::{FeedCursor, Seq};
use crate::typing::TypingChanged;

/// A message was posted, or its current state in a replay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagePosted {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The message.
    pub message: Message,
}

wire!(MessagePosted { feed, seq, message });

/// Somebody received or read further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceiptsChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// How far both sides are now.
    pub receipts: Receipts,
}

wire!(ReceiptsChanged {
    feed,
    seq,
    conversation,
    receipts
});

/// Status or participants changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The conversation as it is now.
    pub conversation: VisitorConversation,
}

wire!(ConversationChanged {
    feed,
    seq,
    conversation
});

/// The visitor has a conversation now, begun on this or another of their screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationStarted {
    /// Which one; the client opens it.
    pub conversation: VisitorConversation,
}

wire!(ConversationStarted { conversation });

/// Answer to `open_conversation`. Entries after `cursor` follow without being asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationOpened {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which one.
    pub conversation: ConversationId,
    /// Its newest messages, oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_more_before: bool,
    /// How far both sides are.
    pub receipts: Receipts,
    /// The state of the conversation's feed this copy was made from.
    pub cursor: FeedCursor,
    /// How the conversation stands in that state; what changed before it is told by no entry
    /// any more. Only in copies for visitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<VisitorConversation>,
}

wire!(ConversationOpened {
    reference = "ref",
    conversation,
    messages,
    has_more_before,
    receipts,
    cursor,
    state,
});

/// Answer to `fetch_messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagesFetched {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Where.
    pub conversation: ConversationId,
    /// Older messages, oldest first.
    pub messages: Vec<Message>,
    /// Whether there are still older ones.
    pub has_more_before: bool,
}

wire!(MessagesFetched { reference = "ref", conversation, messages, has_more_before });

/// The visitor's place in the waiting line, or that nobody is there who could come. A signal:
/// told while they wait, and not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceChanged {
    /// Where.
    pub conversation: ConversationId,
    /// How many are served up to and with this one; 1 is next. Absent while nobody is there: the
    /// conversation waits all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// How long it is expected to take, in milliseconds; absent when there is no telling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_wait_ms: Option<u32>,
}

wire!(PlaceChanged {
    conversation,
    position,
    expected_wait_ms
});

frames!(
    /// Everything a visitor's client is told.
    VisitorFrame {
        /// Connected.
        Ready(VisitorReady) = "visitor_ready",
        /// A feed goes on.
        Resumed(Resumed) = "resumed",
        /// A feed cannot go on.
        ResyncRequired(ResyncRequired) = "resync_required",
        /// A command was carried out.
        Done(Done) = "done",
        /// Something was not carried out.
        Refused(Refused) = "refused",
        /// A message.
        MessagePosted(MessagePosted) = "message_posted",
        /// Delivered and read.
        ReceiptsChanged(ReceiptsChanged) = "receipts_changed",
        /// Status or participants.
        ConversationChanged(ConversationChanged) = "conversation_changed",
        /// A conversation began.
        ConversationStarted(ConversationStarted) = "conversation_started",
        /// The conversation asked for.
        ConversationOpened(ConversationOpened) = "conversation_opened",
        /// The messages asked for.
        MessagesFetched(MessagesFetched) = "messages_fetched",
        /// The links asked for.
        AttachmentsLinked(AttachmentsLinked) = "attachments_linked",
        /// The place in the waiting line.
        PlaceChanged(PlaceChanged) = "place_changed",
        /// Somebody types.
        TypingChanged(TypingChanged) = "typing_changed",
        /// Are you there?
        Ping(Ping) = "ping",
        /// I am.
        Pong(Pong) = "pong",
        /// The socket is about to be closed.
        Bye(Bye) = "bye",
    }
);

/// What a visitor's client hears before anything was said: a part of [`VisitorFrame`], for
/// clients that bring the reader of the rest later.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a frame is taken apart as soon as it is read"
)]
pub enum VisitorOpening {
    /// The connection stands; there is neither a conversation nor a form.
    Ready(VisitorReady),
    /// Are you there?
    Ping,
    /// I am.
    Pong,
}

impl VisitorOpening {
    /// Reads one text frame, if it is one of these.
    pub fn decode(text: &str) -> Option<Self> {
        let (head, tree) = Head::read(text).ok()?;
        Some(match head.frame_type.as_str() {
            "visitor_ready" if is_bare(&tree) => Self::Ready(json::whole(&tree).ok()?),
            "ping" => Self::Ping,
            "pong" => Self::Pong,
            _ => return None,
        })
    }
}

/// Whether a `visitor_ready` has nothing that is read by code which may come later.
fn is_bare(ready: &Tree) -> bool {
    ["conversation", "form"]
        .iter()
        .all(|name| matches!(ready.field(name), Tree::Null))
}
