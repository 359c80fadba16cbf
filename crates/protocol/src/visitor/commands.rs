//! What a visitor's client may say. Several of these orders agents share.
//!
//! Orders with a `client_id` change something and may be sent again and again; orders with a
//! `ref` ask and are forgotten when the socket goes; the rest are signals.

use serde::{Deserialize, Serialize};

use crate::attachment::LinkAttachments;
use crate::chatbot::PressedButton;
use crate::form::FieldValue;
use crate::hello::{ConnectVisitor, Ping, Pong, Resume};
use crate::ids::{AttachmentId, ClientId, ConversationId, MessageId};
use crate::message::Format;
use crate::seq::Position;

/// Say something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostMessage {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where. A visitor may leave it out: then it goes into their current conversation, which
    /// begins with it when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// The text, at most `limits.text_scalars` characters. May be empty where there are
    /// attachments.
    pub text: String,
    /// How it wants to be shown; visitors' messages are always plain.
    pub format: Format,
    /// The chatbot's greeting a visitor's first message answers, by its `id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<String>,
    /// The button a visitor pressed; the message then says what stands on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressed: Option<PressedButton>,
    /// What a visitor filled in before their first message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Vec<FieldValue>>,
    /// Files that were uploaded for it, at most `limits.attachments_per_message`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
    /// The message it answers, in the same conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
}

wire!(PostMessage {
    client_id,
    conversation,
    text,
    format,
    greeting,
    pressed,
    form,
    attachments or_empty,
    reply_to,
});

/// Say something else in an own message, within `limits.edit_ms` of its posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditMessage {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Which message.
    pub message: MessageId,
    /// What it says from now on. May be empty where it has attachments, which stay.
    pub text: String,
}

wire!(EditMessage {
    client_id,
    conversation,
    message,
    text
});

/// Delete an own message, within `limits.edit_ms` of its posting. Deleting again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeleteMessage {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Which message.
    pub message: MessageId,
}

wire!(DeleteMessage {
    client_id,
    conversation,
    message
});

/// Let the chatbot begin again. What was answered before stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RestartChatbot {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
}

wire!(RestartChatbot {
    client_id,
    conversation
});

/// Everything up to here is on a screen of the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkDelivered {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Up to and with this message.
    pub up_to: Position,
}

wire!(MarkDelivered {
    client_id,
    conversation,
    up_to
});

/// Everything up to here was in front of the reader's eyes; it was delivered, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkRead {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// Up to and with this message.
    pub up_to: Position,
}

wire!(MarkRead {
    client_id,
    conversation,
    up_to
});

/// The visitor chose another language for the widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetLanguage {
    /// The command's own name.
    pub client_id: ClientId,
    /// BCP 47 tag.
    pub language: String,
}

wire!(SetLanguage {
    client_id,
    language
});

/// Typing began, goes on or stopped. A signal: not answered, not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetTyping {
    /// Where.
    pub conversation: ConversationId,
    /// Whether the writer types now.
    pub typing: bool,
}

wire!(SetTyping {
    conversation,
    typing
});

/// Show a conversation: its newest messages, and from then on everything that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenConversation {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which one.
    pub conversation: ConversationId,
    /// How many messages at most.
    pub limit: u32,
}

wire!(OpenConversation { reference = "ref", conversation, limit });

/// Show older messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FetchMessages {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Where.
    pub conversation: ConversationId,
    /// Messages before this place.
    pub before: Position,
    /// How many at most.
    pub limit: u32,
}

wire!(FetchMessages { reference = "ref", conversation, before, limit });

frames!(
    /// Everything a visitor's client may send.
    VisitorCommand {
        /// First frame.
        Connect(ConnectVisitor) = "connect_visitor" first,
        /// Take up a feed.
        Resume(Resume) = "resume",
        /// Say something.
        PostMessage(PostMessage) = "post_message" first,
        /// Say it otherwise.
        EditMessage(EditMessage) = "edit_message",
        /// Take it back.
        DeleteMessage(DeleteMessage) = "delete_message",
        /// From the beginning.
        RestartChatbot(RestartChatbot) = "restart_chatbot",
        /// On a screen.
        MarkDelivered(MarkDelivered) = "mark_delivered",
        /// Read.
        MarkRead(MarkRead) = "mark_read",
        /// Another language.
        SetLanguage(SetLanguage) = "set_language",
        /// Typing.
        SetTyping(SetTyping) = "set_typing",
        /// Show a conversation.
        OpenConversation(OpenConversation) = "open_conversation",
        /// Show older messages.
        FetchMessages(FetchMessages) = "fetch_messages",
        /// Where are the files?
        LinkAttachments(LinkAttachments) = "link_attachments",
        /// Are you there?
        Ping(Ping) = "ping" first,
        /// I am.
        Pong(Pong) = "pong" first,
    }
);
