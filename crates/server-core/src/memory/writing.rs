//! The changes, made to the tables.

use protocol::agent::OfferStatus;
use protocol::chatbot::Question;
use protocol::feed::Feed;
use protocol::ids::{AgentId, AttachmentId, ChannelId, ConversationId, MessageId, TeamId};
use protocol::receipt::Reached;
use protocol::seq::Seq;
use protocol::time::Timestamp;

use super::State;
use crate::domain::{
    AgentRecord, AgentStateRecord, AnswerRecord, AttachmentRecord, BlobKey, ChannelRecord,
    ChatbotRecord, ContactRecord, ConversationRecord, EarlierTextRecord, EntryRecord, FeedState,
    MentionRecord, MessageRecord, OfferRecord, ParticipantRecord, SessionRecord, SharedNotesRecord,
    SignInRecord, Subject, TeamRecord, TokenDigest, TurnRecord,
};
use crate::error::StorageError;
use crate::ports::storage::{Reading, Stored, Transaction};

fn taken(what: &str) -> StorageError {
    StorageError::Other(format!("{what} is taken"))
}

impl Transaction for State {
    fn put_channel(&mut self, channel: &ChannelRecord) -> Stored<()> {
        let holder = self.channel_by_site(&channel.site)?;
        if holder.is_some_and(|holder| holder.id != channel.id) {
            return Err(taken("the site key"));
        }
        self.channels.put(channel.id.clone(), channel.clone());
        Ok(())
    }

    fn put_channel_agent(&mut self, channel: &ChannelId, agent: &AgentId) -> Stored<()> {
        self.channel_agents
            .put((channel.clone(), agent.clone()), ());
        Ok(())
    }

    fn put_agent(&mut self, agent: &AgentRecord) -> Stored<()> {
        let holder = self.agent_by_email(&agent.email)?;
        if holder.is_some_and(|holder| holder.id != agent.id) {
            return Err(taken("the e-mail address"));
        }
        self.agents.put(agent.id.clone(), agent.clone());
        Ok(())
    }

    fn put_sign_in(&mut self, sign_in: &SignInRecord) -> Stored<()> {
        self.sign_ins.put(sign_in.token.clone(), sign_in.clone());
        Ok(())
    }

    fn remove_sign_in(&mut self, token: &TokenDigest) -> Stored<()> {
        self.sign_ins.remove(token);
        Ok(())
    }

    fn remove_sign_ins_expired_before(&mut self, instant: Timestamp) -> Stored<u32> {
        Ok(self
            .sign_ins
            .remove_where(u32::MAX, |_, row| row.expires_at < instant))
    }

    fn put_agent_state(&mut self, state: &AgentStateRecord) -> Stored<()> {
        self.agent_states.put(state.agent.clone(), state.clone());
        Ok(())
    }

    fn put_turn(&mut self, turn: &TurnRecord) -> Stored<()> {
        let key = (turn.session.clone(), turn.agent.clone());
        self.turns.put(key, turn.clone());
        Ok(())
    }

    fn put_offer(&mut self, offer: &OfferRecord) -> Stored<()> {
        let held_out = self.open_offer(&offer.session)?;
        let rivals = held_out.is_some_and(|other| other.id != offer.id);
        if offer.status == OfferStatus::Open && rivals {
            return Err(taken("the session's open offer"));
        }
        self.offers.put(offer.id.clone(), offer.clone());
        Ok(())
    }

    fn put_team(&mut self, team: &TeamRecord) -> Stored<()> {
        self.teams.put(team.id.clone(), team.clone());
        Ok(())
    }

    fn put_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()> {
        self.team_members.put((team.clone(), agent.clone()), ());
        Ok(())
    }

    fn remove_team_member(&mut self, team: &TeamId, agent: &AgentId) -> Stored<()> {
        self.team_members.remove(&(team.clone(), agent.clone()));
        Ok(())
    }

    fn put_contact(&mut self, contact: &ContactRecord) -> Stored<()> {
        self.contacts.put(contact.id.clone(), contact.clone());
        Ok(())
    }

    fn put_conversation(&mut self, conversation: &ConversationRecord) -> Stored<()> {
        self.conversations
            .put(conversation.id.clone(), conversation.clone());
        Ok(())
    }

    fn put_session(&mut self, session: &SessionRecord) -> Stored<()> {
        self.sessions.put(session.id.clone(), session.clone());
        Ok(())
    }

    fn put_participant(&mut self, participant: &ParticipantRecord) -> Stored<()> {
        let key = (participant.conversation.clone(), participant.agent.clone());
        self.participants.put(key, participant.clone());
        Ok(())
    }

    fn remove_participant(&mut self, conversation: &ConversationId, agent: &AgentId) -> Stored<()> {
        self.participants
            .remove(&(conversation.clone(), agent.clone()));
        Ok(())
    }

    fn add_message(&mut self, message: &MessageRecord) -> Stored<()> {
        let place = (message.conversation.clone(), message.position);
        if self.message_places.get(&message.id).is_some() {
            return Err(taken("the message's id"));
        }
        if self.messages.get(&place).is_some() {
            return Err(taken("the message's place"));
        }
        self.message_places.put(message.id.clone(), place.clone());
        self.messages.put(place, message.clone());
        Ok(())
    }

    fn put_question(&mut self, message: &MessageId, question: &Question) -> Stored<()> {
        let place = self.message_places.get(message).cloned();
        let record = place.as_ref().and_then(|place| self.messages.get(place));
        if let (Some(place), Some(record)) = (place, record) {
            let changed = MessageRecord {
                question: Some(question.clone()),
                ..record.clone()
            };
            self.messages.put(place, changed);
        }
        Ok(())
    }

    fn revise_message(&mut self, message: &MessageRecord) -> Stored<()> {
        let place = self.message_places.get(&message.id).cloned();
        let record = place.as_ref().and_then(|place| self.messages.get(place));
        if let (Some(place), Some(record)) = (place, record) {
            let revised = MessageRecord {
                text: message.text.clone(),
                question: message.question.clone(),
                attachments: message.attachments.clone(),
                reply_to: message.reply_to.clone(),
                revision: message.revision.clone(),
                ..record.clone()
            };
            self.messages.put(place, revised);
        }
        Ok(())
    }

    fn add_earlier_text(&mut self, text: &EarlierTextRecord) -> Stored<()> {
        let key = (text.message.clone(), text.version);
        if self.earlier_texts.get(&key).is_some() {
            return Err(taken("the earlier text's version"));
        }
        self.earlier_texts.put(key, text.clone());
        Ok(())
    }

    fn put_mention(&mut self, mention: &MentionRecord) -> Stored<()> {
        let key = (mention.note.clone(), mention.agent.clone());
        self.mentions.put(key, mention.clone());
        Ok(())
    }

    fn put_team_mention(&mut self, note: &MessageId, team: &TeamId) -> Stored<()> {
        self.team_mentions.put((note.clone(), team.clone()), ());
        Ok(())
    }

    fn put_shared_notes(&mut self, version: &SharedNotesRecord) -> Stored<()> {
        let key = (version.conversation.clone(), version.version);
        self.shared_notes.put(key, version.clone());
        Ok(())
    }

    fn remove_passing_shared_notes_before(
        &mut self,
        instant: Timestamp,
        limit: u32,
    ) -> Stored<u32> {
        let is_due = |row: &SharedNotesRecord| row.passing && row.saved_at < instant;
        Ok(self.shared_notes.remove_where(limit, |_, row| is_due(row)))
    }

    fn put_chatbot(&mut self, chatbot: &ChatbotRecord) -> Stored<()> {
        self.chatbots.put(chatbot.session.clone(), chatbot.clone());
        Ok(())
    }

    fn put_script_source(&mut self, hash: &str, source: &str) -> Stored<()> {
        self.script_sources.put(hash.to_owned(), source.to_owned());
        Ok(())
    }

    fn put_reached(
        &mut self,
        conversation: &ConversationId,
        agent: &AgentId,
        reached: Reached,
    ) -> Stored<()> {
        self.reached
            .put((conversation.clone(), agent.clone()), reached);
        Ok(())
    }

    fn put_attachment(&mut self, attachment: &AttachmentRecord) -> Stored<()> {
        let holder = self.upload(&attachment.uploader, &attachment.client_id)?;
        if holder.is_some_and(|holder| holder.id != attachment.id) {
            return Err(taken("the upload's client id"));
        }
        self.attachments
            .put(attachment.id.clone(), attachment.clone());
        Ok(())
    }

    fn remove_attachment(&mut self, id: &AttachmentId) -> Stored<()> {
        self.attachments.remove(id);
        Ok(())
    }

    fn put_loose_blob(&mut self, blob: &BlobKey, since: Timestamp) -> Stored<()> {
        self.loose_blobs.put(blob.clone(), since);
        Ok(())
    }

    fn remove_loose_blob(&mut self, blob: &BlobKey) -> Stored<()> {
        self.loose_blobs.remove(blob);
        Ok(())
    }

    fn append_entry(
        &mut self,
        feed: &Feed,
        subject: &Subject,
        written_at: Timestamp,
    ) -> Stored<Seq> {
        let state = self.feed_state(feed)?;
        let seq = state.last.next();
        let entry = EntryRecord {
            seq,
            subject: subject.clone(),
            written_at,
        };
        self.entries.put((feed.clone(), seq), entry);
        self.feeds
            .put(feed.clone(), FeedState { last: seq, ..state });
        Ok(seq)
    }

    fn trim_feed(&mut self, feed: &Feed, instant: Timestamp) -> Stored<u32> {
        let state = self.feed_state(feed)?;
        let kept = self.entries(feed, Seq(0), u32::MAX)?;
        let old = kept.iter().rev().find(|row| row.written_at < instant);
        let Some(last_old) = old.map(|row| row.seq) else {
            return Ok(0);
        };
        for row in kept.iter().take_while(|row| row.seq <= last_old) {
            self.entries.remove(&(feed.clone(), row.seq));
        }
        let first_kept = last_old.next();
        let removed = first_kept.0.saturating_sub(state.first_kept.0);
        self.feeds.put(
            feed.clone(),
            FeedState {
                first_kept,
                ..state
            },
        );
        Ok(u32::try_from(removed).unwrap_or(u32::MAX))
    }

    fn add_answer(&mut self, answer: &AnswerRecord) -> Stored<()> {
        let key = (answer.principal.clone(), answer.client_id.clone());
        if self.answers.get(&key).is_some() {
            return Err(taken("the client id"));
        }
        self.answers.put(key, answer.clone());
        Ok(())
    }

    fn remove_answers_before(&mut self, instant: Timestamp, limit: u32) -> Stored<u32> {
        Ok(self
            .answers
            .remove_where(limit, |_, row| row.answered_at < instant))
    }

    fn put_meta(&mut self, key: &str, value: &str) -> Stored<()> {
        self.meta.put(key.to_owned(), value.to_owned());
        Ok(())
    }
}
