//! Storage as the use cases see it: records in, records out, all or nothing.
//!
//! The trait is synchronous, because the database is embedded; the server calls it from
//! blocking tasks. There are no rules here: an adapter stores what it is given and promises only
//! what is written at each method. `crate::conformance` holds every adapter to it.
//!
//! Invariants every adapter keeps:
//! - A write is atomic and durable: when [`Storage::write`] returned `Ok`, neither a crash of
//!   the process nor of the machine undoes it; when it returned `Err`, nothing of it is left.
//! - Writes come one after another; a read sees one state between two of them, throughout.
//! - Text comes back byte for byte, U+0000 included.

use protocol::agent::ListCursor;
use protocol::chatbot::Question;
use protocol::feed::Feed;
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, MessageId, OfferId,
    SessionId, SiteKey, TeamId,
};
use protocol::receipt::Reached;
use protocol::seq::{Position, Seq};
use protocol::time::Timestamp;

use crate::domain::{
    AgentRecord, AgentStateRecord, AnswerRecord, AttachmentRecord, Audience, BlobKey,
    ChannelRecord, ChatbotRecord, ContactRecord, ConversationRecord, EarlierTextRecord,
    EntryRecord, FeedState, MentionRecord, MessageRecord, OfferRecord, ParticipantRecord, Scope,
    SessionRecord, SharedNotesRecord, SignInRecord, Subject, TeamRecord, TokenDigest, TurnRecord,
    Uploader, Workload,
};
use crate::error::StorageError;

/// What every storage operation gives.
pub type Stored<T> = Result<T, StorageError>;

/// Work done on one state. Called exactly once.
pub type ReadWork<'a> = dyn FnMut(&dyn Reading) -> Stored<()> + 'a;

/// Work done in one transaction. Called exactly once; `Err` undoes all of it.
pub type WriteWork<'a> = dyn FnMut(&mut dyn Transaction) -> Stored<()> + 'a;

/// A place to keep records. Use [`read()`] and [`write()`], which give results back.
pub trait Storage: Send + Sync {
    /// Runs the work on one state of the storage and passes its error on.
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()>;

    /// Runs the work in one transaction: commits when it gives `Ok`, else undoes everything and
    /// passes its error on.
    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()>;
}

/// Everything that can be asked.
pub trait Reading {
    /// A channel.
    fn channel(&self, id: &ChannelId) -> Stored<Option<ChannelRecord>>;
    /// The channel with this public key.
    fn channel_by_site(&self, site: &SiteKey) -> Stored<Option<ChannelRecord>>;
    /// All channels, by id.
    fn channels(&self) -> Stored<Vec<ChannelRecord>>;
    /// The channels an agent answers in, by id.
    fn channels_of_agent(&self, agent: &AgentId) -> Stored<Vec<ChannelRecord>>;
    /// The agents who answer in a channel, by id.
    fn agents_of_channel(&self, channel: &ChannelId) -> Stored<Vec<AgentRecord>>;
    /// Whether an agent answers in a channel.
    fn answers_in(&self, agent: &AgentId, channel: &ChannelId) -> Stored<bool>;

    /// An agent.
    fn agent(&self, id: &AgentId) -> Stored<Option<AgentRecord>>;
    /// The agent with this e-mail address, which the caller has put in lower case.
    fn agent_by_email(&self, email: &str) -> Stored<Option<AgentRecord>>;
    /// All agents, by id.
    fn agents(&self) -> Stored<Vec<AgentRecord>>;
    /// A sign-in, expired or not.
    fn sign_in(&self, token: &TokenDigest) -> Stored<Option<SignInRecord>>;
    /// Whether an agent has a sign-in that holds beyond an instant.
    fn is_signed_in(&self, agent: &AgentId, instant: Timestamp) -> Stored<bool>;
    /// An agent's state; nothing when none was ever kept.
    fn agent_state(&self, agent: &AgentId) -> Stored<Option<AgentStateRecord>>;
    /// What the running conversations an agent owns ask of them, those in which nothing happened
    /// since an instant left out.
    fn workload(&self, agent: &AgentId, since: Timestamp) -> Stored<Workload>;
    /// The same conversations, the longest quiet first, at most `limit`.
    fn owned_conversations(
        &self,
        agent: &AgentId,
        since: Timestamp,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>>;

    /// A team.
    fn team(&self, id: &TeamId) -> Stored<Option<TeamRecord>>;
    /// All teams, by id.
    fn teams(&self) -> Stored<Vec<TeamRecord>>;
    /// The agents in a team, by id.
    fn team_members(&self, team: &TeamId) -> Stored<Vec<AgentId>>;
    /// The teams an agent is in, by id.
    fn teams_of_agent(&self, agent: &AgentId) -> Stored<Vec<TeamRecord>>;

    /// A contact.
    fn contact(&self, id: &ContactId) -> Stored<Option<ContactRecord>>;

    /// A conversation.
    fn conversation(&self, id: &ConversationId) -> Stored<Option<ConversationRecord>>;
    /// A contact's conversations, latest activity first, then by id.
    fn conversations_of_contact(&self, contact: &ContactId) -> Stored<Vec<ConversationRecord>>;
    /// Conversations of these channels, latest activity first, rows of one instant by id;
    /// those behind `after`, which need not exist (any more). At most `limit`.
    fn list_conversations(
        &self,
        channels: &[ChannelId],
        after: Option<&ListCursor>,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>>;
    /// Running conversations in which nobody waits for an agent and no help is wanted, the longest
    /// silent first, then by id; silent since their owner took them or something was said, the later
    /// of the two. At most `limit`.
    fn silent_conversations(&self, limit: u32) -> Stored<Vec<ConversationRecord>>;
    /// Conversations in which help is wanted, the longest wanted first, then by id. At most `limit`.
    fn wanting_help(&self, limit: u32) -> Stored<Vec<ConversationRecord>>;
    /// Conversations in which an agent takes part without answering in their channel, latest
    /// activity first, then by id. At most `limit`.
    fn taking_part_elsewhere(&self, agent: &AgentId, limit: u32)
    -> Stored<Vec<ConversationRecord>>;
    /// Running sessions that wait for an agent, the longest wait first.
    fn waiting_sessions(&self) -> Stored<Vec<SessionRecord>>;
    /// The agents who let a session pass, by id.
    fn turns(&self, session: &SessionId) -> Stored<Vec<TurnRecord>>;
    /// An offer, open or over.
    fn offer(&self, id: &OfferId) -> Stored<Option<OfferRecord>>;
    /// The open offer of a session.
    fn open_offer(&self, session: &SessionId) -> Stored<Option<OfferRecord>>;
    /// An agent's open offers, oldest first, those of one instant by how long they waited.
    fn open_offers(&self, agent: &AgentId) -> Stored<Vec<OfferRecord>>;
    /// Open offers of all agents, the nearest deadline first, at most `limit`.
    fn next_offers(&self, limit: u32) -> Stored<Vec<OfferRecord>>;
    /// A session.
    fn session(&self, id: &SessionId) -> Stored<Option<SessionRecord>>;
    /// The chatbot's run in a session.
    fn chatbot(&self, session: &SessionId) -> Stored<Option<ChatbotRecord>>;
    /// Runs that go on by themselves, the nearest instant first, at most `limit`.
    fn next_chatbots(&self, limit: u32) -> Stored<Vec<ChatbotRecord>>;
    /// The text of the script with this hash, if a run began with it.
    fn script_source(&self, hash: &str) -> Stored<Option<String>>;
    /// The agents in a conversation, hidden ones too, in the order of `joined_at`, then by id.
    fn participants(&self, conversation: &ConversationId) -> Stored<Vec<ParticipantRecord>>;

    /// A message, whoever may see it.
    fn message(&self, id: &MessageId) -> Stored<Option<MessageRecord>>;
    /// The newest messages within the scope, before a place if one is given: at most `limit`,
    /// oldest first.
    fn messages(
        &self,
        conversation: &ConversationId,
        scope: Scope,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>>;
    /// What a message said before it was changed, the oldest text first.
    fn earlier_texts(&self, message: &MessageId) -> Stored<Vec<EarlierTextRecord>>;
    /// The messages that quote this one, by place.
    fn quoting(&self, message: &MessageId) -> Stored<Vec<MessageId>>;
    /// The newest messages with files, whoever may see them, before a place if one is given: at
    /// most `limit`, newest first.
    fn messages_with_files(
        &self,
        conversation: &ConversationId,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>>;
    /// The newest version of a conversation's shared notes, or the newest up to and with a number.
    fn shared_notes(
        &self,
        conversation: &ConversationId,
        up_to: Option<u64>,
    ) -> Stored<Option<SharedNotesRecord>>;
    /// Versions of the shared notes that are not passing, before a number if one is given: at most
    /// `limit`, newest first.
    fn shared_notes_history(
        &self,
        conversation: &ConversationId,
        before: Option<u64>,
        limit: u32,
    ) -> Stored<Vec<SharedNotesRecord>>;
    /// Who is mentioned in a note, by id.
    fn mentions_in(&self, note: &MessageId) -> Stored<Vec<MentionRecord>>;
    /// The teams that are mentioned in a note, by id.
    fn teams_mentioned_in(&self, note: &MessageId) -> Stored<Vec<TeamId>>;
    /// Mentions of an agent, those not seen first, then the latest: by place, by note where that
    /// is the same. At most `limit`.
    fn mentions_of(&self, agent: &AgentId, limit: u32) -> Stored<Vec<MentionRecord>>;
    /// Mentions of an agent in a conversation that they have not seen, by place.
    fn unseen_mentions(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Stored<Vec<MentionRecord>>;
    /// How many messages the visitor has written behind a place, deleted ones left out.
    fn visitor_messages_after(&self, conversation: &ConversationId, place: Position)
    -> Stored<u32>;
    /// How far an agent has come; zeros when never said.
    fn reached(&self, conversation: &ConversationId, agent: &AgentId) -> Stored<Reached>;

    /// An attachment, whoever may see it.
    fn attachment(&self, id: &AttachmentId) -> Stored<Option<AttachmentRecord>>;
    /// The attachment of an upload, by the upload's own name.
    fn upload(&self, uploader: &Uploader, client_id: &ClientId)
    -> Stored<Option<AttachmentRecord>>;
    /// The sizes of a conversation's attachments for an audience together.
    fn uploaded_to(&self, conversation: &ConversationId, audience: Audience) -> Stored<u64>;
    /// The sizes of what somebody announced since an instant together.
    fn uploaded_by(&self, uploader: &Uploader, since: Timestamp) -> Stored<u64>;
    /// Attachments that were announced before an instant and posted by nobody, oldest first, at
    /// most `limit`.
    fn unposted_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<AttachmentRecord>>;
    /// Bytes that belong to no attachment since before an instant, at most `limit`.
    fn loose_blobs_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<BlobKey>>;

    /// How far a feed goes; the default for a feed nothing was written to.
    fn feed_state(&self, feed: &Feed) -> Stored<FeedState>;
    /// Kept entries behind a place, in order, at most `limit`.
    fn entries(&self, feed: &Feed, after: Seq, limit: u32) -> Stored<Vec<EntryRecord>>;
    /// Some feeds that keep an entry written before an instant, at most `limit`.
    fn feeds_with_entries_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<Feed>>;

    /// The answer remembered for a command.
    fn answer(&self, principal: &str, client_id: &ClientId) -> Stored<Option<AnswerRecord>>;

    /// A value of the server's own, such as the token secret.
    fn meta(&self, key: &str) -> Stored<Option<String>>;
}

/// Everything that can be done, within one transaction. Reads see what was written before them.
///
/// `put_…` adds the record or replaces the one of the same key.
pub trait Transaction: Reading {
    /// Keeps a channel. Fails when another has its site key.
    fn put_channel(&mut self, channel: &ChannelRecord) -> Stored<()>;
    /// Lets an agent answer in a channel; both exist. Repeats change nothing.
    fn put_channel_agent(&mut self, channel: &ChannelId, agent: &AgentId) -> Stored<()>;

    /// Keeps an agent. Fails when another has their e-mail address.
    fn put_agent(&mut self, agent: &AgentRecord) -> Stored<()>;
    /// Keeps a sign-in.
    fn put_sign_in(&mut self, sign_in: &SignInRecord) -> Stored<()>;
    /// Forgets a sign-in; nothing when there is none.
    fn remove_sign_in(&mut self, token: &TokenDigest) -> Stored<()>;
    /// Forgets the sign-ins that expired before an instant and says how many.
    fn remove_sign_ins_expired_before(&mut self, instant: Timestamp) -> Stored<u32>;

    /// Keeps an agent's state.
    fn put_agent_state(&mut self, state: &AgentStateRecord) -> Stored<()>;
    /// Keeps how often an agent let a session pass.
    fn put_turn(&mut self, turn: &TurnRecord) -> Stored<()>;
    /// Keeps an offer. Fails when it is open and its session has another open one.
    fn put_offer(&mut self, offer: &OfferRecord) -> Stored<()>;

    /// Keeps a team.
    fn put_team(&mut self, team: &TeamRecord) -> Stored<()>;
    /// Takes an agent into a team; both exist. Repeats change nothing.
    fn put_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()>;
    /// Takes an agent out of a team; nothing when they are not in it.
    fn remove_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()>;

    /// Keeps a contact.
    fn put_contact(&mut self, contact: &ContactRecord) -> Stored<()>;

    /// Keeps a conversation.
    fn put_conversation(&mut self, conversation: &ConversationRecord) -> Stored<()>;
    /// Keeps a session.
    fn put_session(&mut self, session: &SessionRecord) -> Stored<()>;
    /// Keeps a participant.
    fn put_participant(&mut self, participant: &ParticipantRecord) -> Stored<()>;
    /// Takes an agent out of a conversation; nothing when they are not in it.
    fn remove_participant(&mut self, conversation: &ConversationId, agent: &AgentId) -> Stored<()>;

    /// Adds a message. Fails when its id, or its place in the conversation, is taken.
    fn add_message(&mut self, message: &MessageRecord) -> Stored<()>;
    /// Changes what a message asks.
    fn put_question(&mut self, message: &MessageId, question: &Question) -> Stored<()>;
    /// Changes what a message says: its text, question, files, what it answers and its revision;
    /// nothing else of it ever changes. Nothing happens when there is no such message.
    fn revise_message(&mut self, message: &MessageRecord) -> Stored<()>;
    /// Adds a text that a message no longer has. Fails when that version has one.
    fn add_earlier_text(&mut self, text: &EarlierTextRecord) -> Stored<()>;
    /// Keeps that a note mentions an agent.
    fn put_mention(&mut self, mention: &MentionRecord) -> Stored<()>;
    /// Keeps that a note mentions a team. Repeats change nothing.
    fn put_team_mention(&mut self, note: &MessageId, team: &TeamId) -> Stored<()>;
    /// Keeps a version of the shared notes.
    fn put_shared_notes(&mut self, version: &SharedNotesRecord) -> Stored<()>;
    /// Forgets up to `limit` passing versions that were saved before an instant and says how many.
    fn remove_passing_shared_notes_before(&mut self, instant: Timestamp, limit: u32)
    -> Stored<u32>;
    /// Keeps a chatbot's run.
    fn put_chatbot(&mut self, chatbot: &ChatbotRecord) -> Stored<()>;
    /// Keeps a script's text under its hash. Repeats change nothing.
    fn put_script_source(&mut self, hash: &str, source: &str) -> Stored<()>;
    /// Keeps how far an agent has come.
    fn put_reached(
        &mut self,
        conversation: &ConversationId,
        agent: &AgentId,
        reached: Reached,
    ) -> Stored<()>;

    /// Keeps an attachment. Fails when its uploader has another of the same client id.
    fn put_attachment(&mut self, attachment: &AttachmentRecord) -> Stored<()>;
    /// Forgets an attachment; nothing when there is none.
    fn remove_attachment(&mut self, id: &AttachmentId) -> Stored<()>;
    /// Notes that bytes belong to no attachment since an instant.
    fn put_loose_blob(&mut self, blob: &BlobKey, since: Timestamp) -> Stored<()>;
    /// Forgets that; nothing when it was not noted.
    fn remove_loose_blob(&mut self, blob: &BlobKey) -> Stored<()>;

    /// Writes the next entry of a feed and says its place: one more than the last ever written,
    /// trimmed entries included.
    fn append_entry(
        &mut self,
        feed: &Feed,
        subject: &Subject,
        written_at: Timestamp,
    ) -> Stored<Seq>;
    /// Forgets a feed's entries up to and with the last one written before an instant, and says
    /// how many. What is left stays dense.
    fn trim_feed(&mut self, feed: &Feed, instant: Timestamp) -> Stored<u32>;

    /// Remembers an answer. Fails when the principal's client id has one.
    fn add_answer(&mut self, answer: &AnswerRecord) -> Stored<()>;
    /// Forgets up to `limit` answers given before an instant and says how many.
    fn remove_answers_before(&mut self, instant: Timestamp, limit: u32) -> Stored<u32>;

    /// Keeps a value of the server's own.
    fn put_meta(&mut self, key: &str, value: &str) -> Stored<()>;
}

/// Runs `work` on one state and gives its result back.
pub fn read<T, E: From<StorageError>>(
    storage: &dyn Storage,
    work: impl FnOnce(&dyn Reading) -> Result<T, E>,
) -> Result<T, E> {
    let mut work = Some(work);
    let mut outcome = None;
    let ran = storage.read(&mut |reading| {
        if let Some(work) = work.take() {
            outcome = Some(work(reading));
        }
        Ok(())
    });
    conclude(ran, outcome)
}

/// Runs `work` in one transaction and gives its result back; an error undoes everything.
pub fn write<T, E: From<StorageError>>(
    storage: &dyn Storage,
    work: impl FnOnce(&mut dyn Transaction) -> Result<T, E>,
) -> Result<T, E> {
    let mut work = Some(work);
    let mut outcome = None;
    let ran = storage.write(&mut |transaction| {
        if let Some(work) = work.take() {
            outcome = Some(work(transaction));
        }
        match outcome {
            Some(Err(_)) => Err(StorageError::Cancelled),
            _ => Ok(()),
        }
    });
    conclude(ran, outcome)
}

/// The work's own error comes first, then storage's: a commit that failed has no result.
fn conclude<T, E: From<StorageError>>(
    ran: Stored<()>,
    outcome: Option<Result<T, E>>,
) -> Result<T, E> {
    match (ran, outcome) {
        (_, Some(Err(error))) => Err(error),
        (Err(error), _) => Err(error.into()),
        (Ok(()), Some(done)) => done,
        (Ok(()), None) => Err(StorageError::Other("the work was never run".to_owned()).into()),
    }
}
