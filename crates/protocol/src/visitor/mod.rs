//! The visitor's half of the protocol. It has no word for anything only agents may see.

mod commands;
mod events;

pub use commands::{
    DeleteMessage, EditMessage, FetchMessages, MarkDelivered, MarkRead, OpenConversation,
    PostMessage, RestartChatbot, SetLanguage, SetTyping, VisitorCommand,
};
pub use events::{
    ConversationChanged, ConversationOpened, ConversationStarted, MessagePosted, MessagesFetched,
    PlaceChanged, ReceiptsChanged, VisitorFrame, VisitorOpening,
};
