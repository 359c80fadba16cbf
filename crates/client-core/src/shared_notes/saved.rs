//! How unsaved shared notes are written down on this device: a line of numbers, then the texts one
//! behind the other, nothing escaped.
//!
//! The numbers are the version the agent went on from, what is on its way (its name, the version
//! it brings back or 0, or a dash for nothing), and the lengths of the version's text and of what
//! is on its way. What stands on screen is the rest.

use protocol::agent::SharedNotes;
use protocol::digits::digits;
use protocol::ids::{ClientId, ConversationId};

use super::{Pad, Sent};

const NOTHING: &str = "-";

/// The value stored for a text that is not saved.
pub(super) fn write(pad: &Pad) -> String {
    let (name, restores, on_its_way) = match &pad.sent {
        Some(sent) => (
            sent.client_id.as_str(),
            sent.restores.unwrap_or_default(),
            sent.text.as_str(),
        ),
        None => (NOTHING, 0, ""),
    };
    let mut value = digits(pad.base.version);
    for part in [
        name,
        &digits(restores),
        &digits(pad.base.text.len() as u64),
        &digits(on_its_way.len() as u64),
    ] {
        value.push(' ');
        value.push_str(part);
    }
    for part in ["\n", &pad.base.text, on_its_way, &pad.text] {
        value.push_str(part);
    }
    value
}

/// What was stored for a conversation; nothing when it is unreadable.
pub(super) fn read(conversation: ConversationId, value: &str) -> Option<Pad> {
    let (head, texts) = value.split_once('\n')?;
    let mut words = head.split(' ');
    let version = words.next()?.parse().ok()?;
    let name = words.next()?;
    let restores: u64 = words.next()?.parse().ok()?;
    let (base, rest) = texts.split_at_checked(words.next()?.parse().ok()?)?;
    let (on_its_way, text) = rest.split_at_checked(words.next()?.parse().ok()?)?;
    let sent = match name {
        NOTHING => None,
        name => Some(Sent {
            client_id: ClientId::parse(name)?,
            text: on_its_way.to_owned(),
            restores: Some(restores).filter(|version| *version > 0),
        }),
    };
    let base = SharedNotes {
        version,
        text: base.to_owned(),
        ..SharedNotes::default()
    };
    Some(Pad {
        text: text.to_owned(),
        sent,
        ..Pad::of(conversation, base)
    })
}
