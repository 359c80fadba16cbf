//! Drafts: what is being written in each conversation, and whether it can be sent.
//!
//! Invariants: a draft is given up only when it was taken over by the outbox or emptied by the
//! person; `revision` grows exactly when the core changes the text on screen by itself.

mod aim;
mod files;
#[cfg(feature = "agent")]
mod modes;
#[cfg(feature = "agent")]
mod notes;
mod place;
#[cfg(test)]
mod tests;

#[cfg(feature = "agent")]
pub use notes::Mode;

use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use protocol::limits::Limits;
use protocol::message::normalise_text;

use crate::effect::{Slice, Timer};
use crate::event::LocalFile;
use crate::session::keys;
use crate::turn::Turn;

pub(crate) use aim::Aim;
pub use files::FileProblem;
pub use place::Place;

/// Time between an edit and its way into storage.
const SAVE_MS: u32 = 300;
/// Bytes of a frame around the text of a message.
const ENVELOPE_BYTES: usize = 512;

/// The composer.
#[derive(Debug, Default)]
pub(crate) struct Composer {
    open: Option<ConversationId>,
    aim: Option<Aim>,
    /// Drafts that are not empty.
    drafts: Vec<(Option<ConversationId>, String)>,
    /// Files that will go with what is written.
    files: Vec<(Place, LocalFile)>,
    /// Files that were not taken the last time.
    pub(crate) refused: Option<FileProblem>,
    unsaved: bool,
    /// The person wrote what is on screen here, on this page.
    touched: bool,
    /// Another page stored something else under its name.
    overwritten: bool,
    pub(crate) revision: u32,
    pub(crate) problem: Option<ErrorCode>,
    #[cfg(feature = "agent")]
    notes: notes::Notes,
}

impl Composer {
    /// The draft on screen.
    pub(crate) fn draft(&self) -> &str {
        if let Some(text) = self.edited() {
            return text;
        }
        #[cfg(feature = "agent")]
        if let Some(id) = self.noting() {
            return self.notes.draft(id);
        }
        self.draft_of(self.open.as_ref())
    }

    /// Changes the draft on screen.
    fn write(&mut self, text: String) {
        if self.is_editing() {
            if let Some(aim) = &mut self.aim {
                aim.text = Some(text);
            }
            return;
        }
        #[cfg(feature = "agent")]
        if let Some(id) = self.noting().cloned() {
            self.notes.set_draft(&id, text);
            return;
        }
        self.set(self.open.clone(), text);
    }

    fn draft_of(&self, conversation: Option<&ConversationId>) -> &str {
        self.drafts
            .iter()
            .find(|(of, _)| of.as_ref() == conversation)
            .map_or("", |(_, text)| text)
    }

    #[cfg(feature = "agent")]
    pub(crate) fn has_draft(&self, conversation: &ConversationId) -> bool {
        !self.draft_of(Some(conversation)).is_empty() || !self.notes.draft(conversation).is_empty()
    }

    pub(crate) fn has_any(&self) -> bool {
        #[cfg(feature = "agent")]
        if self.notes.has_any() {
            return true;
        }
        !self.drafts.is_empty()
    }

    fn set(&mut self, conversation: Option<ConversationId>, text: String) {
        self.drafts.retain(|(of, _)| *of != conversation);
        if !text.is_empty() {
            self.drafts.push((conversation, text));
        }
    }

    /// Takes a draft from storage.
    pub(crate) fn restore(&mut self, rest: &str, text: String) {
        if let Some(conversation) = keys::read_draft(rest) {
            self.set(conversation, text);
        }
    }

    /// Everything was taken from storage.
    pub(crate) fn restored(&mut self, turn: &mut Turn) {
        if !self.draft().is_empty() {
            self.changed_by_core(turn);
        }
    }

    /// The person changed the text; says whether it differs.
    pub(crate) fn edit(&mut self, text: String, turn: &mut Turn) -> bool {
        if text == self.draft() {
            return false;
        }
        self.write(text);
        self.touched = true;
        self.problem = None;
        self.refused = None;
        if !self.unsaved {
            self.unsaved = true;
            turn.set_timer(Timer::SaveDraft, SAVE_MS);
        }
        turn.render(Slice::Composer);
        true
    }

    /// Stores the draft on screen if it changed.
    pub(crate) fn save(&mut self, turn: &mut Turn) {
        if self.unsaved || self.overwritten {
            self.stored(turn);
        }
    }

    fn stored(&mut self, turn: &mut Turn) {
        self.unsaved = false;
        self.overwritten = false;
        turn.cancel_timer(Timer::SaveDraft);
        self.store(turn);
    }

    /// Another page stored or forgot a draft. What was written on this page stays, and is stored
    /// again when it leaves the screen: whoever closes last decides. What was only restored
    /// goes when it is sent elsewhere.
    pub(crate) fn changed_elsewhere(&mut self, rest: &str, value: Option<String>, turn: &mut Turn) {
        let Some(conversation) = keys::read_draft(rest) else {
            return;
        };
        let is_shown = conversation == self.open && !self.is_editing();
        #[cfg(feature = "agent")]
        let is_shown = is_shown && self.mode() == Mode::Reply;
        if is_shown {
            self.overwritten_elsewhere(value, turn);
        } else {
            self.set(conversation, value.unwrap_or_default());
        }
        #[cfg(feature = "agent")]
        turn.render(Slice::Roster);
    }

    /// The same for the draft on screen.
    fn overwritten_elsewhere(&mut self, value: Option<String>, turn: &mut Turn) {
        if self.touched {
            self.overwritten = !self.draft().is_empty() && value.as_deref() != Some(self.draft());
        } else if value.is_none() {
            self.write(String::new());
            self.changed_by_core(turn);
        }
    }

    /// Stores the draft on screen.
    pub(crate) fn store(&self, turn: &mut Turn) {
        if self.is_editing() {
            // No draft: the message it is for has a text already.
            return;
        }
        let key = keys::draft(self.open.as_ref());
        #[cfg(feature = "agent")]
        let key = match self.noting() {
            Some(id) => keys::in_conversation(keys::NOTE, id),
            None => key,
        };
        match self.draft() {
            "" => turn.forget(key),
            text => turn.save(key, text.to_owned()),
        }
    }

    /// Stores the draft on screen if there is one.
    pub(crate) fn store_if_any(&self, turn: &mut Turn) {
        if !self.draft().is_empty() {
            self.store(turn);
        }
    }

    /// Says why the text could not be sent.
    pub(crate) fn check(&mut self, limits: &Limits, turn: &mut Turn) {
        self.problem = self.problem_of(&normalise_text(self.draft()), limits);
        turn.render(Slice::Composer);
    }

    /// Why a text cannot be sent from here: with files, it may be empty.
    pub(crate) fn problem_of(&self, text: &str, limits: &Limits) -> Option<ErrorCode> {
        let has_files = self.has_files() || self.edits_files();
        problem_of(text, limits).filter(|code| *code != ErrorCode::TextEmpty || !has_files)
    }

    /// Takes the text out for sending; or says why not, and keeps it. The text is in storage as
    /// a draft until [`Self::sent`].
    pub(crate) fn take(&mut self, limits: &Limits, turn: &mut Turn) -> Option<String> {
        let text = normalise_text(self.draft());
        self.problem = self.problem_of(&text, limits);
        self.refused = None;
        turn.render(Slice::Composer);
        if self.problem.is_some() {
            return None;
        }
        self.write(String::new());
        self.revision += 1;
        Some(text)
    }

    /// The text that was taken out is stored elsewhere.
    pub(crate) fn sent(&mut self, turn: &mut Turn) {
        self.touched = false;
        self.stored(turn);
    }

    /// Puts a text into the composer if it is empty.
    pub(crate) fn put_back(&mut self, text: String, turn: &mut Turn) {
        if self.draft().is_empty() {
            self.write(text);
            self.changed_by_core(turn);
            self.touched = true;
            self.stored(turn);
        }
    }

    /// Puts a text back that was sent too early, before what was written since.
    pub(crate) fn put_back_before(&mut self, mut text: String, turn: &mut Turn) {
        if !self.draft().is_empty() {
            text.push('\n');
            text.push_str(self.draft());
        }
        self.write(String::new());
        self.put_back(text, turn);
    }

    /// Shows another conversation's draft.
    pub(crate) fn switch(&mut self, to: Option<ConversationId>, turn: &mut Turn) {
        if self.open == to {
            return;
        }
        self.save(turn);
        self.touched = false;
        self.open = to;
        self.changed_by_core(turn);
    }

    /// The conversation on screen has another name from now on; the text on screen stays.
    pub(crate) fn rename(&mut self, to: Option<ConversationId>, turn: &mut Turn) {
        if self.open == to {
            return;
        }
        let text = self.draft().to_owned();
        for (of, _) in &mut self.files {
            if of.conversation == self.open {
                of.conversation.clone_from(&to);
            }
        }
        let old = self.open.take();
        self.unsaved = false;
        turn.cancel_timer(Timer::SaveDraft);
        self.open = to;
        if !text.is_empty() {
            self.set(old.clone(), String::new());
            self.set(self.open.clone(), text);
            self.store(turn);
            turn.forget(keys::draft(old.as_ref()));
        } else if !self.draft().is_empty() {
            self.changed_by_core(turn);
        }
    }

    fn changed_by_core(&mut self, turn: &mut Turn) {
        self.problem = None;
        self.refused = None;
        self.revision += 1;
        turn.render(Slice::Composer);
    }
}

/// Why a text cannot be sent.
pub(crate) fn problem_of(text: &str, limits: &Limits) -> Option<ErrorCode> {
    if text.chars().all(char::is_whitespace) {
        Some(ErrorCode::TextEmpty)
    } else if scalars_left(text, limits) < 0
        || json_bytes(text) + ENVELOPE_BYTES > limits.client_frame_bytes as usize
    {
        Some(ErrorCode::TextTooLong)
    } else {
        None
    }
}

/// How many characters fit, counted as the server counts them: CRLF is one.
pub(crate) fn scalars_left(text: &str, limits: &Limits) -> i64 {
    let pairs = text.as_bytes().windows(2);
    let pairs = pairs.filter(|pair| *pair == b"\r\n").count();
    i64::from(limits.text_scalars) - (text.chars().count() - pairs) as i64
}

/// Bytes of a text as a JSON string.
fn json_bytes(text: &str) -> usize {
    text.bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
            0..=0x1f => 6,
            _ => 1,
        })
        .sum()
}
