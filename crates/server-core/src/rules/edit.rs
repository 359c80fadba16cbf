//! Changing one conversation: what is said in it, where it stands, and which feeds hear of it.
//!
//! Invariant: this is the only code that writes to visitor feeds, and it writes nothing there
//! that is for agents only.

use protocol::chatbot::Question;
use protocol::conversation::{ConversationStatus, LiveStatus};
use protocol::feed::Feed;
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, MessageId, SessionId,
};
use protocol::message::{Format, SystemEventKind};
use protocol::receipt::Receipts;
use protocol::seq::Position;

use super::attaching;
use super::change::Change;
use super::expertise;
use super::help;
use crate::domain::{
    Audience, ConversationRecord, MessageAuthor, MessageEvent, MessageRecord, Ownership,
    SessionRecord, Subject,
};
use crate::error::{Error, StorageError};
use crate::ports::storage::{Reading, Stored};

/// Places lie up to this far apart, so that nobody can count what lies between two of them.
const LARGEST_STEP: u128 = 1000;

/// A message about to be said.
pub(crate) struct Line {
    pub(crate) audience: Audience,
    pub(crate) author: MessageAuthor,
    pub(crate) text: String,
    pub(crate) format: Format,
    pub(crate) event: Option<MessageEvent>,
    pub(crate) question: Option<Question>,
    /// Files that were checked for it.
    pub(crate) attachments: Vec<AttachmentId>,
    /// The message it answers, which was checked, too.
    pub(crate) reply_to: Option<MessageId>,
    pub(crate) client_id: Option<ClientId>,
    /// The id it was shown under before it was said.
    pub(crate) id: Option<MessageId>,
}

impl Line {
    /// A line Parlour itself says.
    pub(crate) fn system(
        audience: Audience,
        kind: SystemEventKind,
        agent: Option<AgentId>,
    ) -> Self {
        Self {
            audience,
            author: MessageAuthor::System,
            text: String::new(),
            format: Format::Plain,
            event: Some(MessageEvent { kind, agent }),
            question: None,
            attachments: Vec::new(),
            reply_to: None,
            client_id: None,
            id: None,
        }
    }
}

/// A conversation being changed. Nothing but messages is stored before [`Edit::finish`].
pub(crate) struct Edit {
    pub(crate) record: ConversationRecord,
    /// Status or participants changed for agents.
    standing_changed: bool,
    /// Status or participants changed for the visitor, too.
    visitor_concerned: bool,
    /// Something was said, or what the list shows of it was changed.
    row_changed: bool,
    /// Help was wanted before.
    help_was_wanted: bool,
    /// Who took part before and does no longer.
    left: Vec<AgentId>,
}

impl Edit {
    pub(crate) fn of(record: ConversationRecord) -> Self {
        Self {
            help_was_wanted: record.live_status == Some(LiveStatus::LookingForHelp),
            record,
            standing_changed: false,
            visitor_concerned: false,
            row_changed: false,
            left: Vec::new(),
        }
    }

    /// Begins a conversation with its first session. [`Edit::tell_start`] tells of it.
    pub(crate) fn start(
        change: &mut Change<'_>,
        channel: &ChannelId,
        contact: &ContactId,
    ) -> Result<Self, Error> {
        let id = ConversationId::parse(&change.name()).ok_or_else(no_name)?;
        let session = SessionId::parse(&change.name()).ok_or_else(no_name)?;
        let record = ConversationRecord {
            id: id.clone(),
            channel: channel.clone(),
            contact: contact.clone(),
            status: ConversationStatus::Open,
            live_status: Some(LiveStatus::InProgress),
            session: session.clone(),
            version: 0,
            started_at: change.now,
            last_activity_at: change.now,
            last_position: Position(0),
            preview: None,
            receipts: Receipts::default(),
            owner: None,
        };
        change.tx.put_conversation(&record)?;
        let begun = SessionRecord::begin(session, id, change.now);
        change.tx.put_session(&begun)?;
        Ok(Self::of(record))
    }

    /// Tells that the conversation has begun, behind what greeted the visitor.
    pub(crate) fn tell_start(&mut self, change: &mut Change<'_>) -> Result<(), Error> {
        let started = SystemEventKind::ConversationStarted;
        self.say(change, Line::system(Audience::All, started, None))?;
        Ok(())
    }

    /// Takes up a resolved conversation again, in a new session. Who took part in the last one has
    /// done that, and takes no part in this one unless they come again.
    pub(crate) fn reopen(&mut self, change: &mut Change<'_>) -> Result<(), Error> {
        for part in change.tx.participants(&self.record.id)? {
            change.tx.remove_participant(&self.record.id, &part.agent)?;
            self.left.push(part.agent);
        }
        // What the last session wanted is no wish of the next one.
        let last = session_of(change.reading(), &self.record)?;
        if !expertise::of_session(&last).is_empty() {
            let id = &self.record.id;
            let subject = Subject::Expertise(id.clone());
            change.entry(Feed::Conversation(id.clone()), &subject)?;
        }
        let session = SessionId::parse(&change.name()).ok_or_else(no_name)?;
        let mut begun = SessionRecord::begin(session.clone(), self.record.id.clone(), change.now);
        // Whoever answered before is asked before others.
        let owner = self.record.owner.take().map(|owner| owner.agent);
        begun.previous_agent = owner.or(last.previous_agent);
        change.tx.put_session(&begun)?;
        self.record.session = session;
        self.record.status = ConversationStatus::Open;
        self.record.live_status = Some(LiveStatus::InProgress);
        self.standing_changed = true;
        self.visitor_concerned = true;
        Ok(())
    }

    /// Sets where the running session stands; the visitor is not told.
    pub(crate) fn set_live_status(&mut self, status: LiveStatus) {
        if self.record.live_status != Some(status) {
            self.record.live_status = Some(status);
            self.standing_changed = true;
        }
    }

    /// Notes that somebody answers for it now, or nobody does.
    pub(crate) fn set_owner(&mut self, agent: Option<&AgentId>, change: &Change<'_>) {
        self.record.owner = agent.map(|agent| Ownership {
            agent: agent.clone(),
            active_at: change.now,
        });
    }

    /// Notes that it waits for an agent now, or no longer. A new one is told of anyway.
    pub(crate) fn line_changed(&mut self) {
        self.standing_changed |= self.record.version > 0;
        self.visitor_concerned |= self.record.version > 0;
    }

    /// Notes that the chatbot speaks now, or no longer.
    pub(crate) fn chatbot_changed(&mut self) {
        self.visitor_concerned |= self.record.version > 0;
    }

    /// Notes that agents know more about the contact.
    pub(crate) fn contact_changed(&mut self) {
        self.standing_changed = true;
    }

    /// Tells everybody who can see a message that it is another now.
    pub(crate) fn message_changed(
        &self,
        change: &mut Change<'_>,
        message: &MessageId,
    ) -> Result<(), Error> {
        let id = &self.record.id;
        let subject = Subject::Message(id.clone(), message.clone());
        change.entry(Feed::Conversation(id.clone()), &subject)?;
        change.entry(Feed::Visitor(id.clone()), &subject)?;
        Ok(())
    }

    /// Tells everybody who can see a message, or a quote of it, that its author has changed it.
    /// A note moves nothing else, and neither does a change of time, place or who has to do what.
    pub(crate) fn revised(
        &mut self,
        change: &mut Change<'_>,
        message: &MessageRecord,
    ) -> Result<(), Error> {
        tell_of(change, message)?;
        for id in change.tx.quoting(&message.id)? {
            if let Some(quoting) = change.tx.message(&id)? {
                tell_of(change, &quoting)?;
            }
        }
        if message.is_note() {
            return Ok(());
        }
        self.show_on_offer(change)?;
        let is_unread_no_more =
            message.is_deleted() && matches!(message.author, MessageAuthor::Visitor(_));
        // The list shows what was said last, and counts what is unread.
        self.row_changed |= is_unread_no_more || self.record.preview.as_ref() == Some(&message.id);
        Ok(())
    }

    /// Ends the running session; the conversation is resolved.
    pub(crate) fn end_session(&mut self, change: &mut Change<'_>) -> Result<(), Error> {
        let mut session = session_of(change.reading(), &self.record)?;
        session.ended_at = Some(change.now);
        change.tx.put_session(&session)?;
        change.session_changed(&session.id);
        if let Some(owner) = &self.record.owner {
            change.agent_changed(&owner.agent)?;
        }
        self.record.status = ConversationStatus::Resolved;
        self.record.live_status = None;
        self.standing_changed = true;
        self.visitor_concerned = true;
        Ok(())
    }

    /// Notes that an agent takes part no longer.
    pub(crate) fn agent_left(&mut self, agent: &AgentId) {
        self.left.push(agent.clone());
    }

    /// Notes that what the list shows of it is another.
    pub(crate) fn row_changed(&mut self) {
        self.row_changed = true;
    }

    /// Notes that participants changed.
    pub(crate) fn participants_changed(&mut self, for_visitor: bool) {
        self.standing_changed = true;
        self.visitor_concerned |= for_visitor;
    }

    /// Leaves a private note behind all messages. Agents who watch are told, and nothing else
    /// happens: the row of the list stays as it is, nobody waits less or has more to do, and
    /// no feed or count of the visitor moves.
    pub(crate) fn note(
        mut self,
        change: &mut Change<'_>,
        line: Line,
    ) -> Result<MessageRecord, Error> {
        let note = self.store(change, line)?;
        change.tx.put_conversation(&self.record)?;
        let id = &self.record.id;
        let subject = Subject::Message(id.clone(), note.id.clone());
        change.entry(Feed::Conversation(id.clone()), &subject)?;
        Ok(note)
    }

    fn store(&mut self, change: &mut Change<'_>, line: Line) -> Result<MessageRecord, Error> {
        let message = MessageRecord {
            id: match line.id {
                Some(id) => id,
                None => MessageId::parse(&change.name()).ok_or_else(no_name)?,
            },
            conversation: self.record.id.clone(),
            session: self.record.session.clone(),
            position: self.next_position(change),
            audience: line.audience,
            author: line.author,
            text: line.text,
            format: line.format,
            event: line.event,
            question: line.question,
            attachments: line.attachments,
            reply_to: line.reply_to,
            revision: None,
            posted_at: change.now,
            client_id: line.client_id,
        };
        change.tx.add_message(&message)?;
        attaching::attach(change, &message)?;
        self.record.last_position = message.position;
        Ok(message)
    }

    /// Stores a message behind all others and writes it to the feeds of its audience.
    pub(crate) fn say(
        &mut self,
        change: &mut Change<'_>,
        line: Line,
    ) -> Result<MessageRecord, Error> {
        let message = self.store(change, line)?;
        self.row_changed = true;
        let spoken = message.author != MessageAuthor::System;
        // A system line neither lifts a row in the list nor hides what was said last.
        if spoken || self.record.preview.is_none() {
            self.record.preview = Some(message.id.clone());
            self.record.last_activity_at = self.record.last_activity_at.max(change.now);
        }
        if spoken {
            self.keep_owner_busy(change)?;
            self.note_who_wrote(change, &message.author)?;
        }
        self.show_on_offer(change)?;
        let id = &self.record.id;
        let subject = Subject::Message(id.clone(), message.id.clone());
        change.entry(Feed::Conversation(id.clone()), &subject)?;
        if message.audience == Audience::All {
            change.entry(Feed::Visitor(id.clone()), &subject)?;
        }
        Ok(message)
    }

    /// The outcome depends on who wrote, and whether the visitor went on after an agent did.
    fn note_who_wrote(&self, change: &mut Change<'_>, author: &MessageAuthor) -> Result<(), Error> {
        let mut session = session_of(change.reading(), &self.record)?;
        let before = session.facts;
        match author {
            MessageAuthor::Visitor(_) => {
                session.facts.visitor_wrote = true;
                session.facts.visitor_wrote_on |= before.agent_wrote;
            }
            MessageAuthor::Agent(_) => session.facts.agent_wrote = true,
            _ => {}
        }
        if session.facts != before {
            change.tx.put_session(&session)?;
        }
        Ok(())
    }

    /// An open offer shows what is said while its agent decides.
    fn show_on_offer(&self, change: &mut Change<'_>) -> Result<(), Error> {
        if self.record.owner.is_some() {
            return Ok(());
        }
        if let Some(offer) = change.tx.open_offer(&self.record.session)? {
            change.entry(Feed::Agent(offer.agent), &Subject::Offer(offer.id))?;
        }
        Ok(())
    }

    /// What is said takes the owner's time; after a silence it is new work.
    fn keep_owner_busy(&mut self, change: &mut Change<'_>) -> Result<(), Error> {
        let Some(owner) = &mut self.record.owner else {
            return Ok(());
        };
        if change.now.since(owner.active_at) > change.offers.silent_after_ms {
            change.agent_changed(&owner.agent)?;
        }
        owner.active_at = owner.active_at.max(change.now);
        Ok(())
    }

    /// The same, unless nothing happened to it.
    pub(crate) fn finish_if_changed(self, change: &mut Change<'_>) -> Result<(), Error> {
        if self.row_changed || self.standing_changed || self.visitor_concerned {
            self.finish(change)?;
        }
        Ok(())
    }

    /// Stores the conversation and tells everybody whose copy of it is old now.
    pub(crate) fn finish(mut self, change: &mut Change<'_>) -> Result<ConversationRecord, Error> {
        self.record.version += 1;
        change.tx.put_conversation(&self.record)?;
        let id = &self.record.id;
        if self.visitor_concerned {
            let subject = Subject::Conversation(id.clone());
            change.entry(Feed::Visitor(id.clone()), &subject)?;
        }
        let summary = Subject::Summary(id.clone());
        if self.standing_changed {
            change.entry(Feed::Conversation(id.clone()), &summary)?;
            let session = Subject::Session(id.clone());
            change.entry(Feed::Conversation(id.clone()), &session)?;
        }
        change.entry(Feed::Channel(self.record.channel.clone()), &summary)?;
        let everybody =
            self.help_was_wanted || self.record.live_status == Some(LiveStatus::LookingForHelp);
        let beyond = help::beyond_channel(change.reading(), &self.record, everybody, &self.left)?;
        for agent in beyond {
            change.entry(Feed::Agent(agent), &summary)?;
        }
        Ok(self.record)
    }

    /// Microseconds of now where that is ahead, so that places also tell the time a little.
    fn next_position(&self, change: &Change<'_>) -> Position {
        let step = (change.draw() % LARGEST_STEP) as u64;
        let micros = u64::try_from(change.now.0)
            .unwrap_or(0)
            .saturating_mul(1000);
        Position(
            micros
                .saturating_add(step)
                .max(self.record.last_position.0 + 1 + step),
        )
    }
}

/// Writes a message that is known already to the feeds of its audience again.
fn tell_of(change: &mut Change<'_>, message: &MessageRecord) -> Result<(), Error> {
    let id = &message.conversation;
    let subject = Subject::Message(id.clone(), message.id.clone());
    change.entry(Feed::Conversation(id.clone()), &subject)?;
    if message.audience == Audience::All {
        change.entry(Feed::Visitor(id.clone()), &subject)?;
    }
    Ok(())
}

/// The latest session of a conversation.
pub(crate) fn session_of(
    reading: &dyn Reading,
    record: &ConversationRecord,
) -> Stored<SessionRecord> {
    let found = reading.session(&record.session)?;
    found.ok_or_else(|| {
        let id = &record.id;
        StorageError::Damaged(format!("the conversation {id} has no session"))
    })
}

fn no_name() -> Error {
    StorageError::Other("a fresh name is no id".to_owned()).into()
}
