//! The records storage keeps and the few rules that need nothing but a record.
//!
//! They use the protocol's ids and enumerations, but they are not its types: what a reader may
//! see of a record is decided when it is read for that reader.

mod agent;
mod answer;
mod channel;
mod contact;
mod conversation;
mod entry;
pub mod language;
mod message;
mod principal;

pub use agent::{AgentRecord, AgentRole, SignInRecord, TokenDigest};
pub use answer::{Answer, AnswerRecord, Fingerprint};
pub use channel::ChannelRecord;
pub use contact::ContactRecord;
pub use conversation::{
    ConversationRecord, ParticipantRecord, SessionId, SessionRecord, Visibility,
};
pub use entry::{EntryRecord, FeedState, Subject};
pub use message::{Audience, MessageAuthor, MessageEvent, MessageRecord, Scope};
pub use principal::{Principal, Visitor};
