//! Records as one reader may see them, in the words of the wire.
//!
//! Invariant: a visitor gets nothing out of here that is for agents only: no note, no hidden
//! participant, no word about who owns a conversation.

use std::cell::RefCell;
use std::collections::HashMap;

use protocol::author::{AgentRef, Author, AuthorRole};
use protocol::conversation::{
    ContactRef, ConversationSummary, Participant, Preview, VisitorConversation,
};
use protocol::ids::{AgentId, ContactId};
use protocol::message::{Message, SystemEvent, SystemEventKind};

use super::access::Reader;
use crate::domain::{
    Audience, ConversationRecord, MessageAuthor, MessageEvent, MessageRecord, Visibility,
};
use crate::ports::storage::{Reading, Stored};

/// Longest text of a preview, in characters.
const PREVIEW_CHARACTERS: usize = 140;

/// One reader's eyes on one state of storage. Names are looked up once.
pub(crate) struct View<'r> {
    reading: &'r dyn Reading,
    reader: Reader<'r>,
    agents: RefCell<HashMap<AgentId, AgentRef>>,
    contacts: RefCell<HashMap<ContactId, ContactRef>>,
}

impl<'r> View<'r> {
    pub(crate) fn new(reading: &'r dyn Reading, reader: Reader<'r>) -> Self {
        Self {
            reading,
            reader,
            agents: RefCell::default(),
            contacts: RefCell::default(),
        }
    }

    /// The message, or nothing when the reader may not see it.
    pub(crate) fn message(&self, record: &MessageRecord) -> Stored<Option<Message>> {
        let for_visitor = matches!(self.reader, Reader::Visitor(_));
        if for_visitor && record.audience != Audience::All {
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
        }))
    }

    pub(crate) fn messages(&self, records: &[MessageRecord]) -> Stored<Vec<Message>> {
        let seen = records.iter().map(|record| self.message(record));
        seen.filter_map(Result::transpose).collect()
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
            contact: self.contact(&record.contact)?,
            status: record.status,
            live_status: record.live_status,
            waiting_since: None,
            participants: participants.collect::<Stored<_>>()?,
            preview: self.preview(record)?,
            unread: self.unread(record, agent)?,
            started_at: record.started_at,
            last_activity_at: record.last_activity_at,
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
        let beginning = message.text.chars().take(PREVIEW_CHARACTERS);
        let one_line = beginning.map(|sign| match sign {
            '\n' | '\r' => ' ',
            other => other,
        });
        Ok(Some(Preview {
            kind: message.kind(),
            text: one_line.collect(),
            event: message
                .event
                .as_ref()
                .map(|event| self.event(event))
                .transpose()?,
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
