//! The composer of an agent, who writes replies or private notes.
//!
//! Invariant: the text on screen belongs to the mode on screen; going to the other one stores it
//! first, and nothing but the agent goes there.

use protocol::ids::ConversationId;

use super::{Composer, Mode};
use crate::effect::Slice;
use crate::session::keys;
use crate::turn::Turn;

impl Composer {
    /// The conversation on screen, if notes are written in it.
    pub(super) fn noting(&self) -> Option<&ConversationId> {
        let open = self.open.as_ref();
        open.filter(|_| self.mode() == Mode::Note)
    }

    /// What is written in the conversation on screen.
    pub(crate) fn mode(&self) -> Mode {
        self.edited_mode()
            .unwrap_or_else(|| self.notes.mode(self.open.as_ref()))
    }

    /// Whether a draft waits in the mode that is not on screen.
    pub(crate) fn has_other_draft(&self) -> bool {
        let Some(id) = &self.open else {
            return false;
        };
        !match self.mode() {
            Mode::Reply => self.notes.draft(id),
            Mode::Note => self.draft_of(Some(id)),
        }
        .is_empty()
    }

    /// Writes something else in the conversation on screen; says whether that is new.
    pub(crate) fn choose_mode(&mut self, mode: Mode, turn: &mut Turn) -> bool {
        let Some(id) = self.open.clone() else {
            return false;
        };
        self.aim_as(mode, turn);
        if self.mode() == mode {
            return false;
        }
        self.save(turn);
        self.touched = false;
        self.notes.set_mode(&id, mode);
        self.notes.store_mode(&id, turn);
        self.changed_by_core(turn);
        true
    }

    /// The backend keeps no notes.
    pub(crate) fn without_notes(&mut self, turn: &mut Turn) {
        self.save(turn);
        if self.notes.clear_modes() {
            self.touched = false;
            self.changed_by_core(turn);
        }
    }

    /// Takes a note's draft or a mode from storage.
    pub(crate) fn restore_notes(&mut self, key: &str, value: &str) {
        if let Some(rest) = key.strip_prefix(keys::MODE) {
            self.notes.read_mode(rest, Some(value));
        } else if let Some(rest) = key.strip_prefix(keys::NOTE)
            && let Some(id) = ConversationId::parse(rest)
        {
            self.notes.set_draft(&id, value.to_owned());
        }
    }

    /// Another page stored or forgot a note's draft or a mode. On screen the mode stays: nobody
    /// else changes what one writes.
    pub(crate) fn notes_changed_elsewhere(
        &mut self,
        key: &str,
        value: Option<&str>,
        turn: &mut Turn,
    ) {
        if let Some(rest) = key.strip_prefix(keys::MODE) {
            if self.open.as_ref().is_none_or(|open| open.as_str() != rest) {
                self.notes.read_mode(rest, value);
            }
        } else if let Some(rest) = key.strip_prefix(keys::NOTE)
            && let Some(id) = ConversationId::parse(rest)
        {
            if self.noting() == Some(&id) && !self.is_editing() {
                self.overwritten_elsewhere(value.map(str::to_owned), turn);
            } else {
                self.notes
                    .set_draft(&id, value.unwrap_or_default().to_owned());
            }
            turn.render(Slice::Composer);
            turn.render(Slice::Roster);
        }
    }

    /// Keeps a text as the draft of the kind it was written as, if there is none.
    pub(crate) fn put_back_as(
        &mut self,
        mode: Mode,
        of: Option<&ConversationId>,
        text: String,
        turn: &mut Turn,
    ) {
        if self.open.as_ref() == of && self.mode() == mode {
            self.put_back(text, turn);
            return;
        }
        let Some(id) = of else {
            return;
        };
        let key = match mode {
            Mode::Note if self.notes.draft(id).is_empty() => {
                self.notes.set_draft(id, text.clone());
                keys::in_conversation(keys::NOTE, id)
            }
            Mode::Reply if self.draft_of(of).is_empty() => {
                self.set(Some(id.clone()), text.clone());
                keys::draft(of)
            }
            _ => return,
        };
        turn.save(key, text);
        turn.render(Slice::Composer);
    }
}
