//! The agents' half of the protocol: what visitors share, and what only agents may see.

mod answers;
mod commands;
mod events;
mod history;
mod note;
mod offer;
mod state;

pub use answers::{AnswersChanged, GivenAnswer};
pub use commands::{
    AgentCommand, CloseConversation, JoinConversation, LeaveConversation, ListConversations,
    ListCursor, TakeConversation,
};
pub use events::{
    AgentFrame, ConversationOpened, ConversationsListed, MessagesFetched, OpenedForAgent,
    SummaryChanged, UnreadChanged,
};
pub use history::{EarlierText, FetchHistory, HistoryFetched};
pub use note::{
    DeleteNote, EditNote, MOST_MENTIONS, Mention, MentionChanged, Note, NotePosted, PostNote,
    SeeMentions, SetNoteTyping,
};
pub use offer::{
    AcceptOffer, DeclineOffer, DeclineReason, Desk, Offer, OfferChanged, OfferReason, OfferStatus,
};
pub use state::{AgentState, Availability, BusyReason, MissedOffer, SetState, StateChanged};
