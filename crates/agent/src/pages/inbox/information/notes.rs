//! The shared notes: one field that several agents write in at once (mission P10).
//!
//! Invariant: the field is overwritten only by what the core made of it, and never while an input
//! method composes a character; what was typed over an older text is told with that text, so that
//! the core can merge both.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client_core::Intent;
use client_core::view::{SharedNotesState, SharedNotesView};
use protocol::agent::carried;
use protocol::error::ErrorCode;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, watch};
use ui::i18n::{Catalogue, Key, Plural, error_sentence, use_catalogue};

use super::history::history;
use super::section::headed;

/// Characters that are left when their number begins to be told.
const FEW: i64 = 500;

/// The section; not shown where the backend keeps no notes.
#[inline(never)]
pub(super) fn notes() -> El {
    let (information, texts) = (use_mirror().information, use_catalogue());
    let field = field();
    let state = El::new("p|class=shared-notes-state|id=shared-notes-state");
    let problem = El::new("p|class=shared-notes-problem|role=alert|id=shared-notes-problem");
    let section = headed(Key::AGENT_INFO_NOTES)
        .child(&field)
        .child(&problem)
        .child(&state)
        .child(&history());
    let shown = section.clone();
    watch(move || {
        information.with(|view| {
            let notes = view.shared_notes.as_ref();
            shown.hide(notes.is_none());
            let Some(notes) = notes else {
                return;
            };
            texts.with(|texts| {
                state.set("data-state", Some(notes.state.as_str()));
                state.set_text(&state_of(texts, notes));
                let wrong = problem_of(texts, notes);
                field.set_state("aria-invalid", wrong.is_some());
                problem.hide(wrong.is_none());
                problem.set_text(wrong.as_deref().unwrap_or_default());
            });
        });
    });
    section
}

/// Where the notes are written.
fn field() -> El {
    let (information, handle) = (use_mirror().information, use_handle());
    let field = El::new(
        "textarea|class=shared-notes-field|rows=4|dir=auto|\
         aria-describedby=shared-notes-problem shared-notes-state",
    )
    .live("aria-label", Key::AGENT_INFO_NOTES.into())
    .live("placeholder", Key::AGENT_INFO_NOTES_PLACEHOLDER.into());
    // What the core knows to stand in the field.
    let known = Rc::new(RefCell::new(String::new()));
    let composing = Rc::new(Cell::new(false));

    let (place, before, busy) = (field.clone(), Rc::clone(&known), Rc::clone(&composing));
    let take_over = Rc::new(move || {
        information.with_untracked(|view| {
            let text = view.shared_notes.as_ref().map_or("", |notes| &notes.text);
            let mut before = before.borrow_mut();
            if busy.get() || *before == text {
                return;
            }
            let caret = place.selected();
            let moved = carried(&before, text, caret.start)..carried(&before, text, caret.end);
            place.put(text, moved);
            text.clone_into(&mut before);
        });
    });
    let follow = Rc::clone(&take_over);
    watch(move || {
        information.track();
        follow();
    });
    let (begins, ends) = (Rc::clone(&composing), composing);
    let typed = field.clone();
    field
        .on("compositionstart", move |_| begins.set(true))
        .on("compositionend", move |_| {
            ends.set(false);
            take_over();
        })
        .on("input", move |_| {
            let text = typed.value();
            let from = known.replace(text.clone());
            handle.dispatch(Intent::EditSharedNotes { from, text });
        })
}

/// How far the notes are saved, in words.
fn state_of(texts: &Catalogue, notes: &SharedNotesView) -> String {
    let key = match notes.state {
        SharedNotesState::Saving => Key::AGENT_INFO_NOTES_SAVING,
        SharedNotesState::Kept | SharedNotesState::Refused(_) => Key::AGENT_INFO_NOTES_KEPT,
        SharedNotesState::Empty => return texts.text(Key::AGENT_INFO_NOTES_HINT),
        SharedNotesState::Saved if notes.merged => Key::AGENT_INFO_NOTES_MERGED,
        SharedNotesState::Saved => {
            let (Some(author), Some(at)) = (&notes.version.author, notes.version.saved_at) else {
                return texts.text(Key::AGENT_INFO_NOTES_SAVED);
            };
            let places = [("name", author.name.as_str()), ("time", &texts.stamp(at))];
            return texts.text_with(Key::AGENT_INFO_NOTES_SAVED_BY, &places);
        }
    };
    texts.text(key)
}

/// Why they are not, and how many characters there is room for when that is few.
fn problem_of(texts: &Catalogue, notes: &SharedNotesView) -> Option<String> {
    match notes.state {
        SharedNotesState::Refused(ErrorCode::TextTooLong) if notes.left < 0 => {
            Some(count(texts, Plural::COMMON_COMPOSER_TOO_LONG, -notes.left))
        }
        SharedNotesState::Refused(ErrorCode::TextTooLong) => {
            Some(texts.text(Key::AGENT_INFO_NOTES_TOO_LONG))
        }
        SharedNotesState::Refused(code) => Some(texts.text(error_sentence(code))),
        _ if notes.left < FEW => Some(count(texts, Plural::COMMON_COMPOSER_REMAINING, notes.left)),
        _ => None,
    }
}

fn count(texts: &Catalogue, plural: Plural, number: i64) -> String {
    texts.count(plural, number.unsigned_abs() as u32)
}
