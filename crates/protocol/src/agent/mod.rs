//! The agents' half of the protocol: what visitors share, and what only agents may see.

mod answers;
mod commands;
mod ending;
mod events;
mod expertise;
mod files;
mod help;
mod history;
mod merge;
mod note;
mod offer;
mod shared_notes;
mod standing;
mod state;
mod team;

pub use answers::{AnswersChanged, GivenAnswer};
pub use commands::{
    AgentCommand, CloseConversation, JoinConversation, LeaveConversation, ListConversations,
    ListCursor, TakeConversation,
};
pub use ending::EndSession;
pub use events::{
    AgentFrame, ConversationOpened, ConversationsListed, MessagesFetched, OpenedForAgent,
    SummaryChanged, UnreadChanged,
};
pub use expertise::{ChooseExpertise, ExpertiseChanged, SessionExpertise};
pub use files::{FilesListed, ListFiles, SharedFile};
pub use help::{SetLiveStatus, SummaryWithdrawn};
pub use history::{EarlierText, FetchHistory, HistoryFetched};
pub use merge::{carried, merge};
pub use note::{
    DeleteNote, EditNote, MOST_MENTIONS, Mention, MentionChanged, Note, NotePosted, PostNote,
    SeeMentions, SetNoteTyping,
};
pub use offer::{
    AcceptOffer, DeclineOffer, DeclineReason, Desk, Offer, OfferChanged, OfferReason, OfferStatus,
};
pub use shared_notes::{
    FetchSharedNotes, MOST_VERSIONS, SaveSharedNotes, SharedNotes, SharedNotesChanged,
    SharedNotesFetched, SharedNotesSaved,
};
pub use standing::{SessionChanged, SessionStanding};
pub use state::{AgentState, Availability, BusyReason, MissedOffer, SetState, StateChanged};
pub use team::{Team, TeamRef};
