//! A socket reads a feed behind its cursor, each entry as its reader may see it.
//!
//! Invariants: every entry becomes one frame, in order, so the wire has no holes; a visitor's
//! entries are visitor frames by type, and an entry that is not for visitors is a fault, never
//! a frame.

use std::collections::HashMap;

use protocol::agent::{
    AgentFrame, AnswersChanged, ExpertiseChanged, Mention, MentionChanged, Note, NotePosted, Offer,
    OfferChanged, SessionChanged, SharedNotesChanged, StateChanged, SummaryChanged,
    SummaryWithdrawn, UnreadChanged,
};
use protocol::author::AgentRef;
use protocol::conversation::ConversationSummary;
use protocol::feed::Feed;
use protocol::hello::ResyncRequired;
use protocol::ids::{AgentId, ConversationId, MessageId, OfferId};
use protocol::message::Message;
use protocol::seq::Seq;
use protocol::time::Timestamp;
use protocol::visitor::{ConversationChanged, MessagePosted, ReceiptsChanged, VisitorFrame};

use super::Service;
use super::resume_feed::obstacle;
use crate::domain::{ConversationRecord, EntryRecord, Subject, Visitor};
use crate::error::{Error, StorageError};
use crate::ports::storage::{Reading, Stored};
use crate::rules::access::{self, Reader};
use crate::rules::expertise;
use crate::rules::help;
use crate::rules::standing;
use crate::rules::view::View;

/// What lies behind a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entries<F> {
    /// The next entries. `upto` is the cursor behind them; `more` says that others follow.
    Read {
        /// One frame for each entry, in order.
        frames: Vec<F>,
        /// The place of the last one, or the cursor itself.
        upto: Seq,
        /// Whether to read again at once.
        more: bool,
    },
    /// The entries are no longer there.
    Gone(ResyncRequired),
}

impl Service {
    /// The next entries of a visitor's feed.
    pub fn read_visitor_entries(
        &self,
        visitor: &Visitor,
        feed: &Feed,
        after: Seq,
        limit: u32,
    ) -> Result<Entries<VisitorFrame>, Error> {
        let reader = Reader::Visitor(&visitor.contact);
        self.read_entries(reader, feed, after, limit, |page, entry| {
            page.visitor_frame(feed, entry)
        })
    }

    /// The next entries of an agent's feed.
    pub fn read_agent_entries(
        &self,
        agent: &AgentId,
        feed: &Feed,
        after: Seq,
        limit: u32,
    ) -> Result<Entries<AgentFrame>, Error> {
        let reader = Reader::Agent(agent);
        self.read_entries(reader, feed, after, limit, |page, entry| {
            page.agent_frame(agent, feed, entry)
        })
    }

    fn read_entries<F>(
        &self,
        reader: Reader<'_>,
        feed: &Feed,
        after: Seq,
        limit: u32,
        frame: impl Fn(&mut Page<'_>, &EntryRecord) -> Stored<F>,
    ) -> Result<Entries<F>, Error> {
        self.look(|reading| {
            access::feed(reading, reader, feed)?;
            let state = reading.feed_state(feed)?;
            if let Some(reason) = obstacle(state, after) {
                let feed = feed.clone();
                return Ok(Entries::Gone(ResyncRequired { feed, reason }));
            }
            let entries = reading.entries(feed, after, limit)?;
            let mut page = Page {
                reading,
                view: View::new(reading, reader),
                active_since: self.active_since(),
                records: HashMap::new(),
                summaries: HashMap::new(),
            };
            let upto = entries.last().map_or(after, |entry| entry.seq);
            let frames = entries.iter().map(|entry| frame(&mut page, entry));
            Ok(Entries::Read {
                frames: frames.collect::<Stored<_>>()?,
                upto,
                more: upto < state.last,
            })
        })
    }
}

/// Entries read together. A list that changed often is looked up once.
struct Page<'r> {
    reading: &'r dyn Reading,
    view: View<'r>,
    active_since: Timestamp,
    records: HashMap<ConversationId, ConversationRecord>,
    summaries: HashMap<ConversationId, ConversationSummary>,
}

impl Page<'_> {
    fn visitor_frame(&mut self, feed: &Feed, entry: &EntryRecord) -> Stored<VisitorFrame> {
        let (feed, seq) = (feed.clone(), entry.seq);
        Ok(match &entry.subject {
            Subject::Message(_, id) => VisitorFrame::MessagePosted(MessagePosted {
                message: self.message(&feed, entry, id)?,
                feed,
                seq,
            }),
            Subject::Receipts(id) => VisitorFrame::ReceiptsChanged(ReceiptsChanged {
                feed,
                seq,
                conversation: id.clone(),
                receipts: self.record(id)?.receipts,
            }),
            Subject::Conversation(id) => {
                let record = self.record(id)?;
                VisitorFrame::ConversationChanged(ConversationChanged {
                    feed,
                    seq,
                    conversation: self.view.conversation(&record)?,
                })
            }
            Subject::Summary(_)
            | Subject::Unread(_)
            | Subject::Answers(_)
            | Subject::SharedNotes(_)
            | Subject::Expertise(_)
            | Subject::Session(_)
            | Subject::State
            | Subject::Mention(..)
            | Subject::Offer(_) => return Err(misplaced(&feed, entry)),
        })
    }

    fn agent_frame(
        &mut self,
        agent: &AgentId,
        feed: &Feed,
        entry: &EntryRecord,
    ) -> Stored<AgentFrame> {
        let (feed, seq) = (feed.clone(), entry.seq);
        Ok(match &entry.subject {
            Subject::Message(_, id) => match self.note(id)? {
                Some(note) => AgentFrame::NotePosted(NotePosted { feed, seq, note }),
                None => AgentFrame::MessagePosted(MessagePosted {
                    message: self.message(&feed, entry, id)?,
                    feed,
                    seq,
                }),
            },
            Subject::Mention(_, id) => AgentFrame::MentionChanged(MentionChanged {
                mention: self.mention(agent, &feed, entry, id)?,
                feed,
                seq,
            }),
            Subject::Receipts(id) => AgentFrame::ReceiptsChanged(ReceiptsChanged {
                feed,
                seq,
                conversation: id.clone(),
                receipts: self.record(id)?.receipts,
            }),
            Subject::Summary(id) => {
                let record = self.record(id)?;
                if access::reaches(self.reading, agent, &record)? {
                    AgentFrame::SummaryChanged(SummaryChanged {
                        feed,
                        seq,
                        summary: self.summary(id, agent)?,
                    })
                } else {
                    AgentFrame::SummaryWithdrawn(SummaryWithdrawn {
                        feed,
                        seq,
                        helped_by: self.helper(&record)?,
                        conversation: id.clone(),
                    })
                }
            }
            Subject::Unread(id) => AgentFrame::UnreadChanged(UnreadChanged {
                feed,
                seq,
                conversation: id.clone(),
                unread: self.summary(id, agent)?.unread,
            }),
            Subject::Answers(id) => {
                let record = self.record(id)?;
                AgentFrame::AnswersChanged(AnswersChanged {
                    feed,
                    seq,
                    answers: self.view.answers(&record)?,
                    conversation: id.clone(),
                })
            }
            Subject::SharedNotes(id) => AgentFrame::SharedNotesChanged(SharedNotesChanged {
                feed,
                seq,
                notes: self.view.shared_notes(id)?,
                conversation: id.clone(),
            }),
            Subject::Expertise(id) => {
                let record = self.record(id)?;
                AgentFrame::ExpertiseChanged(ExpertiseChanged {
                    feed,
                    seq,
                    expertise: expertise::shown(self.reading, &record)?,
                    conversation: id.clone(),
                })
            }
            Subject::Session(id) => {
                let record = self.record(id)?;
                AgentFrame::SessionChanged(SessionChanged {
                    feed,
                    seq,
                    standing: standing::shown(self.reading, &record, agent)?,
                    conversation: id.clone(),
                })
            }
            Subject::State => AgentFrame::StateChanged(StateChanged {
                feed,
                seq,
                state: self.view.agent_state(agent, self.active_since)?,
            }),
            Subject::Offer(id) => AgentFrame::OfferChanged(OfferChanged {
                offer: self.offer(&feed, entry, id)?,
                feed,
                seq,
            }),
            Subject::Conversation(_) => return Err(misplaced(&feed, entry)),
        })
    }

    fn helper(&self, record: &ConversationRecord) -> Stored<Option<AgentRef>> {
        let Some(helper) = help::answered_by(self.reading, record)? else {
            return Ok(None);
        };
        let helper = self.reading.agent(&helper)?;
        Ok(helper.map(|helper| helper.to_ref()))
    }

    fn message(&self, feed: &Feed, entry: &EntryRecord, id: &MessageId) -> Stored<Message> {
        let message = match self.reading.message(id)? {
            Some(record) => self.view.message(&record)?,
            None => None,
        };
        message.ok_or_else(|| misplaced(feed, entry))
    }

    fn note(&self, id: &MessageId) -> Stored<Option<Note>> {
        match self.reading.message(id)? {
            Some(record) => self.view.note(&record),
            None => Ok(None),
        }
    }

    fn mention(
        &self,
        agent: &AgentId,
        feed: &Feed,
        entry: &EntryRecord,
        note: &MessageId,
    ) -> Stored<Mention> {
        let mentions = self.reading.mentions_in(note)?;
        let mention = match mentions.iter().find(|mention| mention.agent == *agent) {
            Some(mention) => self.view.mention(mention)?,
            None => None,
        };
        mention.ok_or_else(|| misplaced(feed, entry))
    }

    fn offer(&self, feed: &Feed, entry: &EntryRecord, id: &OfferId) -> Stored<Offer> {
        match self.reading.offer(id)? {
            Some(record) => self.view.offer(&record),
            None => Err(misplaced(feed, entry)),
        }
    }

    fn record(&mut self, id: &ConversationId) -> Stored<ConversationRecord> {
        if let Some(known) = self.records.get(id) {
            return Ok(known.clone());
        }
        let record = self.reading.conversation(id)?.ok_or_else(|| {
            StorageError::Damaged(format!("a feed names the unknown conversation {id}"))
        })?;
        self.records.insert(id.clone(), record.clone());
        Ok(record)
    }

    fn summary(&mut self, id: &ConversationId, agent: &AgentId) -> Stored<ConversationSummary> {
        if let Some(known) = self.summaries.get(id) {
            return Ok(known.clone());
        }
        let record = self.record(id)?;
        let summary = self.view.summary(&record, agent)?;
        self.summaries.insert(id.clone(), summary.clone());
        Ok(summary)
    }
}

fn misplaced(feed: &Feed, entry: &EntryRecord) -> StorageError {
    let (seq, kind) = (entry.seq.0, entry.subject.kind());
    StorageError::Damaged(format!(
        "entry {seq} of {feed} cannot be shown there: {kind}"
    ))
}
