//! From echo to message: an own message keeps its row when the server has taken it.
//!
//! Before that the row is the outbox entry itself. Invariant: the row's key is the entry's key,
//! which is the client id it was first written under.

use protocol::author::Author;
use protocol::hello::Posted;
use protocol::message::{Format, Message, MessageKind, Quote};

use super::order::Held;
use crate::outbox::Entry;

/// The name of a message's row when no outbox entry has one for it.
pub(crate) fn key_of(message: &Message) -> String {
    match &message.client_id {
        Some(client_id) => client_id.as_str().to_owned(),
        None => message.id.as_str().to_owned(),
    }
}

/// The message that an acknowledged entry has become.
pub(crate) fn acknowledged(
    entry: Entry,
    posted: Posted,
    author: Author,
    kind: MessageKind,
    reply_to: Option<Quote>,
) -> Held {
    let mut attachments = Vec::with_capacity(entry.extras.files.len());
    for file in &entry.extras.files {
        attachments.extend(file.finished().cloned());
    }
    Held {
        message: Message {
            id: posted.message,
            conversation: posted.conversation,
            position: posted.position,
            kind,
            author,
            text: entry.text,
            format: Format::Plain,
            event: None,
            question: None,
            attachments,
            reply_to,
            revision: None,
            posted_at: posted.posted_at,
            client_id: Some(entry.client_id),
        },
        key: entry.key,
        settled: false,
    }
}
