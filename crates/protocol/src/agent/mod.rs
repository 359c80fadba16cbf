//! The agents' half of the protocol: what visitors share, and what only agents may see.

mod commands;
mod events;

pub use commands::{
    AgentCommand, CloseConversation, JoinConversation, LeaveConversation, ListConversations,
    ListCursor, TakeConversation,
};
pub use events::{AgentFrame, ConversationsListed, SummaryChanged, UnreadChanged};
