//! What makes a bubble a private note: a lock, words, a name for those who hear it, and a kind of
//! its own for the sheets.

use client_core::view::MessageRow;
use protocol::error::ErrorCode;

use crate::dom::{El, Rows};
use crate::i18n::{Catalogue, Key};
use crate::kit::{Glyph, icon};

/// Marks the bubble for sheets and tests.
pub(super) fn mark(root: &El, row: &MessageRow) {
    if row.note.is_some() {
        root.set("part", Some("message message-note"));
        root.set("data-kind", Some("note"));
    }
    let is_for_me = row.note.as_ref().is_some_and(|note| note.mentions_me);
    root.set("data-mentions-me", is_for_me.then_some(""));
}

/// The lock, or the robot of what is automated.
pub(super) fn show_sign(place: &mut Rows, row: &MessageRow, robot: Option<&str>) {
    let (sign, glyph) = match row.note {
        Some(_) => (Some("note"), Glyph::LOCK),
        None => (robot, Glyph::BOT),
    };
    place.show_one(sign, || icon(glyph));
}

/// The words beside it.
pub(super) fn tag(texts: &Catalogue, row: &MessageRow) -> Option<String> {
    let note = row.note.as_ref()?;
    Some(match &note.team {
        Some(team) => texts.text_with(Key::AGENT_NOTE_MENTIONS_TEAM, &[("team", team.as_str())]),
        None if note.mentions_me => texts.text(Key::AGENT_NOTE_MENTIONS_YOU),
        None => texts.text(Key::AGENT_NOTE_TAG),
    })
}

/// What it is called.
pub(super) fn label(texts: &Catalogue, row: &MessageRow, name: &str) -> Option<String> {
    row.note.as_ref()?;
    Some(if row.own {
        texts.text(Key::AGENT_NOTE_OWN)
    } else {
        texts.text_with(Key::AGENT_NOTE_FROM, &[("name", name)])
    })
}

/// Why it was not taken, where that is said otherwise than of a message.
pub(super) fn reason(row: &MessageRow) -> Option<Key> {
    let is_forbidden = row.problem == Some(ErrorCode::Forbidden);
    (row.note.is_some() && is_forbidden).then_some(Key::AGENT_NOTE_FORBIDDEN)
}
