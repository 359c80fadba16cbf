//! The files that will go with what is being written: chosen, not sent, and gone with the page.
//!
//! Invariants: what is here may be sent, as far as the limits tell; everything else was refused
//! when it was chosen, before a byte of it moved. A file goes with nothing but what is written
//! in the place it was chosen for: one that was chosen for a note goes with no reply.

use protocol::error::ErrorCode;
use protocol::limits::Limits;

use super::{Composer, Place};
use crate::effect::{Effect, Slice};
use crate::event::LocalFile;
use crate::turn::Turn;

/// Why chosen files were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// `upload_empty`, `upload_too_large` or `too_many_attachments`.
    pub code: ErrorCode,
    /// Which ones.
    pub names: Vec<String>,
    /// The limit: bytes, or files of one message.
    pub limit: u64,
}

impl Composer {
    /// The place on screen.
    pub(crate) fn place(&self) -> Place {
        Place {
            conversation: self.open.clone(),
            #[cfg(feature = "agent")]
            mode: self.mode(),
        }
    }

    /// Whether what was chosen for a place goes with what is written now. Another text for a
    /// message takes no files along.
    fn is_here(&self, place: &Place) -> bool {
        *place == self.place() && !self.is_editing()
    }

    /// The files that go with the draft on screen.
    pub(crate) fn files(&self) -> Vec<LocalFile> {
        let mut files = Vec::new();
        for (of, file) in &self.files {
            if self.is_here(of) {
                files.push(file.clone());
            }
        }
        files
    }

    pub(crate) fn has_files(&self) -> bool {
        for (of, _) in &self.files {
            if self.is_here(of) {
                return true;
            }
        }
        false
    }

    /// Takes the files that may go with the draft of a place; says which may not, and why.
    #[inline(never)]
    pub(crate) fn attach(
        &mut self,
        place: &Place,
        chosen: Vec<LocalFile>,
        limits: &Limits,
        turn: &mut Turn,
    ) {
        let most_bytes = limits.upload_bytes.unwrap_or(u64::MAX);
        let most = limits.attachments_per_message.unwrap_or(u32::MAX);
        let mut count = 0;
        for (of, _) in &self.files {
            if of == place {
                count += 1;
            }
        }
        self.problem = None;
        self.refused = None;
        for file in chosen {
            let (code, limit) = if file.size == 0 {
                (ErrorCode::UploadEmpty, 0)
            } else if file.size > most_bytes {
                (ErrorCode::UploadTooLarge, most_bytes)
            } else if count >= u64::from(most) {
                (ErrorCode::TooManyAttachments, u64::from(most))
            } else {
                count += 1;
                self.files.push((place.clone(), file));
                continue;
            };
            turn.push(Effect::ForgetFile { file: file.id });
            let refused = self.refused.get_or_insert_with(|| FileProblem {
                code,
                names: Vec::new(),
                limit,
            });
            if refused.code == code {
                refused.names.push(file.name);
            }
        }
        turn.render(Slice::Composer);
    }

    /// Lets a file go.
    #[inline(never)]
    pub(crate) fn remove_file(&mut self, id: &str, turn: &mut Turn) {
        let before = self.files.len();
        self.files.retain(|(_, file)| file.id != id);
        if self.files.len() != before {
            self.refused = None;
            turn.push(Effect::ForgetFile {
                file: id.to_owned(),
            });
            turn.render(Slice::Composer);
        }
    }

    /// Takes the files out for sending.
    pub(crate) fn take_files(&mut self) -> Vec<LocalFile> {
        let mut taken = Vec::new();
        let mut kept = Vec::new();
        for (of, file) in std::mem::take(&mut self.files) {
            if self.is_here(&of) {
                taken.push(file);
            } else {
                kept.push((of, file));
            }
        }
        self.files = kept;
        taken
    }

    /// Puts a file back that was sent too early.
    pub(crate) fn put_file_back(&mut self, file: LocalFile, turn: &mut Turn) {
        self.files.push((self.place(), file));
        turn.render(Slice::Composer);
    }
}
