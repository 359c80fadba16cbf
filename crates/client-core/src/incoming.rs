//! Facts from either half of the protocol as one list, so that every slice is written once.

#[cfg(feature = "agent")]
use protocol::agent::{
    self, AgentFrame, AnswersChanged, ConversationsListed, ExpertiseChanged, FilesListed,
    HistoryFetched, MentionChanged, NotePosted, OfferChanged, SessionChanged, SharedNotesChanged,
    SharedNotesFetched, SharedNotesSaved, StateChanged, SummaryChanged, SummaryWithdrawn,
    UnreadChanged,
};
use protocol::attachment::AttachmentsLinked;
use protocol::codec::{DecodeError, UnknownFrame};
#[cfg(feature = "agent")]
use protocol::hello::AgentReady;
use protocol::hello::{Bye, Done, Refused, Resumed, ResyncRequired, VisitorReady};
use protocol::typing::TypingChanged;
use protocol::visitor::{
    ConversationChanged, ConversationOpened, ConversationStarted, MessagePosted, MessagesFetched,
    PlaceChanged, ReceiptsChanged, VisitorFrame, VisitorOpening,
};

/// A fact from the server.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "agent",
    expect(
        clippy::large_enum_variant,
        reason = "a frame comes in a box and is taken apart at once"
    )
)]
#[expect(
    missing_docs,
    reason = "each variant is documented at the frame it carries"
)]
pub enum Incoming {
    VisitorReady(VisitorReady),
    #[cfg(feature = "agent")]
    AgentReady(AgentReady),
    Resumed(Resumed),
    ResyncRequired(ResyncRequired),
    Done(Done),
    Refused(Refused),
    MessagePosted(MessagePosted),
    ReceiptsChanged(ReceiptsChanged),
    ConversationChanged(ConversationChanged),
    ConversationStarted(ConversationStarted),
    ConversationOpened(ConversationOpened),
    #[cfg(feature = "agent")]
    OpenedForAgent(agent::ConversationOpened),
    MessagesFetched(MessagesFetched),
    AttachmentsLinked(AttachmentsLinked),
    #[cfg(feature = "agent")]
    FetchedForAgent(agent::MessagesFetched),
    #[cfg(feature = "agent")]
    HistoryFetched(HistoryFetched),
    #[cfg(feature = "agent")]
    NotePosted(NotePosted),
    #[cfg(feature = "agent")]
    MentionChanged(MentionChanged),
    TypingChanged(TypingChanged),
    PlaceChanged(PlaceChanged),
    #[cfg(feature = "agent")]
    SummaryChanged(SummaryChanged),
    #[cfg(feature = "agent")]
    SummaryWithdrawn(SummaryWithdrawn),
    #[cfg(feature = "agent")]
    AnswersChanged(AnswersChanged),
    #[cfg(feature = "agent")]
    SharedNotesChanged(SharedNotesChanged),
    #[cfg(feature = "agent")]
    SharedNotesSaved(SharedNotesSaved),
    #[cfg(feature = "agent")]
    SharedNotesFetched(SharedNotesFetched),
    #[cfg(feature = "agent")]
    ExpertiseChanged(ExpertiseChanged),
    /// A session stands otherwise.
    #[cfg(feature = "agent")]
    SessionChanged(SessionChanged),
    #[cfg(feature = "agent")]
    FilesListed(FilesListed),
    #[cfg(feature = "agent")]
    UnreadChanged(UnreadChanged),
    #[cfg(feature = "agent")]
    StateChanged(StateChanged),
    #[cfg(feature = "agent")]
    OfferChanged(OfferChanged),
    #[cfg(feature = "agent")]
    ConversationsListed(ConversationsListed),
    Ping,
    Pong,
    Bye(Bye),
    Unknown(UnknownFrame),
}

impl Incoming {
    /// Reads a text frame for a visitor's client, if it is one of the few that come before
    /// anything was said, where neither a conversation nor a form is told: the rest may need
    /// more code than a page has by then.
    pub fn decode_visitor_opening(text: &str) -> Option<Self> {
        Some(match VisitorOpening::decode(text)? {
            VisitorOpening::Ready(body) => Self::VisitorReady(body),
            VisitorOpening::Ping => Self::Ping,
            VisitorOpening::Pong => Self::Pong,
        })
    }

    /// Reads a text frame for a visitor's client.
    ///
    /// # Errors
    /// When the text is no frame.
    pub fn decode_for_visitor(text: &str) -> Result<Self, DecodeError> {
        Ok(match VisitorFrame::decode(text)? {
            VisitorFrame::Ready(body) => Self::VisitorReady(body),
            VisitorFrame::Resumed(body) => Self::Resumed(body),
            VisitorFrame::ResyncRequired(body) => Self::ResyncRequired(body),
            VisitorFrame::Done(body) => Self::Done(body),
            VisitorFrame::Refused(body) => Self::Refused(body),
            VisitorFrame::MessagePosted(body) => Self::MessagePosted(body),
            VisitorFrame::ReceiptsChanged(body) => Self::ReceiptsChanged(body),
            VisitorFrame::ConversationChanged(body) => Self::ConversationChanged(body),
            VisitorFrame::ConversationStarted(body) => Self::ConversationStarted(body),
            VisitorFrame::ConversationOpened(body) => Self::ConversationOpened(body),
            VisitorFrame::MessagesFetched(body) => Self::MessagesFetched(body),
            VisitorFrame::AttachmentsLinked(body) => Self::AttachmentsLinked(body),
            VisitorFrame::TypingChanged(body) => Self::TypingChanged(body),
            VisitorFrame::PlaceChanged(body) => Self::PlaceChanged(body),
            VisitorFrame::Ping(_) => Self::Ping,
            VisitorFrame::Pong(_) => Self::Pong,
            VisitorFrame::Bye(body) => Self::Bye(body),
            VisitorFrame::Unknown(frame) => Self::Unknown(frame),
        })
    }

    /// Reads a text frame for an agent's client.
    ///
    /// # Errors
    /// When the text is no frame.
    #[cfg(feature = "agent")]
    pub fn decode_for_agent(text: &str) -> Result<Self, DecodeError> {
        Ok(match AgentFrame::decode(text)? {
            AgentFrame::Ready(body) => Self::AgentReady(body),
            AgentFrame::Resumed(body) => Self::Resumed(body),
            AgentFrame::ResyncRequired(body) => Self::ResyncRequired(body),
            AgentFrame::Done(body) => Self::Done(body),
            AgentFrame::Refused(body) => Self::Refused(body),
            AgentFrame::MessagePosted(body) => Self::MessagePosted(body),
            AgentFrame::ReceiptsChanged(body) => Self::ReceiptsChanged(body),
            AgentFrame::SummaryChanged(body) => Self::SummaryChanged(body),
            AgentFrame::SummaryWithdrawn(body) => Self::SummaryWithdrawn(body),
            AgentFrame::AnswersChanged(body) => Self::AnswersChanged(body),
            AgentFrame::SharedNotesChanged(body) => Self::SharedNotesChanged(body),
            AgentFrame::SharedNotesSaved(body) => Self::SharedNotesSaved(body),
            AgentFrame::SharedNotesFetched(body) => Self::SharedNotesFetched(body),
            AgentFrame::ExpertiseChanged(body) => Self::ExpertiseChanged(body),
            AgentFrame::SessionChanged(body) => Self::SessionChanged(body),
            AgentFrame::FilesListed(body) => Self::FilesListed(body),
            AgentFrame::UnreadChanged(body) => Self::UnreadChanged(body),
            AgentFrame::StateChanged(body) => Self::StateChanged(body),
            AgentFrame::OfferChanged(body) => Self::OfferChanged(body),
            AgentFrame::ConversationsListed(body) => Self::ConversationsListed(body),
            AgentFrame::ConversationOpened(body) => Self::OpenedForAgent(body),
            AgentFrame::AttachmentsLinked(body) => Self::AttachmentsLinked(body),
            AgentFrame::MessagesFetched(body) => Self::FetchedForAgent(body),
            AgentFrame::HistoryFetched(body) => Self::HistoryFetched(body),
            AgentFrame::NotePosted(body) => Self::NotePosted(body),
            AgentFrame::MentionChanged(body) => Self::MentionChanged(body),
            AgentFrame::TypingChanged(body) => Self::TypingChanged(body),
            AgentFrame::Ping(_) => Self::Ping,
            AgentFrame::Pong(_) => Self::Pong,
            AgentFrame::Bye(body) => Self::Bye(body),
            AgentFrame::Unknown(frame) => Self::Unknown(frame),
        })
    }
}
