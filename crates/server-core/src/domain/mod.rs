//! The records storage keeps and the few rules that need nothing but a record.
//!
//! They use the protocol's ids and enumerations, but they are not its types: what a reader may
//! see of a record is decided when it is read for that reader.

mod agent;
mod agent_state;
mod answer;
mod attachment;
mod channel;
mod chatbot;
mod contact;
pub mod contact_details;
mod conversation;
mod entry;
pub mod file_name;
pub mod language;
mod mention;
mod message;
mod offer;
mod principal;
mod session_facts;
mod shared_notes;
mod signal;
mod team;

pub use agent::{AgentProfile, AgentRecord, AgentRole, SignInRecord, TokenDigest};
pub use agent_state::{AgentStateRecord, Chosen, Workload};
pub use answer::{Answer, AnswerRecord, Fingerprint};
pub use attachment::{AttachmentRecord, BlobKey, FileFacts, Uploader};
pub use channel::{ChannelRecord, ChannelSettings};
pub use chatbot::{ChatbotRecord, SessionAnswer};
pub use contact::ContactRecord;
pub use conversation::{
    ConversationRecord, HelpRecord, Ownership, ParticipantRecord, SessionRecord, TurnRecord,
    Visibility,
};
pub use entry::{EntryRecord, FeedState, Subject, SubjectParts};
pub use mention::MentionRecord;
pub use message::{Audience, EarlierTextRecord, MessageAuthor, MessageEvent, MessageRecord, Scope};
pub use offer::OfferRecord;
pub use principal::{Principal, Visitor};
pub use session_facts::SessionFacts;
pub use shared_notes::SharedNotesRecord;
pub use signal::{PlaceNotice, TypingNotice};
pub use team::TeamRecord;
