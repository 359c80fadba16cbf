//! The questions, answered from the tables.

use std::ops::Bound;

use protocol::agent::ListCursor;
use protocol::agent::OfferStatus;
use protocol::conversation::LiveStatus;
use protocol::feed::Feed;
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, MessageId, OfferId,
    SessionId, SiteKey, TeamId,
};
use protocol::receipt::Reached;
use protocol::seq::{Position, Seq};
use protocol::time::Timestamp;

use super::State;
use crate::domain::{
    AgentRecord, AgentStateRecord, AnswerRecord, AttachmentRecord, Audience, BlobKey,
    ChannelRecord, ChatbotRecord, ContactRecord, ConversationRecord, EarlierTextRecord,
    EntryRecord, FeedState, MentionRecord, MessageAuthor, MessageRecord, OfferRecord,
    ParticipantRecord, Scope, SessionRecord, SharedNotesRecord, SignInRecord, TeamRecord,
    TokenDigest, TurnRecord, Uploader, Workload,
};
use crate::ports::storage::{Reading, Stored};

/// A conversation's place in a list: latest activity first, rows of one instant by id.
fn place(row: &ConversationRecord) -> (i64, ConversationId) {
    // Negated without overflow, so that ascending order is latest first.
    (!row.last_activity_at.0, row.id.clone())
}

fn open(state: &State) -> impl Iterator<Item = &OfferRecord> {
    let rows = state.offers.rows().values();
    rows.filter(|row| row.status == OfferStatus::Open)
}

impl Reading for State {
    fn channel(&self, id: &ChannelId) -> Stored<Option<ChannelRecord>> {
        Ok(self.channels.get(id).cloned())
    }

    fn channel_by_site(&self, site: &SiteKey) -> Stored<Option<ChannelRecord>> {
        let mut channels = self.channels.rows().values();
        Ok(channels.find(|channel| channel.site == *site).cloned())
    }

    fn channels(&self) -> Stored<Vec<ChannelRecord>> {
        Ok(self.channels.rows().values().cloned().collect())
    }

    fn channels_of_agent(&self, agent: &AgentId) -> Stored<Vec<ChannelRecord>> {
        let pairs = self.channel_agents.rows().keys();
        Ok(pairs
            .filter(|(_, member)| member == agent)
            .filter_map(|(channel, _)| self.channels.get(channel).cloned())
            .collect())
    }

    fn agents_of_channel(&self, channel: &ChannelId) -> Stored<Vec<AgentRecord>> {
        let pairs = self.channel_agents.rows().keys();
        Ok(pairs
            .filter(|(of, _)| of == channel)
            .filter_map(|(_, agent)| self.agents.get(agent).cloned())
            .collect())
    }

    fn answers_in(&self, agent: &AgentId, channel: &ChannelId) -> Stored<bool> {
        let pair = (channel.clone(), agent.clone());
        Ok(self.channel_agents.get(&pair).is_some())
    }

    fn agent(&self, id: &AgentId) -> Stored<Option<AgentRecord>> {
        Ok(self.agents.get(id).cloned())
    }

    fn agent_by_email(&self, email: &str) -> Stored<Option<AgentRecord>> {
        let mut agents = self.agents.rows().values();
        Ok(agents.find(|agent| agent.email == email).cloned())
    }

    fn sign_in(&self, token: &TokenDigest) -> Stored<Option<SignInRecord>> {
        Ok(self.sign_ins.get(token).cloned())
    }

    fn agents(&self) -> Stored<Vec<AgentRecord>> {
        Ok(self.agents.rows().values().cloned().collect())
    }

    fn is_signed_in(&self, agent: &AgentId, instant: Timestamp) -> Stored<bool> {
        let mut sign_ins = self.sign_ins.rows().values();
        Ok(sign_ins.any(|row| row.agent == *agent && row.expires_at > instant))
    }

    fn agent_state(&self, agent: &AgentId) -> Stored<Option<AgentStateRecord>> {
        Ok(self.agent_states.get(agent).cloned())
    }

    fn workload(&self, agent: &AgentId, since: Timestamp) -> Stored<Workload> {
        let rows = self.owned_conversations(agent, since, u32::MAX)?;
        let quietest = rows.first().and_then(|row| row.owner.as_ref());
        Ok(Workload {
            conversations: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            quietest: quietest.map(|owner| owner.active_at),
        })
    }

    fn owned_conversations(
        &self,
        agent: &AgentId,
        since: Timestamp,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        let active_at = |row: &ConversationRecord| row.owner.as_ref().map(|it| it.active_at);
        let rows = self.conversations.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.owner.as_ref().is_some_and(|it| it.agent == *agent))
            .filter(|row| row.live_status.is_some() && active_at(row) >= Some(since))
            .cloned()
            .collect();
        found.sort_by_cached_key(|row| (active_at(row), row.id.clone()));
        found.truncate(limit as usize);
        Ok(found)
    }

    fn waiting_sessions(&self) -> Stored<Vec<SessionRecord>> {
        let rows = self.sessions.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.waiting_since.is_some() && row.ended_at.is_none())
            .cloned()
            .collect();
        found.sort_by_key(|row| row.waiting_since);
        Ok(found)
    }

    fn turns(&self, session: &SessionId) -> Stored<Vec<TurnRecord>> {
        let rows = self.turns.rows().values();
        Ok(rows
            .filter(|row| row.session == *session)
            .cloned()
            .collect())
    }

    fn offer(&self, id: &OfferId) -> Stored<Option<OfferRecord>> {
        Ok(self.offers.get(id).cloned())
    }

    fn open_offer(&self, session: &SessionId) -> Stored<Option<OfferRecord>> {
        Ok(open(self).find(|row| row.session == *session).cloned())
    }

    fn open_offers(&self, agent: &AgentId) -> Stored<Vec<OfferRecord>> {
        let mut found: Vec<_> = open(self)
            .filter(|row| row.agent == *agent)
            .cloned()
            .collect();
        found.sort_by_key(|row| (row.offered_at, row.waiting_since));
        Ok(found)
    }

    fn next_offers(&self, limit: u32) -> Stored<Vec<OfferRecord>> {
        let mut found: Vec<_> = open(self).cloned().collect();
        found.sort_by_key(|row| row.expires_at);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn team(&self, id: &TeamId) -> Stored<Option<TeamRecord>> {
        Ok(self.teams.get(id).cloned())
    }

    fn teams(&self) -> Stored<Vec<TeamRecord>> {
        Ok(self.teams.rows().values().cloned().collect())
    }

    fn team_members(&self, team: &TeamId) -> Stored<Vec<AgentId>> {
        let pairs = self.team_members.rows().keys();
        let here = pairs.filter(|(of, _)| of == team);
        Ok(here.map(|(_, agent)| agent.clone()).collect())
    }

    fn teams_of_agent(&self, agent: &AgentId) -> Stored<Vec<TeamRecord>> {
        let pairs = self.team_members.rows().keys();
        Ok(pairs
            .filter(|(_, member)| member == agent)
            .filter_map(|(team, _)| self.teams.get(team).cloned())
            .collect())
    }

    fn contact(&self, id: &ContactId) -> Stored<Option<ContactRecord>> {
        Ok(self.contacts.get(id).cloned())
    }

    fn conversation(&self, id: &ConversationId) -> Stored<Option<ConversationRecord>> {
        Ok(self.conversations.get(id).cloned())
    }

    fn conversations_of_contact(&self, contact: &ContactId) -> Stored<Vec<ConversationRecord>> {
        let rows = self.conversations.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.contact == *contact)
            .cloned()
            .collect();
        found.sort_by_cached_key(place);
        Ok(found)
    }

    fn list_conversations(
        &self,
        channels: &[ChannelId],
        after: Option<&ListCursor>,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        let behind = after.map(|last| (!last.last_activity_at.0, last.conversation.clone()));
        let rows = self.conversations.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| channels.contains(&row.channel))
            .filter(|row| behind.as_ref().is_none_or(|last| place(row) > *last))
            .cloned()
            .collect();
        found.sort_by_cached_key(place);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn silent_conversations(&self, limit: u32) -> Stored<Vec<ConversationRecord>> {
        let rows = self.conversations.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| {
                let status = row.live_status;
                let session = self.sessions.get(&row.session);
                status.is_some_and(|status| status != LiveStatus::LookingForHelp)
                    && session.is_none_or(|session| session.waiting_since.is_none())
            })
            .cloned()
            .collect();
        found.sort_by_cached_key(|row| (row.silent_since(), row.id.clone()));
        found.truncate(limit as usize);
        Ok(found)
    }

    fn wanting_help(&self, limit: u32) -> Stored<Vec<ConversationRecord>> {
        let rows = self.conversations.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.live_status == Some(LiveStatus::LookingForHelp))
            .cloned()
            .collect();
        found.sort_by_cached_key(|row| {
            let session = self.sessions.get(&row.session);
            let help = session.and_then(|session| session.help.as_ref());
            (help.map(|help| help.wanted_at), row.id.clone())
        });
        found.truncate(limit as usize);
        Ok(found)
    }

    fn taking_part_elsewhere(
        &self,
        agent: &AgentId,
        limit: u32,
    ) -> Stored<Vec<ConversationRecord>> {
        let parts = self.participants.rows().values();
        let mut found = Vec::new();
        for part in parts.filter(|part| part.agent == *agent) {
            if let Some(row) = self.conversations.get(&part.conversation)
                && !self.answers_in(agent, &row.channel)?
            {
                found.push(row.clone());
            }
        }
        found.sort_by_cached_key(place);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn session(&self, id: &SessionId) -> Stored<Option<SessionRecord>> {
        Ok(self.sessions.get(id).cloned())
    }

    fn chatbot(&self, session: &SessionId) -> Stored<Option<ChatbotRecord>> {
        Ok(self.chatbots.get(session).cloned())
    }

    fn next_chatbots(&self, limit: u32) -> Stored<Vec<ChatbotRecord>> {
        let rows = self.chatbots.rows().values();
        let mut found: Vec<_> = rows.filter(|row| row.due_at.is_some()).cloned().collect();
        found.sort_by_key(|row| row.due_at);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn script_source(&self, hash: &str) -> Stored<Option<String>> {
        Ok(self.script_sources.get(&hash.to_owned()).cloned())
    }

    fn participants(&self, conversation: &ConversationId) -> Stored<Vec<ParticipantRecord>> {
        let rows = self.participants.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.conversation == *conversation)
            .cloned()
            .collect();
        found.sort_by_key(|row| row.joined_at);
        Ok(found)
    }

    fn message(&self, id: &MessageId) -> Stored<Option<MessageRecord>> {
        let place = self.message_places.get(id);
        Ok(place.and_then(|place| self.messages.get(place).cloned()))
    }

    fn messages(
        &self,
        conversation: &ConversationId,
        scope: Scope,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>> {
        let first = Bound::Included((conversation.clone(), Position(0)));
        let last = match before {
            Some(before) => Bound::Excluded((conversation.clone(), before)),
            None => Bound::Included((conversation.clone(), Position(u64::MAX))),
        };
        if before == Some(Position(0)) {
            return Ok(Vec::new());
        }
        let newest_first = self.messages.rows().range((first, last)).rev();
        let mut found: Vec<_> = newest_first
            .map(|(_, row)| row)
            .filter(|row| scope == Scope::ForAgents || row.audience == Audience::All)
            .take(limit as usize)
            .cloned()
            .collect();
        found.reverse();
        Ok(found)
    }

    fn earlier_texts(&self, message: &MessageId) -> Stored<Vec<EarlierTextRecord>> {
        let first = Bound::Included((message.clone(), 0));
        let last = Bound::Included((message.clone(), u32::MAX));
        let rows = self.earlier_texts.rows().range((first, last));
        Ok(rows.map(|(_, row)| row.clone()).collect())
    }

    fn quoting(&self, message: &MessageId) -> Stored<Vec<MessageId>> {
        let rows = self.messages.rows().values();
        let quoting = rows.filter(|row| row.reply_to.as_ref() == Some(message));
        Ok(quoting.map(|row| row.id.clone()).collect())
    }

    fn messages_with_files(
        &self,
        conversation: &ConversationId,
        before: Option<Position>,
        limit: u32,
    ) -> Stored<Vec<MessageRecord>> {
        let mut found = self.messages(conversation, Scope::ForAgents, before, u32::MAX)?;
        found.retain(|row| !row.attachments.is_empty());
        found.reverse();
        found.truncate(limit as usize);
        Ok(found)
    }

    fn shared_notes(
        &self,
        conversation: &ConversationId,
        up_to: Option<u64>,
    ) -> Stored<Option<SharedNotesRecord>> {
        let first = (conversation.clone(), 0);
        let last = (conversation.clone(), up_to.unwrap_or(u64::MAX));
        let mut found = self.shared_notes.rows().range(first..=last).rev();
        Ok(found.next().map(|(_, row)| row.clone()))
    }

    fn shared_notes_history(
        &self,
        conversation: &ConversationId,
        before: Option<u64>,
        limit: u32,
    ) -> Stored<Vec<SharedNotesRecord>> {
        let first = (conversation.clone(), 0);
        let last = (conversation.clone(), before.unwrap_or(u64::MAX));
        let newest_first = self.shared_notes.rows().range(first..last).rev();
        Ok(newest_first
            .map(|(_, row)| row)
            .filter(|row| !row.passing)
            .take(limit as usize)
            .cloned()
            .collect())
    }

    fn mentions_in(&self, note: &MessageId) -> Stored<Vec<MentionRecord>> {
        let rows = self.mentions.rows().values();
        Ok(rows.filter(|row| row.note == *note).cloned().collect())
    }

    fn teams_mentioned_in(&self, note: &MessageId) -> Stored<Vec<TeamId>> {
        let pairs = self.team_mentions.rows().keys();
        let here = pairs.filter(|(of, _)| of == note);
        Ok(here.map(|(_, team)| team.clone()).collect())
    }

    fn mentions_of(&self, agent: &AgentId, limit: u32) -> Stored<Vec<MentionRecord>> {
        let rows = self.mentions.rows().values();
        let mut found: Vec<_> = rows.filter(|row| row.agent == *agent).cloned().collect();
        found.sort_by_cached_key(|row| (row.seen, !row.position.0, row.note.clone()));
        found.truncate(limit as usize);
        Ok(found)
    }

    fn unseen_mentions(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Stored<Vec<MentionRecord>> {
        let rows = self.mentions.rows().values();
        let is_it = |row: &&MentionRecord| {
            row.agent == *agent && row.conversation == *conversation && !row.seen
        };
        let mut found: Vec<_> = rows.filter(is_it).cloned().collect();
        found.sort_by_key(|row| row.position);
        Ok(found)
    }

    fn visitor_messages_after(
        &self,
        conversation: &ConversationId,
        place: Position,
    ) -> Stored<u32> {
        let first = Bound::Excluded((conversation.clone(), place));
        let last = Bound::Included((conversation.clone(), Position(u64::MAX)));
        if place == Position(u64::MAX) {
            return Ok(0);
        }
        let rows = self.messages.rows().range((first, last));
        let count = rows
            .filter(|(_, row)| matches!(row.author, MessageAuthor::Visitor(_)))
            .filter(|(_, row)| !row.is_deleted())
            .count();
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn reached(&self, conversation: &ConversationId, agent: &AgentId) -> Stored<Reached> {
        let key = (conversation.clone(), agent.clone());
        Ok(self.reached.get(&key).copied().unwrap_or_default())
    }

    fn attachment(&self, id: &AttachmentId) -> Stored<Option<AttachmentRecord>> {
        Ok(self.attachments.get(id).cloned())
    }

    fn upload(
        &self,
        uploader: &Uploader,
        client_id: &ClientId,
    ) -> Stored<Option<AttachmentRecord>> {
        let mut rows = self.attachments.rows().values();
        let found = rows.find(|row| row.uploader == *uploader && row.client_id == *client_id);
        Ok(found.cloned())
    }

    fn uploaded_to(&self, conversation: &ConversationId, audience: Audience) -> Stored<u64> {
        let rows = self.attachments.rows().values();
        let here = rows
            .filter(|row| row.conversation.as_ref() == Some(conversation))
            .filter(|row| row.audience == audience);
        Ok(here.map(|row| row.size).sum())
    }

    fn uploaded_by(&self, uploader: &Uploader, since: Timestamp) -> Stored<u64> {
        let rows = self.attachments.rows().values();
        let theirs = rows.filter(|row| row.uploader == *uploader && row.created_at >= since);
        Ok(theirs.map(|row| row.size).sum())
    }

    fn unposted_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<AttachmentRecord>> {
        let rows = self.attachments.rows().values();
        let mut found: Vec<_> = rows
            .filter(|row| row.message.is_none() && row.created_at < instant)
            .cloned()
            .collect();
        found.sort_by_key(|row| row.created_at);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn loose_blobs_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<BlobKey>> {
        let rows = self.loose_blobs.rows().iter();
        Ok(rows
            .filter(|(_, since)| **since < instant)
            .map(|(blob, _)| blob.clone())
            .take(limit as usize)
            .collect())
    }

    fn feed_state(&self, feed: &Feed) -> Stored<FeedState> {
        Ok(self.feeds.get(feed).copied().unwrap_or_default())
    }

    fn entries(&self, feed: &Feed, after: Seq, limit: u32) -> Stored<Vec<EntryRecord>> {
        let last = self.feed_state(feed)?.last;
        if after >= last {
            return Ok(Vec::new());
        }
        let first = Bound::Excluded((feed.clone(), after));
        let last = Bound::Included((feed.clone(), last));
        let rows = self.entries.rows().range((first, last));
        Ok(rows
            .map(|(_, row)| row.clone())
            .take(limit as usize)
            .collect())
    }

    fn feeds_with_entries_before(&self, instant: Timestamp, limit: u32) -> Stored<Vec<Feed>> {
        let mut feeds: Vec<Feed> = Vec::new();
        for ((feed, _), entry) in self.entries.rows() {
            if feeds.len() >= limit as usize {
                break;
            }
            if entry.written_at < instant && feeds.last() != Some(feed) {
                feeds.push(feed.clone());
            }
        }
        Ok(feeds)
    }

    fn answer(&self, principal: &str, client_id: &ClientId) -> Stored<Option<AnswerRecord>> {
        let key = (principal.to_owned(), client_id.clone());
        Ok(self.answers.get(&key).cloned())
    }

    fn meta(&self, key: &str) -> Stored<Option<String>> {
        Ok(self.meta.get(&key.to_owned()).cloned())
    }
}
