//! Storage in memory: for tests, and for trying things out without a data folder.
//!
//! It keeps every promise of the port but durability. Each table takes back what an undone
//! transaction did to it, also when the work panics.

mod reading;
mod table;
mod writing;

use std::sync::{PoisonError, RwLock};

use protocol::feed::Feed;
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, MessageId, OfferId,
    SessionId, TeamId,
};
use protocol::receipt::Reached;
use protocol::seq::{Position, Seq};
use protocol::time::Timestamp;

use self::table::Table;
use crate::domain::{
    AgentRecord, AgentStateRecord, AnswerRecord, AttachmentRecord, BlobKey, ChannelRecord,
    ChatbotRecord, ContactRecord, ConversationRecord, EarlierTextRecord, EntryRecord, FeedState,
    MentionRecord, MessageRecord, OfferRecord, ParticipantRecord, SessionRecord, SharedNotesRecord,
    SignInRecord, TeamRecord, TokenDigest, TurnRecord,
};
use crate::ports::storage::{ReadWork, Storage, Stored, WriteWork};

/// Storage that ends with the process.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    state: RwLock<State>,
}

impl MemoryStorage {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Declares the tables, so that none is forgotten when a transaction ends.
macro_rules! state {
    ($($table:ident: $key:ty => $row:ty,)+) => {
        #[derive(Debug, Default)]
        struct State {
            $($table: Table<$key, $row>,)+
        }

        impl State {
            fn commit(&mut self) {
                $(self.$table.commit();)+
            }

            fn roll_back(&mut self) {
                $(self.$table.roll_back();)+
            }
        }
    };
}

state! {
    channels: ChannelId => ChannelRecord,
    channel_agents: (ChannelId, AgentId) => (),
    agents: AgentId => AgentRecord,
    sign_ins: TokenDigest => SignInRecord,
    agent_states: AgentId => AgentStateRecord,
    turns: (SessionId, AgentId) => TurnRecord,
    offers: OfferId => OfferRecord,
    teams: TeamId => TeamRecord,
    team_members: (TeamId, AgentId) => (),
    contacts: ContactId => ContactRecord,
    conversations: ConversationId => ConversationRecord,
    sessions: SessionId => SessionRecord,
    chatbots: SessionId => ChatbotRecord,
    script_sources: String => String,
    participants: (ConversationId, AgentId) => ParticipantRecord,
    messages: (ConversationId, Position) => MessageRecord,
    message_places: MessageId => (ConversationId, Position),
    earlier_texts: (MessageId, u32) => EarlierTextRecord,
    attachments: AttachmentId => AttachmentRecord,
    loose_blobs: BlobKey => Timestamp,
    mentions: (MessageId, AgentId) => MentionRecord,
    team_mentions: (MessageId, TeamId) => (),
    shared_notes: (ConversationId, u64) => SharedNotesRecord,
    reached: (ConversationId, AgentId) => Reached,
    feeds: Feed => FeedState,
    entries: (Feed, Seq) => EntryRecord,
    answers: (String, ClientId) => AnswerRecord,
    meta: String => String,
}

/// An open transaction; undoes itself unless it was committed.
struct Open<'a>(&'a mut State);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // After a commit there is nothing to undo.
        self.0.roll_back();
    }
}

impl Storage for MemoryStorage {
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        // A poisoned lock is no harm: `Open` has undone what the panicking work had begun.
        work(&*self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let open = Open(&mut state);
        work(&mut *open.0)?;
        open.0.commit();
        Ok(())
    }
}
