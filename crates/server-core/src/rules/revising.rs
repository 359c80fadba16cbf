//! Changing and deleting what one has posted.
//!
//! Invariants: only the author does it, and only for as long as the settings say by the server's
//! clock; what a message said is kept for agents to look up, and nowhere else; a deleted message
//! keeps its place and nothing of what it said.

use protocol::error::ErrorCode;
use protocol::hello::Posted;
use protocol::ids::{ConversationId, MessageId};
use protocol::message::Revision;

use super::access;
use super::change::Change;
use super::edit::Edit;
use crate::domain::{
    ConversationRecord, EarlierTextRecord, MessageAuthor, MessageRecord, Principal,
};
use crate::error::Error;

/// What somebody wants to change: a message, or a private note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Message,
    Note,
}

/// A message under its author's hand, and where it is.
pub(crate) struct Own {
    pub(crate) place: ConversationRecord,
    pub(crate) message: MessageRecord,
}

/// The message, if it is this person's and can still be changed.
///
/// What a reader may not see, and what is not of the wanted kind, is not found.
pub(crate) fn own(
    change: &Change<'_>,
    who: &Principal,
    conversation: &ConversationId,
    id: &MessageId,
    wanted: Wanted,
    edit_ms: u32,
) -> Result<Own, Error> {
    let place = access::conversation(change.reading(), who.into(), conversation)?;
    let found = change.tx.message(id)?.filter(|message| {
        message.conversation == *conversation
            && message.author != MessageAuthor::System
            && message.is_note() == (wanted == Wanted::Note)
    });
    let message = found.ok_or(ErrorCode::NotFound)?;
    let is_own = match (who, &message.author) {
        (Principal::Visitor(visitor), MessageAuthor::Visitor(author)) => visitor.contact == *author,
        (Principal::Agent(agent), MessageAuthor::Agent(author)) => agent == author,
        _ => false,
    };
    if !is_own {
        return Err(ErrorCode::Forbidden.into());
    }
    if change.now.since(message.posted_at) > i64::from(edit_ms) {
        return Err(ErrorCode::EditTooLate.into());
    }
    Ok(Own { place, message })
}

impl Own {
    /// Lets it say something else. The same text again is no change.
    pub(crate) fn rewrite(self, change: &mut Change<'_>, text: &str) -> Result<Posted, Error> {
        if self.message.is_deleted() {
            return Err(ErrorCode::NotFound.into());
        }
        if self.message.text == text {
            return Ok(answer(&self.message));
        }
        let revised = MessageRecord {
            text: text.to_owned(),
            revision: Some(next(&self.message, change, false)),
            ..self.message.clone()
        };
        self.put(change, &revised)
    }

    /// Takes everything it says away, its files for good. Deleting again is no change.
    pub(crate) fn delete(self, change: &mut Change<'_>) -> Result<Posted, Error> {
        if self.message.is_deleted() {
            return Ok(answer(&self.message));
        }
        for id in &self.message.attachments {
            let Some(record) = change.tx.attachment(id)? else {
                continue;
            };
            change.tx.remove_attachment(id)?;
            if let Some(file) = &record.file {
                change.tx.put_loose_blob(&file.blob, change.now)?;
            }
        }
        let revised = MessageRecord {
            text: String::new(),
            question: None,
            attachments: Vec::new(),
            reply_to: None,
            revision: Some(next(&self.message, change, true)),
            ..self.message.clone()
        };
        self.put(change, &revised)
    }

    fn put(self, change: &mut Change<'_>, revised: &MessageRecord) -> Result<Posted, Error> {
        let before = self.message;
        change.tx.add_earlier_text(&EarlierTextRecord {
            version: before.version(),
            written_at: before.revision.map_or(before.posted_at, |last| last.at),
            message: before.id,
            text: before.text,
        })?;
        change.tx.revise_message(revised)?;
        let mut edit = Edit::of(self.place);
        edit.revised(change, revised)?;
        edit.finish_if_changed(change)?;
        Ok(answer(revised))
    }
}

fn next(message: &MessageRecord, change: &Change<'_>, deleted: bool) -> Revision {
    Revision {
        version: message.version() + 1,
        at: change.now,
        deleted,
    }
}

fn answer(message: &MessageRecord) -> Posted {
    Posted {
        conversation: message.conversation.clone(),
        message: message.id.clone(),
        position: message.position,
        posted_at: message.posted_at,
        version: Some(message.version()),
    }
}
