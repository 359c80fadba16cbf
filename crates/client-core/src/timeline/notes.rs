//! Private notes among the messages of a conversation.
//!
//! A note is held in the same list as the messages, because there is one order for both, and here
//! is kept which of those held are notes. Invariant: a note comes into the list only through this
//! file; the kind it is held under is none that a message has, so that nobody takes it for one.

use protocol::agent::Note;
use protocol::author::AgentRef;
use protocol::ids::MessageId;
use protocol::message::{Format, Message, MessageKind};

use super::Timeline;
use super::order::Held;
use super::reduce::Name;

/// The kind notes are held under.
const KIND: MessageKind = MessageKind::Unknown;

/// Whom the notes that are held mention.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    known: Vec<(MessageId, Vec<AgentRef>)>,
}

impl Notes {
    /// Whom a note mentions; nothing when it is a message.
    pub(crate) fn get(&self, id: &MessageId) -> Option<&[AgentRef]> {
        self.known
            .iter()
            .find(|(note, _)| note == id)
            .map(|(_, mentions)| mentions.as_slice())
    }

    fn put(&mut self, id: &MessageId, mentions: Vec<AgentRef>) {
        self.known.retain(|(note, _)| note != id);
        self.known.push((id.clone(), mentions));
    }
}

impl Timeline {
    /// Takes a note of the feed; says whether it is new.
    pub(crate) fn noted(&mut self, note: Note, name: Name<'_>) -> bool {
        let held = self.hold(note);
        self.posted(held, name)
    }

    /// The messages and notes of one stretch, in order.
    pub(crate) fn with_notes(&mut self, messages: Vec<Message>, notes: Vec<Note>) -> Vec<Message> {
        let mut all = messages;
        all.extend(notes.into_iter().map(|note| self.hold(note)));
        all.sort_by_key(|message| message.position);
        all
    }

    /// Takes an own note that the server acknowledged.
    pub(crate) fn note_acknowledged(&mut self, mut new: Held, mentions: Vec<AgentRef>) {
        new.message.kind = KIND;
        self.notes.put(&new.message.id, mentions);
        self.acknowledged(new);
    }

    fn hold(&mut self, note: Note) -> Message {
        self.notes.put(&note.id, note.mentions);
        Message {
            id: note.id,
            conversation: note.conversation,
            position: note.position,
            kind: KIND,
            author: note.author,
            text: note.text,
            format: Format::Plain,
            event: None,
            question: None,
            reply_to: note.reply_to,
            revision: note.revision,
            attachments: note.attachments,
            posted_at: note.posted_at,
            client_id: note.client_id,
        }
    }
}
