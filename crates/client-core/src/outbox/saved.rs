//! How an outbox entry is written down: three fields, the text last, nothing escaped.
//!
//! `state`, `conversation` (or nothing) with what goes beside the text (`extras`), and `text`,
//! separated by line feeds. The id and the time are in the key. By hand, because a JSON reader for it would cost the widget a kilobyte.
//!
//! Invariant: a note is written down with a word in front that says so. Who does not know the
//! word, such as an older page in another tab, cannot read the entry, and so cannot send the note
//! as a message. The same goes for what changes a message.

use protocol::error::ErrorCode;
use protocol::ids::ConversationId;

use super::entry::{Entry, EntryState};
use super::extras;
use crate::session::keys;

const QUEUED: &str = "queued";
/// Whoever has the files is to say so by writing it anew.
const ASKED: &str = "asked";
const FAILED: &str = "failed:";
#[cfg(feature = "agent")]
const NOTE: &str = "note:";
const CHANGE: &str = "change:";

/// The value stored for an entry.
pub(crate) fn write(entry: &Entry) -> String {
    let mut value = String::with_capacity(entry.text.len() + 48);
    if entry.extras.change.is_some() {
        value.push_str(CHANGE);
    }
    #[cfg(feature = "agent")]
    if entry.extras.note.is_some() {
        value.push_str(NOTE);
    }
    if let EntryState::Failed(code) = entry.state {
        value.push_str(FAILED);
        value.push_str(code.as_str());
    } else {
        value.push_str(if entry.asks { ASKED } else { QUEUED });
    }
    value.push('\n');
    if let Some(conversation) = &entry.conversation {
        value.push_str(conversation.as_str());
    }
    extras::write(&mut value, &entry.extras);
    value.push('\n');
    value.push_str(&entry.text);
    value
}

/// The entry that was stored under this key (without its prefix); nothing when it is unreadable.
pub(crate) fn read(rest: &str, value: &str) -> Option<Entry> {
    let (at, client_id) = keys::read_outbox(rest)?;
    let (is_change, value) = match value.strip_prefix(CHANGE) {
        Some(value) => (true, value),
        None => (false, value),
    };
    #[cfg(feature = "agent")]
    let (is_note, value) = match value.strip_prefix(NOTE) {
        Some(value) => (true, value),
        None => (false, value),
    };
    let (state, value) = value.split_once('\n')?;
    let asks = state == ASKED;
    let (conversation, text) = value.split_once('\n')?;
    let (id, extras) = conversation.split_once('\t').unwrap_or((conversation, ""));
    let extras = extras::read(extras);
    if extras.change.is_some() != is_change {
        return None;
    }
    let conversation = match id {
        "" => None,
        id => Some(ConversationId::parse(id)?),
    };
    let state = match state.strip_prefix(FAILED) {
        Some(code) => EntryState::Failed(ErrorCode::read(code)),
        None if state == QUEUED || state == ASKED => EntryState::Queued,
        None => return None,
    };
    #[cfg(feature = "agent")]
    let extras = extras::Extras {
        note: is_note.then(|| extras.note.unwrap_or_default()),
        ..extras
    };
    Some(Entry {
        key: client_id.as_str().to_owned(),
        client_id,
        at,
        conversation,
        text: text.to_owned(),
        extras,
        state,
        refusals: 0,
        asks,
        stored: true,
        tried: true,
    })
}
