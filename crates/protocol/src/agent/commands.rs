//! What an agent's client may say.

use serde::{Deserialize, Serialize};

use super::ending::EndSession;
use super::expertise::ChooseExpertise;
use super::files::ListFiles;
use super::help::SetLiveStatus;
use super::history::FetchHistory;
use super::note::{DeleteNote, EditNote, PostNote, SeeMentions, SetNoteTyping};
use super::offer::{AcceptOffer, DeclineOffer};
use super::shared_notes::{FetchSharedNotes, SaveSharedNotes};
use super::state::SetState;
use crate::attachment::LinkAttachments;
use crate::hello::{ConnectAgent, Ping, Pong, Resume};
use crate::ids::{ClientId, ConversationId};
use crate::time::Timestamp;
use crate::visitor::{
    DeleteMessage, EditMessage, FetchMessages, MarkDelivered, MarkRead, OpenConversation,
    PostMessage, SetTyping,
};

/// Show the conversations of the agent's channels, latest activity first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListConversations {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Where the last page ended; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ListCursor>,
    /// How many at most.
    pub limit: u32,
}

wire!(ListConversations { reference = "ref", after, limit });

/// The last row of a page: the next page begins behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListCursor {
    /// Its latest activity.
    pub last_activity_at: Timestamp,
    /// Its id, for rows of the same instant.
    pub conversation: ConversationId,
}

wire!(ListCursor {
    last_activity_at,
    conversation
});

/// Stop watching a conversation on this socket. A signal: not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CloseConversation {
    /// Which one.
    pub conversation: ConversationId,
}

wire!(CloseConversation { conversation });

/// Become the owner of a conversation that has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeConversation {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which one.
    pub conversation: ConversationId,
}

wire!(TakeConversation {
    client_id,
    conversation
});

/// Take part beside the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JoinConversation {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which one.
    pub conversation: ConversationId,
    /// Whether only while help is wanted: of two who come to help the second is told who was
    /// first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helping: Option<bool>,
}

wire!(JoinConversation {
    client_id,
    conversation,
    helping
});

/// Take part no longer. When the owner leaves, the conversation has no owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeaveConversation {
    /// The command's own name.
    pub client_id: ClientId,
    /// Which one.
    pub conversation: ConversationId,
}

wire!(LeaveConversation {
    client_id,
    conversation
});

frames!(
    /// Everything an agent's client may send.
    AgentCommand {
        /// First frame.
        Connect(ConnectAgent) = "connect_agent",
        /// Take up a feed.
        Resume(Resume) = "resume",
        /// Show the list.
        ListConversations(ListConversations) = "list_conversations",
        /// Show and watch a conversation.
        OpenConversation(OpenConversation) = "open_conversation",
        /// Stop watching.
        CloseConversation(CloseConversation) = "close_conversation",
        /// Show older messages.
        FetchMessages(FetchMessages) = "fetch_messages",
        /// Where are the files?
        LinkAttachments(LinkAttachments) = "link_attachments",
        /// Say something.
        PostMessage(PostMessage) = "post_message",
        /// Say it otherwise.
        EditMessage(EditMessage) = "edit_message",
        /// Take it back.
        DeleteMessage(DeleteMessage) = "delete_message",
        /// What did it say before?
        FetchHistory(FetchHistory) = "fetch_history",
        /// Leave a private note.
        PostNote(PostNote) = "post_note",
        /// Write a note otherwise.
        EditNote(EditNote) = "edit_note",
        /// Take a note back.
        DeleteNote(DeleteNote) = "delete_note",
        /// Typing a note.
        SetNoteTyping(SetNoteTyping) = "set_note_typing",
        /// Mentions seen.
        SeeMentions(SeeMentions) = "see_mentions",
        /// Keep the shared notes.
        SaveSharedNotes(SaveSharedNotes) = "save_shared_notes",
        /// Show their earlier versions.
        FetchSharedNotes(FetchSharedNotes) = "fetch_shared_notes",
        /// Want expertise or not.
        ChooseExpertise(ChooseExpertise) = "choose_expertise",
        /// Show the files.
        ListFiles(ListFiles) = "list_files",
        /// Own it.
        TakeConversation(TakeConversation) = "take_conversation",
        /// Take part.
        JoinConversation(JoinConversation) = "join_conversation",
        /// Take part no longer.
        LeaveConversation(LeaveConversation) = "leave_conversation",
        /// Where the session stands.
        SetLiveStatus(SetLiveStatus) = "set_live_status",
        /// End the session for everybody.
        EndSession(EndSession) = "end_session",
        /// Take work or not.
        SetState(SetState) = "set_state",
        /// Take what is offered.
        AcceptOffer(AcceptOffer) = "accept_offer",
        /// Do not.
        DeclineOffer(DeclineOffer) = "decline_offer",
        /// On a screen.
        MarkDelivered(MarkDelivered) = "mark_delivered",
        /// Read.
        MarkRead(MarkRead) = "mark_read",
        /// Typing.
        SetTyping(SetTyping) = "set_typing",
        /// Are you there?
        Ping(Ping) = "ping",
        /// I am.
        Pong(Pong) = "pong",
    }
);
