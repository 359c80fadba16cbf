//! Private notes in the composer: in which conversations the agent writes them, and their drafts.
//!
//! Invariants: a conversation begins with replies, and its mode changes only when the agent says
//! so; the two drafts of a conversation never meet.

use protocol::ids::ConversationId;

use crate::session::keys;
use crate::turn::Turn;

/// What is stored where notes are written.
const WRITTEN: &str = "note";

/// What the agent writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Messages, which the visitor sees.
    #[default]
    Reply,
    /// Notes, which agents alone see.
    Note,
}

/// Modes and drafts of notes.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Where notes are written.
    modes: Vec<ConversationId>,
    /// Drafts that are not empty.
    drafts: Vec<(ConversationId, String)>,
}

impl Notes {
    pub(super) fn mode(&self, conversation: Option<&ConversationId>) -> Mode {
        match conversation {
            Some(id) if self.modes.contains(id) => Mode::Note,
            _ => Mode::Reply,
        }
    }

    pub(super) fn set_mode(&mut self, conversation: &ConversationId, mode: Mode) {
        self.modes.retain(|of| of != conversation);
        if mode == Mode::Note {
            self.modes.push(conversation.clone());
        }
    }

    /// The backend keeps no notes: nowhere are any written.
    pub(super) fn clear_modes(&mut self) -> bool {
        !std::mem::take(&mut self.modes).is_empty()
    }

    /// Takes what is stored about a conversation's mode.
    pub(super) fn read_mode(&mut self, rest: &str, value: Option<&str>) {
        if let Some(conversation) = ConversationId::parse(rest) {
            let is_note = value == Some(WRITTEN);
            self.set_mode(
                &conversation,
                if is_note { Mode::Note } else { Mode::Reply },
            );
        }
    }

    pub(super) fn store_mode(&self, conversation: &ConversationId, turn: &mut Turn) {
        let key = keys::in_conversation(keys::MODE, conversation);
        match self.mode(Some(conversation)) {
            Mode::Note => turn.save(key, WRITTEN.to_owned()),
            Mode::Reply => turn.forget(key),
        }
    }

    pub(super) fn draft(&self, conversation: &ConversationId) -> &str {
        self.drafts
            .iter()
            .find(|(of, _)| of == conversation)
            .map_or("", |(_, text)| text)
    }

    pub(super) fn set_draft(&mut self, conversation: &ConversationId, text: String) {
        self.drafts.retain(|(of, _)| of != conversation);
        if !text.is_empty() {
            self.drafts.push((conversation.clone(), text));
        }
    }

    pub(super) fn has_any(&self) -> bool {
        !self.drafts.is_empty()
    }
}
