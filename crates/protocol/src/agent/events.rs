//! What an agent's client is told.

use serde::{Deserialize, Serialize};

use super::answers::{AnswersChanged, GivenAnswer};
use super::commands::ListCursor;
use super::expertise::{ExpertiseChanged, SessionExpertise};
use super::files::FilesListed;
use super::help::SummaryWithdrawn;
use super::history::HistoryFetched;
use super::note::{Mention, MentionChanged, Note, NotePosted};
use super::offer::{Desk, OfferChanged};
use super::shared_notes::{SharedNotes, SharedNotesChanged, SharedNotesFetched, SharedNotesSaved};
use super::standing::{SessionChanged, SessionStanding};
use super::state::StateChanged;
use super::team::Team;
use crate::attachment::AttachmentsLinked;
use crate::author::AgentRef;
use crate::conversation::ConversationSummary;
use crate::feed::Feed;
use crate::hello::{AgentReady, Bye, Done, Ping, Pong, Refused, Resumed, ResyncRequired};
use crate::ids::ConversationId;
use crate::message::Message;
use crate::receipt::Receipts;
use crate::seq::{FeedCursor, Seq};
use crate::typing::TypingChanged;
use crate::visitor::{self, MessagePosted, ReceiptsChanged};

/// A conversation is new, or its row changed. Entry of `channel/{id}` and `conversation/{id}`, and of
/// `agent/{id}` where the agent reaches it without answering in its channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SummaryChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// The row as it is now.
    pub summary: ConversationSummary,
}

wire!(SummaryChanged { feed, seq, summary });

/// The agent read on another screen. Entry of `agent/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnreadChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// Visitor messages the agent has not read now.
    pub unread: u32,
}

wire!(UnreadChanged {
    feed,
    seq,
    conversation,
    unread
});

/// Answer to `list_conversations`. The first page also begins the feeds of the agent's channels
/// and their own; entries after the cursors follow without being asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationsListed {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// The rows, latest activity first.
    pub rows: Vec<ConversationSummary>,
    /// With the first page: conversations in which help is wanted, in whichever channel, and those
    /// of other channels in which the agent takes part. Some may be among the rows, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Vec<ConversationSummary>>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<ListCursor>,
    /// The states of the feeds this copy was made from.
    pub cursors: Vec<FeedCursor>,
    /// With the first page: the agent's state and offers, where the backend makes offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<Desk>,
    /// With the first page: the agent's mentions, where the backend keeps notes. Those not seen
    /// come first, then the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Vec<Mention>>,
}

wire!(ConversationsListed { reference = "ref", rows, beside, next, cursors, desk, mentions });

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
    /// The notes among them, oldest first; a page's length counts both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<Note>>,
    /// Whether there are older ones.
    pub has_more_before: bool,
    /// How far both sides are.
    pub receipts: Receipts,
    /// The state of the conversation's feed this copy was made from.
    pub cursor: FeedCursor,
    /// The conversation's row of the same state, for a conversation that is opened by its
    /// address and is on no page of the list that was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<ConversationSummary>,
    /// What the visitor told a chatbot or a form in its latest session, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<GivenAnswer>>,
    /// Who may see the conversation, and so be mentioned in its notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colleagues: Option<Vec<AgentRef>>,
    /// The teams that may be mentioned, by name: those with somebody who may see it. Absent where
    /// the backend has no teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<Team>>,
    /// The newest version of its shared notes, where the backend keeps any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_notes: Option<SharedNotes>,
    /// The expertise its latest session wants, where that can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expertise: Option<SessionExpertise>,
    /// Where its latest session stands, and what the agent can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<SessionStanding>,
}

wire!(ConversationOpened {
    reference = "ref",
    conversation,
    messages,
    notes,
    has_more_before,
    receipts,
    cursor,
    summary,
    answers,
    colleagues,
    teams,
    shared_notes,
    expertise,
    standing,
});

/// What only agents are told of a conversation they open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenedForAgent {
    /// Its row.
    pub summary: Option<ConversationSummary>,
    /// What the visitor told a chatbot or a form.
    pub answers: Option<Vec<GivenAnswer>>,
    /// The notes among the messages.
    pub notes: Option<Vec<Note>>,
    /// Who may see it.
    pub colleagues: Option<Vec<AgentRef>>,
    /// The teams somebody of whom may see it.
    pub teams: Option<Vec<Team>>,
    /// Its shared notes.
    pub shared_notes: Option<SharedNotes>,
    /// The expertise it wants.
    pub expertise: Option<SessionExpertise>,
    /// Where its latest session stands.
    pub standing: Option<SessionStanding>,
}

impl ConversationOpened {
    /// What visitors are told, too, and what they have no word for.
    pub fn new(shared: visitor::ConversationOpened, own: OpenedForAgent) -> Self {
        Self {
            reference: shared.reference,
            conversation: shared.conversation,
            messages: shared.messages,
            has_more_before: shared.has_more_before,
            receipts: shared.receipts,
            cursor: shared.cursor,
            summary: own.summary,
            answers: own.answers,
            notes: own.notes,
            colleagues: own.colleagues,
            teams: own.teams,
            shared_notes: own.shared_notes,
            expertise: own.expertise,
            standing: own.standing,
        }
    }

    /// The two parts again.
    pub fn into_parts(self) -> (visitor::ConversationOpened, OpenedForAgent) {
        let shared = visitor::ConversationOpened {
            reference: self.reference,
            conversation: self.conversation,
            messages: self.messages,
            has_more_before: self.has_more_before,
            receipts: self.receipts,
            cursor: self.cursor,
            state: None,
        };
        let own = OpenedForAgent {
            summary: self.summary,
            answers: self.answers,
            notes: self.notes,
            colleagues: self.colleagues,
            teams: self.teams,
            shared_notes: self.shared_notes,
            expertise: self.expertise,
            standing: self.standing,
        };
        (shared, own)
    }
}

/// Answer to `fetch_messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagesFetched {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which conversation.
    pub conversation: ConversationId,
    /// The messages right before the place asked for, oldest first.
    pub messages: Vec<Message>,
    /// The notes among them, oldest first; a page's length counts both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<Note>>,
    /// Whether there are still older ones.
    pub has_more_before: bool,
}

wire!(MessagesFetched { reference = "ref", conversation, messages, notes, has_more_before });

impl MessagesFetched {
    /// What visitors are told, too, and what they have no word for.
    pub fn new(shared: visitor::MessagesFetched, notes: Option<Vec<Note>>) -> Self {
        Self {
            reference: shared.reference,
            conversation: shared.conversation,
            messages: shared.messages,
            notes,
            has_more_before: shared.has_more_before,
        }
    }

    /// The two parts again.
    pub fn into_parts(self) -> (visitor::MessagesFetched, Option<Vec<Note>>) {
        let shared = visitor::MessagesFetched {
            reference: self.reference,
            conversation: self.conversation,
            messages: self.messages,
            has_more_before: self.has_more_before,
        };
        (shared, self.notes)
    }
}

frames!(
    /// Everything an agent's client is told.
    #[expect(
        clippy::large_enum_variant,
        reason = "a frame is taken apart as soon as it is read; the largest is a copy of much"
    )]
    AgentFrame {
        /// Connected.
        Ready(AgentReady) = "agent_ready",
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
        /// A private note.
        NotePosted(NotePosted) = "note_posted",
        /// A mention in a note.
        MentionChanged(MentionChanged) = "mention_changed",
        /// Delivered and read.
        ReceiptsChanged(ReceiptsChanged) = "receipts_changed",
        /// A row of the list.
        SummaryChanged(SummaryChanged) = "summary_changed",
        /// A row is no longer there.
        SummaryWithdrawn(SummaryWithdrawn) = "summary_withdrawn",
        /// Told to a chatbot or a form.
        AnswersChanged(AnswersChanged) = "answers_changed",
        /// The shared notes.
        SharedNotesChanged(SharedNotesChanged) = "shared_notes_changed",
        /// The shared notes were kept.
        SharedNotesSaved(SharedNotesSaved) = "shared_notes_saved",
        /// The versions asked for.
        SharedNotesFetched(SharedNotesFetched) = "shared_notes_fetched",
        /// The expertise that is wanted.
        ExpertiseChanged(ExpertiseChanged) = "expertise_changed",
        /// How a session stands.
        SessionChanged(SessionChanged) = "session_changed",
        /// The files asked for.
        FilesListed(FilesListed) = "files_listed",
        /// Read on another screen.
        UnreadChanged(UnreadChanged) = "unread_changed",
        /// The agent's own state.
        StateChanged(StateChanged) = "state_changed",
        /// An offer.
        OfferChanged(OfferChanged) = "offer_changed",
        /// The list asked for.
        ConversationsListed(ConversationsListed) = "conversations_listed",
        /// The conversation asked for.
        ConversationOpened(ConversationOpened) = "conversation_opened",
        /// The messages asked for.
        MessagesFetched(MessagesFetched) = "messages_fetched",
        /// The earlier texts asked for.
        HistoryFetched(HistoryFetched) = "history_fetched",
        /// The links asked for.
        AttachmentsLinked(AttachmentsLinked) = "attachments_linked",
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
