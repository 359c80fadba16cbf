//! What the text on screen is for, when it is more than a new message: an answer that quotes
//! another message, or another text for one of the person's own.
//!
//! Invariants: an aim belongs to one conversation and holds only while that is open; while a
//! message is edited the draft that was there is neither shown nor touched, and comes back.

use protocol::ids::{ConversationId, MessageId};

use super::Composer;
#[cfg(feature = "agent")]
use super::Mode;
use crate::turn::Turn;

/// What a text is for.
#[derive(Clone, Debug)]
pub(crate) struct Aim {
    pub(crate) conversation: ConversationId,
    pub(crate) message: MessageId,
    /// The text of the message that is edited, as it is by now; absent in an answer.
    pub(crate) text: Option<String>,
    /// Whether the text may be empty: the message has files.
    pub(crate) has_files: bool,
    /// Whether the message is a private note.
    #[cfg(feature = "agent")]
    pub(crate) is_note: bool,
}

impl Composer {
    /// What the text on screen is for.
    pub(crate) fn aim(&self) -> Option<&Aim> {
        let aim = self.aim.as_ref();
        aim.filter(|aim| Some(&aim.conversation) == self.open.as_ref())
    }

    /// The text on screen, if it is that of a message that is edited.
    pub(super) fn edited(&self) -> Option<&str> {
        self.aim()?.text.as_deref()
    }

    /// Whether a message is edited.
    pub(crate) fn is_editing(&self) -> bool {
        self.edited().is_some()
    }

    /// Whether the message that is edited has files, so that it may say nothing.
    pub(super) fn edits_files(&self) -> bool {
        self.aim()
            .is_some_and(|aim| aim.has_files && aim.text.is_some())
    }

    /// Writes for this from now on.
    pub(crate) fn take_aim(&mut self, aim: Aim, turn: &mut Turn) {
        self.save(turn);
        self.aim = Some(aim);
        self.changed_by_core(turn);
    }

    /// Writes a message of its own again; hands out what was aimed at.
    pub(crate) fn drop_aim(&mut self, turn: &mut Turn) -> Option<Aim> {
        let aim = self.aim()?.clone();
        self.aim = None;
        self.changed_by_core(turn);
        Some(aim)
    }

    /// The kind of text a message that is edited has, whatever was written before.
    #[cfg(feature = "agent")]
    pub(super) fn edited_mode(&self) -> Option<Mode> {
        let aim = self.aim().filter(|aim| aim.text.is_some())?;
        Some(match aim.is_note {
            true => Mode::Note,
            false => Mode::Reply,
        })
    }

    /// The agent chooses what to write: what cannot be written so is aimed at no longer.
    #[cfg(feature = "agent")]
    pub(super) fn aim_as(&mut self, mode: Mode, turn: &mut Turn) {
        let is_in_the_way = |aim: &Aim| aim.text.is_some() || (aim.is_note && mode == Mode::Reply);
        if self.aim().is_some_and(is_in_the_way) {
            self.drop_aim(turn);
        }
    }
}
