//! Names under which things are stored, relative to the client's own part of the storage.
//!
//! Every stored key is made here; the documented list of what Parlour stores is this file.

use protocol::digits::digits;
use protocol::ids::{ClientId, ConversationId};

/// The visitor's token.
pub(crate) const TOKEN: &str = "token";
/// The visitor's conversation.
pub(crate) const CONVERSATION: &str = "conversation";
/// The language chosen in the widget.
pub(crate) const LANGUAGE: &str = "language";
/// What was filled into the form before a conversation.
pub(crate) const FORM: &str = "form";
/// Drafts, by conversation.
pub(crate) const DRAFT: &str = "draft/";
/// Drafts of private notes, by conversation.
#[cfg(feature = "agent")]
pub(crate) const NOTE: &str = "note/";
/// Which conversations the agent writes notes in: what is stored here is one.
#[cfg(feature = "agent")]
pub(crate) const MODE: &str = "mode/";
/// Shared notes that are not saved, by conversation.
#[cfg(feature = "agent")]
pub(crate) const SHARED_NOTES: &str = "shared-notes/";
/// Messages that were not acknowledged yet.
pub(crate) const OUTBOX: &str = "outbox/";
/// The lowest bid of an agent's pages for the right to ring for an offer.
#[cfg(feature = "agent")]
pub(crate) const RING: &str = "ring";
/// The draft of a conversation that does not exist yet.
const NEW: &str = "new";
/// Digits of the time in an outbox key: enough until the year 2286, and sorted as text.
const DIGITS: usize = 13;

/// The key of a conversation's draft.
pub(crate) fn draft(conversation: Option<&ConversationId>) -> String {
    let mut key = String::from(DRAFT);
    key.push_str(conversation.map_or(NEW, ConversationId::as_str));
    key
}

/// The key of a note's draft, or of the mode, in a conversation.
#[cfg(feature = "agent")]
pub(crate) fn in_conversation(prefix: &str, conversation: &ConversationId) -> String {
    let mut key = String::from(prefix);
    key.push_str(conversation.as_str());
    key
}

/// The conversation a draft's key names; nothing when it names none.
pub(crate) fn read_draft(rest: &str) -> Option<Option<ConversationId>> {
    if rest == NEW {
        Some(None)
    } else {
        ConversationId::parse(rest).map(Some)
    }
}

/// The key of an unacknowledged message; keys sort by time.
pub(crate) fn outbox(at: i64, client_id: &ClientId) -> String {
    let number = digits(at.max(0).unsigned_abs());
    let mut key = String::from(OUTBOX);
    for _ in number.len()..DIGITS {
        key.push('0');
    }
    key.push_str(&number);
    key.push('-');
    key.push_str(client_id.as_str());
    key
}

/// Time and id in the key of an unacknowledged message.
pub(crate) fn read_outbox(rest: &str) -> Option<(i64, ClientId)> {
    let (number, id) = rest.split_once('-')?;
    Some((number.parse().ok()?, ClientId::parse(id)?))
}
