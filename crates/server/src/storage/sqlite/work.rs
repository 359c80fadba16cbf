//! The storage port's long list of verbs, handed on to the file of the table concerned.

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
use rusqlite::Connection;
use server_core::domain::{
    AgentRecord, AgentStateRecord, AnswerRecord, AttachmentRecord, Audience, BlobKey,
    ChannelRecord, ChatbotRecord, ContactRecord, ConversationRecord, EarlierTextRecord,
    EntryRecord, FeedState, MentionRecord, MessageRecord, OfferRecord, ParticipantRecord, Scope,
    SessionRecord, SharedNotesRecord, SignInRecord, Subject, TeamRecord, TokenDigest, TurnRecord,
    Uploader, Workload,
};
use server_core::ports::storage::Stored;
use server_core::ports::{Reading, Transaction};

use super::fault::fault;
use super::{
    agents, answers, attachments, channels, chatbots, contacts, conversations, feeds, mentions,
    messages, meta, offers, shared_notes, teams,
};

/// One state of the database, or one transaction on it.
pub(super) struct Work<'a> {
    connection: &'a Connection,
}

impl<'a> Work<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }
}

/// Passes a table's result on in the words of the port.
fn stored<T>(result: rusqlite::Result<T>) -> Stored<T> {
    result.map_err(|error| fault(&error))
}

/// Counts on the port are 32 bits; no limit there is larger.
fn counted(result: rusqlite::Result<usize>) -> Stored<u32> {
    stored(result).map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

impl Reading for Work<'_> {
    fn channel(&self, id: &ChannelId) -> Stored<Option<ChannelRecord>> {
        stored(channels::find(self.connection, id))
    }
    fn channel_by_site(&self, site: &SiteKey) -> Stored<Option<ChannelRecord>> {
        stored(channels::find_by_site(self.connection, site))
    }
    fn channels(&self) -> Stored<Vec<ChannelRecord>> {
        stored(channels::all(self.connection))
    }
    fn channels_of_agent(&self, agent: &AgentId) -> Stored<Vec<ChannelRecord>> {
        stored(channels::of_agent(self.connection, agent))
    }
    fn agents_of_channel(&self, channel: &ChannelId) -> Stored<Vec<AgentRecord>> {
        stored(agents::of_channel(self.connection, channel))
    }
    fn answers_in(&self, agent: &AgentId, channel: &ChannelId) -> Stored<bool> {
        stored(channels::has_agent(self.connection, agent, channel))
    }

    fn agent(&self, id: &AgentId) -> Stored<Option<AgentRecord>> {
        stored(agents::find(self.connection, id))
    }
    fn agent_by_email(&self, email: &str) -> Stored<Option<AgentRecord>> {
        stored(agents::find_by_email(self.connection, email))
    }
    fn sign_in(&self, token: &TokenDigest) -> Stored<Option<SignInRecord>> {
        stored(agents::find_sign_in(self.connection, token))
    }

    fn agents(&self) -> Stored<Vec<AgentRecord>> {
        stored(agents::all(self.connection))
    }
    fn is_signed_in(&self, agent: &AgentId, instant: Timestamp) -> Stored<bool> {
        stored(agents::is_signed_in(self.connection, agent, instant))
    }
    fn agent_state(&self, agent: &AgentId) -> Stored<Option<AgentStateRecord>> {
        stored(agents::find_state(self.connection, agent))
    }
    fn workload(&self, agent: &AgentId, since: Timestamp) -> Stored<Workload> {
        stored(conversations::workload(self.connection, agent, since))
    }
    fn owned_conversations(
        &self,
        agent: &AgentId,
        since: Timestamp,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::owned(self.connection, agent, since, limit))
    }

    fn waiting_sessions(&self) -> Stored<Vec<SessionRecord>> {
        stored(conversations::waiting_sessions(self.connection))
    }
    fn turns(&self, session: &SessionId) -> Stored<Vec<TurnRecord>> {
        stored(offers::turns(self.connection, session))
    }
    fn offer(&self, id: &OfferId) -> Stored<Option<OfferRecord>> {
        stored(offers::find(self.connection, id))
    }
    fn open_offer(&self, session: &SessionId) -> Stored<Option<OfferRecord>> {
        stored(offers::open_of_session(self.connection, session))
    }
    fn open_offers(&self, agent: &AgentId) -> Stored<Vec<OfferRecord>> {
        stored(offers::open_to_agent(self.connection, agent))
    }
    fn next_offers(&self, limit: u32) -> Stored<Vec<OfferRecord>> {
        stored(offers::by_deadline(self.connection, limit))
    }

    fn team(&self, id: &TeamId) -> Stored<Option<TeamRecord>> {
        stored(teams::find(self.connection, id))
    }
    fn teams(&self) -> Stored<Vec<TeamRecord>> {
        stored(teams::all(self.connection))
    }
    fn team_members(&self, team: &TeamId) -> Stored<Vec<AgentId>> {
        stored(teams::members(self.connection, team))
    }
    fn teams_of_agent(&self, agent: &AgentId) -> Stored<Vec<TeamRecord>> {
        stored(teams::of_agent(self.connection, agent))
    }

    fn contact(&self, id: &ContactId) -> Stored<Option<ContactRecord>> {
        stored(contacts::find(self.connection, id))
    }

    fn conversation(&self, id: &ConversationId) -> Stored<Option<ConversationRecord>> {
        stored(conversations::find(self.connection, id))
    }
    fn conversations_of_contact(&self, contact: &ContactId) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::of_contact(self.connection, contact))
    }
    fn list_conversations(
        &self,
        channels: &[ChannelId],
        after: Option<&ListCursor>,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::list(self.connection, channels, after, limit))
    }
    fn silent_conversations(&self, limit: u32) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::silent(self.connection, limit))
    }
    fn wanting_help(&self, limit: u32) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::wanting_help(self.connection, limit))
    }
    fn taking_part_elsewhere(
        &self,
        agent: &AgentId,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        stored(conversations::taking_part_elsewhere(
            self.connection,
            agent,
            limit,
        ))
    }
    fn session(&self, id: &SessionId) -> Stored<Option<SessionRecord>> {
        stored(conversations::find_session(self.connection, id))
    }
    fn chatbot(&self, session: &SessionId) -> Stored<Option<ChatbotRecord>> {
        stored(chatbots::find(self.connection, session))
    }
    fn next_chatbots(&self, limit: u32) -> Stored<Vec<ChatbotRecord>> {
        stored(chatbots::by_due(self.connection, limit))
    }
    fn script_source(&self, hash: &str) -> Stored<Option<String>> {
        stored(chatbots::source(self.connection, hash))
    }
    fn participants(&self, conversation: &ConversationId) -> Stored<Vec<ParticipantRecord>> {
        stored(conversations::participants(self.connection, conversation))
    }

    fn message(&self, id: &MessageId) -> Stored<Option<MessageRecord>> {
        stored(messages::find(self.connection, id))
    }
    fn messages(
        &self,
        conversation: &ConversationId,
        scope: Scope,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>> {
        stored(messages::page(
            self.connection,
            conversation,
            scope,
            before,
            limit,
        ))
    }
    fn earlier_texts(&self, message: &MessageId) -> Stored<Vec<EarlierTextRecord>> {
        stored(messages::earlier(self.connection, message))
    }
    fn quoting(&self, message: &MessageId) -> Stored<Vec<MessageId>> {
        stored(messages::quoting(self.connection, message))
    }
    fn messages_with_files(
        &self,
        conversation: &ConversationId,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>> {
        stored(messages::with_files(
            self.connection,
            conversation,
            before,
            limit,
        ))
    }
    fn shared_notes(
        &self,
        conversation: &ConversationId,
        up_to: Option<u64>,
    ) -> Stored<Option<SharedNotesRecord>> {
        stored(shared_notes::newest(self.connection, conversation, up_to))
    }
    fn shared_notes_history(
        &self,
        conversation: &ConversationId,
        before: Option<u64>,
        limit: u32,
    ) -> Stored<Vec<SharedNotesRecord>> {
        stored(shared_notes::history(
            self.connection,
            conversation,
            before,
            limit,
        ))
    }
    fn mentions_in(&self, note: &MessageId) -> Stored<Vec<MentionRecord>> {
        stored(mentions::in_note(self.connection, note))
    }
    fn teams_mentioned_in(&self, note: &MessageId) -> Stored<Vec<TeamId>> {
        stored(teams::mentioned_in(self.connection, note))
    }
    fn mentions_of(&self, agent: &AgentId, limit: u32) -> Stored<Vec<MentionRecord>> {
        stored(mentions::of_agent(self.connection, agent, limit))
    }
    fn unseen_mentions(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Stored<Vec<MentionRecord>> {
        stored(mentions::unseen(self.connection, agent, conversation))
    }
    fn visitor_messages_after(
        &self,
        conversation: &ConversationId,
        place: Position,
    ) -> Stored<u32> {
        stored(messages::of_visitor_after(
            self.connection,
            conversation,
            place,
        ))
    }
    fn reached(&self, conversation: &ConversationId, agent: &AgentId) -> Stored<Reached> {
        stored(conversations::reached(self.connection, conversation, agent))
    }

    fn attachment(&self, id: &AttachmentId) -> Stored<Option<AttachmentRecord>> {
        stored(attachments::find(self.connection, id))
    }
    fn upload(
        &self,
        uploader: &Uploader,
        client_id: &ClientId,
    ) -> Stored<Option<AttachmentRecord>> {
        stored(attachments::find_upload(
            self.connection,
            uploader,
            client_id,
        ))
    }
    fn uploaded_to(&self, conversation: &ConversationId, audience: Audience) -> Stored<u64> {
        stored(attachments::size_in(
            self.connection,
            conversation,
            audience,
        ))
    }
    fn uploaded_by(&self, uploader: &Uploader, since: Timestamp) -> Stored<u64> {
        stored(attachments::size_by(self.connection, uploader, since))
    }
    fn unposted_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<AttachmentRecord>> {
        stored(attachments::unposted_before(
            self.connection,
            instant,
            limit,
        ))
    }
    fn loose_blobs_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<BlobKey>> {
        stored(attachments::loose_before(self.connection, instant, limit))
    }

    fn feed_state(&self, feed: &Feed) -> Stored<FeedState> {
        stored(feeds::state(self.connection, feed))
    }
    fn entries(&self, feed: &Feed, after: Seq, limit: u32) -> Stored<Vec<EntryRecord>> {
        stored(feeds::entries(self.connection, feed, after, limit))
    }
    fn feeds_with_entries_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<Feed>> {
        stored(feeds::with_entries_before(self.connection, instant, limit))
    }

    fn answer(&self, principal: &str, client_id: &ClientId) -> Stored<Option<AnswerRecord>> {
        stored(answers::find(self.connection, principal, client_id))
    }

    fn meta(&self, key: &str) -> Stored<Option<String>> {
        stored(meta::find(self.connection, key))
    }
}

impl Transaction for Work<'_> {
    fn put_channel(&mut self, channel: &ChannelRecord) -> Stored<()> {
        stored(channels::put(self.connection, channel))
    }
    fn put_channel_agent(&mut self, channel: &ChannelId, agent: &AgentId) -> Stored<()> {
        stored(channels::put_agent(self.connection, channel, agent))
    }

    fn put_agent(&mut self, agent: &AgentRecord) -> Stored<()> {
        stored(agents::put(self.connection, agent))
    }
    fn put_sign_in(&mut self, sign_in: &SignInRecord) -> Stored<()> {
        stored(agents::put_sign_in(self.connection, sign_in))
    }
    fn remove_sign_in(&mut self, token: &TokenDigest) -> Stored<()> {
        stored(agents::remove_sign_in(self.connection, token))
    }
    fn remove_sign_ins_expired_before(&mut self, instant: Timestamp) -> Stored<u32> {
        counted(agents::remove_sign_ins_expired_before(
            self.connection,
            instant,
        ))
    }

    fn put_agent_state(&mut self, state: &AgentStateRecord) -> Stored<()> {
        stored(agents::put_state(self.connection, state))
    }
    fn put_turn(&mut self, turn: &TurnRecord) -> Stored<()> {
        stored(offers::put_turn(self.connection, turn))
    }
    fn put_offer(&mut self, offer: &OfferRecord) -> Stored<()> {
        stored(offers::put(self.connection, offer))
    }

    fn put_team(&mut self, team: &TeamRecord) -> Stored<()> {
        stored(teams::put(self.connection, team))
    }
    fn put_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()> {
        stored(teams::put_member(self.connection, team, agent))
    }
    fn remove_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()> {
        stored(teams::remove_member(self.connection, team, agent))
    }

    fn put_contact(&mut self, contact: &ContactRecord) -> Stored<()> {
        stored(contacts::put(self.connection, contact))
    }

    fn put_conversation(&mut self, conversation: &ConversationRecord) -> Stored<()> {
        stored(conversations::put(self.connection, conversation))
    }
    fn put_session(&mut self, session: &SessionRecord) -> Stored<()> {
        stored(conversations::put_session(self.connection, session))
    }
    fn put_participant(&mut self, participant: &ParticipantRecord) -> Stored<()> {
        stored(conversations::put_participant(self.connection, participant))
    }
    fn remove_participant(&mut self, conversation: &ConversationId, agent: &AgentId) -> Stored<()> {
        stored(conversations::remove_participant(
            self.connection,
            conversation,
            agent,
        ))
    }

    fn add_message(&mut self, message: &MessageRecord) -> Stored<()> {
        stored(messages::add(self.connection, message))
    }
    fn put_question(&mut self, message: &MessageId, question: &Question) -> Stored<()> {
        stored(messages::put_question(self.connection, message, question))
    }
    fn revise_message(&mut self, message: &MessageRecord) -> Stored<()> {
        stored(messages::revise(self.connection, message))
    }
    fn add_earlier_text(&mut self, text: &EarlierTextRecord) -> Stored<()> {
        stored(messages::add_earlier(self.connection, text))
    }
    fn put_mention(&mut self, mention: &MentionRecord) -> Stored<()> {
        stored(mentions::put(self.connection, mention))
    }
    fn put_team_mention(&mut self, note: &MessageId, team: &TeamId) -> Stored<()> {
        stored(teams::put_mention(self.connection, note, team))
    }
    fn put_shared_notes(&mut self, version: &SharedNotesRecord) -> Stored<()> {
        stored(shared_notes::put(self.connection, version))
    }
    fn remove_passing_shared_notes_before(
        &mut self,
        instant: Timestamp,
        limit: u32,
    ) -> Stored<u32> {
        counted(shared_notes::remove_passing(
            self.connection,
            instant,
            limit,
        ))
    }
    fn put_chatbot(&mut self, chatbot: &ChatbotRecord) -> Stored<()> {
        stored(chatbots::put(self.connection, chatbot))
    }
    fn put_script_source(&mut self, hash: &str, source: &str) -> Stored<()> {
        stored(chatbots::put_source(self.connection, hash, source))
    }
    fn put_reached(
        &mut self,
        conversation: &ConversationId,
        agent: &AgentId,
        reached: Reached,
    ) -> Stored<()> {
        stored(conversations::put_reached(
            self.connection,
            conversation,
            agent,
            reached,
        ))
    }

    fn put_attachment(&mut self, attachment: &AttachmentRecord) -> Stored<()> {
        stored(attachments::put(self.connection, attachment))
    }
    fn remove_attachment(&mut self, id: &AttachmentId) -> Stored<()> {
        stored(attachments::remove(self.connection, id))
    }
    fn put_loose_blob(&mut self, blob: &BlobKey, since: Timestamp) -> Stored<()> {
        stored(attachments::put_loose(self.connection, blob, since))
    }
    fn remove_loose_blob(&mut self, blob: &BlobKey) -> Stored<()> {
        stored(attachments::remove_loose(self.connection, blob))
    }

    fn append_entry(
        &mut self,
        feed: &Feed,
        subject: &Subject,
        written_at: Timestamp,
    ) -> Stored<Seq> {
        stored(feeds::append(self.connection, feed, subject, written_at))
    }
    fn trim_feed(&mut self, feed: &Feed, instant: Timestamp) -> Stored<u32> {
        counted(feeds::trim(self.connection, feed, instant))
    }

    fn add_answer(&mut self, answer: &AnswerRecord) -> Stored<()> {
        stored(answers::add(self.connection, answer))
    }
    fn remove_answers_before(&mut self, instant: Timestamp, limit: u32) -> Stored<u32> {
        counted(answers::remove_before(self.connection, instant, limit))
    }

    fn put_meta(&mut self, key: &str, value: &str) -> Stored<()> {
        stored(meta::put(self.connection, key, value))
    }
}
