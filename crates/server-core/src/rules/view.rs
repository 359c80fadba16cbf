//! Records as one reader may see them, in the words of the wire.
//!
//! Invariant: a visitor gets nothing out of here that is for agents only: no note, no hidden
//! participant, no word about who owns a conversation.

use std::cell::RefCell;
use std::collections::HashMap;

use protocol::agent::{
    AgentState, Availability, GivenAnswer, Mention, MissedOffer, Note, Offer, OfferStatus,
    SharedNotes, TeamRef,
};
use protocol::attachment::{Attachment, AttachmentKind};
use protocol::author::{AgentRef, Author, AuthorRole};
use protocol::conversation::{
    ContactRef, ConversationSummary, HelpWanted, LiveStatus, Participant, Preview,
    VisitorConversation,
};
use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, OfferId, TeamId};
use protocol::message::{Message, Quote, SystemEvent, SystemEventKind, words};
use protocol::time::Timestamp;

use super::access::Reader;
use super::availability;
use super::edit::session_of;
use super::expertise;
use crate::domain::{
    Audience, ConversationRecord, MentionRecord, MessageAuthor, MessageEvent, MessageRecord,
    OfferRecord, Scope, SessionAnswer, SharedNotesRecord, Visibility,
};
use crate::error::StorageError;
use crate::ports::storage::{Reading, Stored};

/// Longest text of a preview, in characters.
const PREVIEW_CHARACTERS: usize = 140;
/// How much of what was said an open offer shows.
const OFFER_MESSAGES: u32 = 20;

/// One reader's eyes on one state of storage. Names are looked up once.
pub(crate) struct View<'r> {
    reading: &'r dyn Reading,
    reader: Reader<'r>,
    agents: RefCell<HashMap<AgentId, AgentRef>>,
    /// Channels by name, nothing where the reading agent answers in them.
    channels: RefCell<HashMap<ChannelId, Option<ChannelRef>>>,
    contacts: RefCell<HashMap<ContactId, ContactRef>>,
}

impl<'r> View<'r> {
    pub(crate) fn new(reading: &'r dyn Reading, reader: Reader<'r>) -> Self {
        Self {
            reading,
            reader,
            agents: RefCell::default(),
            channels: RefCell::default(),
            contacts: RefCell::default(),
        }
    }

    /// The message, or nothing when the reader may not see it. A note is none, whoever reads.
    pub(crate) fn message(&self, record: &MessageRecord) -> Stored<Option<Message>> {
        let for_visitor = matches!(self.reader, Reader::Visitor(_));
        if record.is_note() || (for_visitor && record.audience != Audience::All) {
            return Ok(None);
        }
        let own = match (self.reader, &record.author) {
            (Reader::Visitor(reader), MessageAuthor::Visitor(author)) => reader == author,
            (Reader::Agent(reader), MessageAuthor::Agent(author)) => reader == author,
            _ => false,
        };
        Ok(Some(Message {
            id: record.id.clone(),
            conversation: record.conversation.clone(),
            position: record.position,
            kind: record.kind(),
            author: self.author(&record.author)?,
            text: record.text.clone(),
            format: record.format,
            event: record.event.as_ref().map(|it| self.event(it)).transpose()?,
            posted_at: record.posted_at,
            client_id: record.client_id.clone().filter(|_| own),
            question: record.question.clone(),
            attachments: self.attachments(record)?,
            reply_to: self.quote(record)?,
            revision: record.revision.clone(),
        }))
    }

    /// What the message answers, as it is now. Nobody is shown a note but by a note.
    fn quote(&self, record: &MessageRecord) -> Stored<Option<Quote>> {
        let quoted = match &record.reply_to {
            Some(id) => self.reading.message(id)?,
            None => None,
        };
        let is_fit =
            |it: &MessageRecord| it.audience == Audience::All || record.audience != Audience::All;
        let Some(quoted) = quoted.filter(is_fit) else {
            return Ok(None);
        };
        let (text, attachment) = self.in_short(&quoted)?;
        Ok(Some(Quote {
            author: self.author(&quoted.author)?,
            text,
            attachment,
            deleted: quoted.is_deleted(),
            position: quoted.position,
            message: quoted.id,
        }))
    }

    /// The beginning of a message, and what its first file is.
    fn in_short(&self, message: &MessageRecord) -> Stored<(String, Option<AttachmentKind>)> {
        let first = match message.attachments.first() {
            Some(id) => self.reading.attachment(id)?,
            None => None,
        };
        let first = first.and_then(|attachment| attachment.to_wire());
        let text = beginning(words(&message.text, first.as_ref()));
        Ok((text, first.map(|file| file.kind)))
    }

    /// The files that came with a message; whoever may see it may see them.
    pub(crate) fn attachments(&self, record: &MessageRecord) -> Stored<Vec<Attachment>> {
        let mut all = Vec::with_capacity(record.attachments.len());
        for id in &record.attachments {
            let found = self.reading.attachment(id)?;
            all.extend(found.and_then(|attachment| attachment.to_wire()));
        }
        Ok(all)
    }

    pub(crate) fn messages(&self, records: &[MessageRecord]) -> Stored<Vec<Message>> {
        let seen = records.iter().map(|record| self.message(record));
        seen.filter_map(Result::transpose).collect()
    }

    /// The note, if it is one and an agent reads.
    pub(crate) fn note(&self, record: &MessageRecord) -> Stored<Option<Note>> {
        let (Reader::Agent(reader), MessageAuthor::Agent(author)) = (self.reader, &record.author)
        else {
            return Ok(None);
        };
        if !record.is_note() {
            return Ok(None);
        }
        let mentions = self.reading.mentions_in(&record.id)?;
        let mentions = mentions.iter().map(|mention| self.agent(&mention.agent));
        let teams = self.reading.teams_mentioned_in(&record.id)?;
        let teams = teams.iter().map(|team| self.team(team));
        Ok(Some(Note {
            id: record.id.clone(),
            conversation: record.conversation.clone(),
            position: record.position,
            author: self.author(&record.author)?,
            text: record.text.clone(),
            mentions: mentions.collect::<Stored<_>>()?,
            teams: teams.collect::<Stored<_>>()?,
            reply_to: self.quote(record)?,
            revision: record.revision.clone(),
            attachments: self.attachments(record)?,
            posted_at: record.posted_at,
            client_id: record.client_id.clone().filter(|_| reader == author),
        }))
    }

    pub(crate) fn notes(&self, records: &[MessageRecord]) -> Stored<Vec<Note>> {
        let seen = records.iter().map(|record| self.note(record));
        seen.filter_map(Result::transpose).collect()
    }

    /// A mention, for its agent. Where they may not look any more it says nothing.
    pub(crate) fn mention(&self, mention: &MentionRecord) -> Stored<Option<Mention>> {
        let (Some(note), Some(record)) = (
            self.reading.message(&mention.note)?,
            self.reading.conversation(&mention.conversation)?,
        ) else {
            return Ok(None);
        };
        let may_look = self.reading.answers_in(&mention.agent, &record.channel)?;
        let deleted_at = deleted_at(&note);
        Ok(Some(Mention {
            deleted_at,
            text: if may_look {
                beginning(&note.text)
            } else {
                String::new()
            },
            note: note.id,
            conversation: note.conversation,
            position: note.position,
            author: self.author(&note.author)?,
            posted_at: note.posted_at,
            channel: record.channel,
            contact: self.contact(&record.contact)?,
            seen: mention.seen || !may_look || deleted_at.is_some(),
            team: mention.team.as_ref().map(|id| self.team(id)).transpose()?,
        }))
    }

    /// The conversation as its visitor sees it, whoever reads.
    pub(crate) fn conversation(&self, record: &ConversationRecord) -> Stored<VisitorConversation> {
        let present = self.reading.participants(&record.id)?;
        let visible = present
            .iter()
            .filter(|part| part.visibility == Visibility::Visible);
        Ok(VisitorConversation {
            id: record.id.clone(),
            status: record.status,
            agents: visible
                .map(|part| self.agent(&part.agent))
                .collect::<Stored<_>>()?,
            started_at: record.started_at,
            chatbot: self.reading.chatbot(&record.session)?.map(|it| it.state()),
            waiting_since: self.waiting_since(record)?,
        })
    }

    /// The row of an agent's list.
    pub(crate) fn summary(
        &self,
        record: &ConversationRecord,
        agent: &AgentId,
    ) -> Stored<ConversationSummary> {
        let present = self.reading.participants(&record.id)?;
        let participants = present.iter().map(|part| {
            Ok(Participant {
                agent: self.agent(&part.agent)?,
                role: part.role,
            })
        });
        Ok(ConversationSummary {
            id: record.id.clone(),
            version: record.version,
            channel: record.channel.clone(),
            elsewhere: self.elsewhere(&record.channel, agent)?,
            contact: self.contact(&record.contact)?,
            status: record.status,
            live_status: record.live_status,
            help: self.help(record, agent)?,
            waiting_since: self.waiting_since(record)?,
            participants: participants.collect::<Stored<_>>()?,
            preview: self.preview(record)?,
            unread: self.unread(record, agent)?,
            started_at: record.started_at,
            last_activity_at: record.last_activity_at,
        })
    }

    /// The channel by name, when the agent does not answer in it.
    fn elsewhere(&self, channel: &ChannelId, agent: &AgentId) -> Stored<Option<ChannelRef>> {
        if let Some(known) = self.channels.borrow().get(channel) {
            return Ok(known.clone());
        }
        let found = if self.reading.answers_in(agent, channel)? {
            None
        } else {
            self.reading.channel(channel)?.map(|found| ChannelRef {
                id: found.id,
                name: found.name,
            })
        };
        let mut known = self.channels.borrow_mut();
        known.insert(channel.clone(), found.clone());
        Ok(found)
    }

    /// The help that is wanted, for the agent who reads.
    fn help(&self, record: &ConversationRecord, agent: &AgentId) -> Stored<Option<HelpWanted>> {
        if record.live_status != Some(LiveStatus::LookingForHelp) {
            return Ok(None);
        }
        let session = session_of(self.reading, record)?;
        let wanted = expertise::of_session(&session);
        let Some(help) = session.help else {
            return Ok(None);
        };
        let reader = self.reading.agent(agent)?;
        let own = reader.map(|it| it.profile.expertise).unwrap_or_default();
        Ok(Some(HelpWanted {
            since: help.wanted_at,
            by: Some(self.agent(&help.wanted_by)?),
            own_expertise: wanted.iter().any(|name| own.contains(name)),
        }))
    }

    /// What the visitor told a chatbot or a form in the latest session.
    pub(crate) fn answers(&self, record: &ConversationRecord) -> Stored<Vec<GivenAnswer>> {
        let session = self.reading.session(&record.session)?;
        let answers = session.map(|session| session.answers).unwrap_or_default();
        Ok(answers.iter().map(SessionAnswer::to_given).collect())
    }

    /// The newest version of the shared notes.
    pub(crate) fn shared_notes(&self, conversation: &ConversationId) -> Stored<SharedNotes> {
        let newest = self.reading.shared_notes(conversation, None)?;
        let newest = newest.map(|record| self.version(record));
        Ok(newest.transpose()?.unwrap_or_default())
    }

    /// A version of the shared notes.
    pub(crate) fn version(&self, record: SharedNotesRecord) -> Stored<SharedNotes> {
        Ok(SharedNotes {
            version: record.version,
            text: record.text,
            author: Some(self.agent(&record.author)?),
            saved_at: Some(record.saved_at),
            restores: record.restores,
        })
    }

    /// Since when the visitor waits for somebody to answer for the conversation.
    fn waiting_since(&self, record: &ConversationRecord) -> Stored<Option<Timestamp>> {
        if record.owner.is_some() || record.live_status.is_none() {
            return Ok(None);
        }
        let session = self.reading.session(&record.session)?;
        Ok(session.and_then(|session| session.waiting_since))
    }

    /// An agent's state. Conversations in which nothing happened since an instant are no load.
    pub(crate) fn agent_state(
        &self,
        agent: &AgentId,
        active_since: Timestamp,
    ) -> Stored<AgentState> {
        let record = self.reading.agent(agent)?.ok_or_else(|| {
            StorageError::Damaged(format!("the feed's agent {agent} is not on record"))
        })?;
        let state = availability::state(self.reading, &record)?;
        let missed = match (state.availability, &state.missed) {
            (Availability::Missed, Some(offer)) => self.missed(offer)?,
            _ => None,
        };
        let owned = self.reading.workload(agent, active_since)?.conversations;
        let offered = self.reading.open_offers(agent)?.len();
        Ok(AgentState {
            availability: state.availability,
            reason: state.reason(),
            since: state.since,
            missed,
            capacity: record.profile.capacity,
            load: owned.saturating_add(u32::try_from(offered).unwrap_or(u32::MAX)),
        })
    }

    fn missed(&self, id: &OfferId) -> Stored<Option<MissedOffer>> {
        let Some(offer) = self.reading.offer(id)? else {
            return Ok(None);
        };
        let record = self.offered(&offer)?;
        Ok(Some(MissedOffer {
            offer: offer.id,
            contact: self.contact(&record.contact)?,
            channel: record.channel,
            conversation: record.id,
        }))
    }

    /// An offer, for its agent. What was said is shown only as long as they have to decide.
    pub(crate) fn offer(&self, offer: &OfferRecord) -> Stored<Offer> {
        let record = self.offered(offer)?;
        let messages = match offer.status {
            OfferStatus::Open => {
                // What was said between the two sides; notes are for whoever opens it.
                let scope = Scope::ForVisitor;
                let newest = self
                    .reading
                    .messages(&record.id, scope, None, OFFER_MESSAGES)?;
                self.messages(&newest)?
            }
            _ => Vec::new(),
        };
        let taken_by = offer.taken_by.as_ref();
        Ok(Offer {
            id: offer.id.clone(),
            contact: self.contact(&record.contact)?,
            channel: record.channel,
            conversation: record.id,
            status: offer.status,
            taken_by: taken_by.map(|agent| self.agent(agent)).transpose()?,
            expertise: offer.expertise.clone(),
            own_expertise: offer.own_expertise,
            reasons: offer.reasons.clone(),
            waiting_since: offer.waiting_since,
            offered_at: offer.offered_at,
            expires_at: offer.expires_at,
            messages,
        })
    }

    fn offered(&self, offer: &OfferRecord) -> Stored<ConversationRecord> {
        let id = &offer.conversation;
        self.reading.conversation(id)?.ok_or_else(|| {
            StorageError::Damaged(format!("an offer names the unknown conversation {id}"))
        })
    }

    /// How many messages of the visitor the agent has not read.
    pub(crate) fn unread(&self, record: &ConversationRecord, agent: &AgentId) -> Stored<u32> {
        let read = self.reading.reached(&record.id, agent)?.read;
        self.reading.visitor_messages_after(&record.id, read)
    }

    /// The writer of something in a conversation.
    pub(crate) fn author(&self, author: &MessageAuthor) -> Stored<Author> {
        Ok(match author {
            MessageAuthor::Visitor(contact) => Author {
                role: AuthorRole::Visitor,
                agent: None,
                name: self.contact(contact)?.name,
            },
            MessageAuthor::Agent(agent) => {
                let agent = self.agent(agent)?;
                Author {
                    role: AuthorRole::Agent,
                    agent: Some(agent.id),
                    name: Some(agent.name),
                }
            }
            MessageAuthor::Automated(name) => Author {
                role: AuthorRole::Automated,
                agent: None,
                name: name.clone(),
            },
            MessageAuthor::System => Author {
                role: AuthorRole::System,
                agent: None,
                name: None,
            },
        })
    }

    fn event(&self, event: &MessageEvent) -> Stored<SystemEvent> {
        let kind = match (self.reader, event.kind) {
            (Reader::Visitor(_), SystemEventKind::ConversationTaken) => {
                SystemEventKind::AgentJoined
            }
            (_, kind) => kind,
        };
        Ok(SystemEvent {
            kind,
            agent: event.agent.as_ref().map(|id| self.agent(id)).transpose()?,
        })
    }

    fn preview(&self, record: &ConversationRecord) -> Stored<Option<Preview>> {
        let Some(id) = &record.preview else {
            return Ok(None);
        };
        let Some(message) = self.reading.message(id)? else {
            return Ok(None);
        };
        let (text, attachment) = self.in_short(&message)?;
        Ok(Some(Preview {
            kind: message.kind(),
            text,
            event: message
                .event
                .as_ref()
                .map(|event| self.event(event))
                .transpose()?,
            attachment,
            deleted_at: deleted_at(&message),
        }))
    }

    /// An agent who is no longer on record is shown by id.
    fn agent(&self, id: &AgentId) -> Stored<AgentRef> {
        if let Some(known) = self.agents.borrow().get(id) {
            return Ok(known.clone());
        }
        let found = self.reading.agent(id)?.map(|record| record.to_ref());
        let agent = found.unwrap_or_else(|| AgentRef {
            id: id.clone(),
            name: id.as_str().to_owned(),
        });
        self.agents.borrow_mut().insert(id.clone(), agent.clone());
        Ok(agent)
    }

    /// A team that is no longer on record is shown by id, too.
    fn team(&self, id: &TeamId) -> Stored<TeamRef> {
        let found = self.reading.team(id)?.map(|record| record.to_ref());
        Ok(found.unwrap_or_else(|| TeamRef {
            id: id.clone(),
            name: id.as_str().to_owned(),
        }))
    }

    fn contact(&self, id: &ContactId) -> Stored<ContactRef> {
        if let Some(known) = self.contacts.borrow().get(id) {
            return Ok(known.clone());
        }
        let found = self.reading.contact(id)?.map(|record| record.to_ref());
        let contact = found.unwrap_or_else(|| ContactRef {
            id: id.clone(),
            name: None,
            language: None,
            widget_language: None,
            country: None,
        });
        self.contacts
            .borrow_mut()
            .insert(id.clone(), contact.clone());
        Ok(contact)
    }
}

/// When a message was deleted, if it was.
fn deleted_at(message: &MessageRecord) -> Option<Timestamp> {
    let revision = message.revision.as_ref()?;
    revision.deleted.then_some(revision.at)
}

/// The beginning of a text, on one line.
fn beginning(text: &str) -> String {
    let beginning = text.chars().take(PREVIEW_CHARACTERS);
    let one_line = beginning.map(|sign| match sign {
        '\n' | '\r' => ' ',
        other => other,
    });
    one_line.collect()
}
