//! What the queue does about the files of its messages: which upload may run, what becomes of
//! one that ended, and when one has been silent for too long.

use protocol::attachment::Attachment;
use protocol::error::ErrorCode;
#[cfg(feature = "agent")]
use protocol::http::UploadPurpose;
use protocol::http::UploadRequest;
use protocol::ids::{AttachmentId, ClientId};
use protocol::time::Timestamp;

use super::entry::Entry;
use super::queue::{LEAST_PAUSE_MS, Outbox};
use super::upload::{Upload, UploadState};
use crate::connection::backoff;
use crate::effect::{Effect, Slice};
use crate::event::LocalFile;
use crate::turn::Turn;

/// Uploads that run side by side.
const AT_ONCE: usize = 3;
/// Time without a sign of life after which an upload is broken off; the server waits as long.
const SILENCE_MS: i64 = 45_000;

impl Entry {
    /// Whether all of its files are at the server.
    pub(crate) fn has_files(&self) -> bool {
        for file in &self.extras.files {
            if file.finished().is_none() {
                return false;
            }
        }
        true
    }

    /// Whether any page could send it, as far as its files go.
    pub(super) fn is_anybodys(&self) -> bool {
        for file in &self.extras.files {
            if !file.is_stored {
                return false;
            }
        }
        true
    }

    /// Whether it can be taken back: it was not posted, because a file is not there yet.
    pub(crate) fn can_be_cancelled(&self) -> bool {
        self.is_due() && !self.has_files()
    }

    /// The files as `post_message` names them.
    pub(super) fn attachments(&self) -> Vec<AttachmentId> {
        let mut ids = Vec::with_capacity(self.extras.files.len());
        for file in &self.extras.files {
            if let Some(attachment) = file.finished() {
                ids.push(attachment.id.clone());
            }
        }
        ids
    }

    /// Ends what runs; the browser's files are let go of.
    #[inline(never)]
    pub(super) fn abandon_files(&self, turn: &mut Turn) {
        for file in &self.extras.files {
            if file.is_running() {
                turn.push(Effect::AbortUpload {
                    upload: file.client_id.clone(),
                });
            }
            if let Some(file) = &file.local {
                turn.push(Effect::ForgetFile { file: file.clone() });
            }
        }
    }

    /// Asks the other pages, once, whether one of them has the files that are missing here.
    fn ask_for_files(&mut self, turn: &mut Turn) {
        let is_missing = |file: &Upload| file.local.is_none() && !file.is_stored;
        if !self.asks && self.extras.files.iter().any(is_missing) {
            self.asks = true;
            self.store(turn);
        }
    }

    /// Whether another page, which wrote this, has the files that are missing here: it answered
    /// the question by writing the entry anew.
    pub(super) fn is_held_by(&self, other: &Self) -> bool {
        self.asks && !other.asks && !other.has_failed() && !other.is_anybodys()
    }

    /// Another page wrote down how far it is, or asks whether the files are here. Files that are there need not be chosen here.
    pub(super) fn stored_files(&mut self, other: &Self, turn: &mut Turn) {
        let is_here = self.extras.files.iter().any(|file| file.local.is_some());
        if other.asks && is_here {
            self.store(turn);
        }
        for file in &mut self.extras.files {
            let is_there = other
                .extras
                .files
                .iter()
                .any(|theirs| theirs.client_id == file.client_id && theirs.is_stored);
            if is_there && !file.is_stored {
                file.is_stored = true;
                if matches!(file.state, UploadState::Missing { .. }) {
                    file.state = UploadState::Waiting;
                    turn.render(Slice::Timeline);
                }
            }
        }
    }

    /// Breaks off what runs; it may begin again.
    #[inline(never)]
    pub(super) fn halt_files(&mut self, turn: &mut Turn) {
        for file in &mut self.extras.files {
            if file.is_running() {
                file.state = UploadState::Waiting;
                turn.push(Effect::AbortUpload {
                    upload: file.client_id.clone(),
                });
            }
        }
    }
}

impl Outbox {
    /// Starts the uploads that may run. Call it while connected. One whose file is not on this
    /// page is only asked after: perhaps all bytes are there.
    #[inline(never)]
    pub(crate) fn upload_due(&mut self, token: Option<&str>, turn: &mut Turn) {
        let mut running = 0;
        for entry in &mut self.entries {
            for file in &mut entry.extras.files {
                match file.state {
                    UploadState::Running { heard_at, .. }
                        if turn.now.since(heard_at) >= SILENCE_MS =>
                    {
                        turn.push(Effect::AbortUpload {
                            upload: file.client_id.clone(),
                        });
                        file.pause(None, turn);
                    }
                    UploadState::Running { .. } => running += 1,
                    UploadState::Paused { until } if until <= turn.now => {
                        file.state = UploadState::Waiting;
                    }
                    _ => {}
                }
            }
        }
        for entry in &mut self.entries {
            if !entry.is_due() {
                continue;
            }
            entry.ask_for_files(turn);
            // Said with the first word about a file: it is no visitor's from the beginning.
            #[cfg(feature = "agent")]
            let purpose = entry.extras.note.as_ref().map(|_| UploadPurpose::Note);
            #[cfg(not(feature = "agent"))]
            let purpose = None;
            for file in &mut entry.extras.files {
                if running == AT_ONCE || file.state != UploadState::Waiting {
                    continue;
                }
                running += 1;
                file.state = UploadState::Running {
                    percent: 0,
                    heard_at: turn.now,
                };
                turn.push(Effect::Upload {
                    request: Box::new(UploadRequest {
                        client_id: file.client_id.clone(),
                        name: file.name.clone(),
                        media_type: file.media_type.clone(),
                        size: file.size,
                        conversation: entry.conversation.clone(),
                        purpose,
                        voice: file.voice.clone(),
                    }),
                    file: file.local.clone(),
                    token: token.map(str::to_owned),
                });
                turn.render(Slice::Timeline);
            }
        }
    }

    fn upload_mut(&mut self, upload: &ClientId) -> Option<(&mut Entry, usize)> {
        for entry in &mut self.entries {
            for at in 0..entry.extras.files.len() {
                if entry.extras.files[at].client_id == *upload {
                    return Some((entry, at));
                }
            }
        }
        None
    }

    /// So many bytes of a file have left this device.
    #[inline(never)]
    pub(crate) fn upload_moved(&mut self, upload: &ClientId, sent: u64, turn: &mut Turn) {
        let Some((entry, at)) = self.upload_mut(upload) else {
            return;
        };
        let file = &mut entry.extras.files[at];
        let whole = file.size.max(1);
        if let UploadState::Running { percent, heard_at } = &mut file.state {
            *heard_at = turn.now;
            let now = (sent.min(whole).saturating_mul(100) / whole) as u8;
            if *percent != now {
                *percent = now;
                turn.render(Slice::Timeline);
            }
        }
    }

    /// All bytes of a file are there.
    #[inline(never)]
    pub(crate) fn upload_finished(
        &mut self,
        upload: &ClientId,
        attachment: Attachment,
        turn: &mut Turn,
    ) {
        let Some((entry, at)) = self.upload_mut(upload) else {
            return;
        };
        let file = &mut entry.extras.files[at];
        file.state = UploadState::Finished(Box::new(attachment));
        file.is_stored = true;
        if let Some(file) = file.local.take() {
            turn.push(Effect::ForgetFile { file });
        }
        entry.store(turn);
        turn.render(Slice::Timeline);
    }

    /// A file's bytes are wanted, and this page has none.
    #[inline(never)]
    pub(crate) fn upload_wants_file(&mut self, upload: &ClientId, turn: &mut Turn) {
        if let Some((entry, at)) = self.upload_mut(upload) {
            let file = &mut entry.extras.files[at];
            file.local = None;
            file.state = UploadState::Missing { is_other: false };
            turn.render(Slice::Timeline);
        }
    }

    /// An upload was broken off, or refused.
    #[inline(never)]
    pub(crate) fn upload_failed(
        &mut self,
        upload: &ClientId,
        code: ErrorCode,
        retry_after_ms: Option<u32>,
        turn: &mut Turn,
    ) {
        let Some((entry, at)) = self.upload_mut(upload) else {
            return;
        };
        // Addresses that ran out are asked for anew; who is not known any more is told so when
        // the connection is made again.
        let goes_on = code.is_retryable()
            || matches!(
                code,
                ErrorCode::LinkExpired | ErrorCode::Unauthenticated | ErrorCode::Expired
            );
        if goes_on {
            entry.extras.files[at].pause(retry_after_ms, turn);
        } else {
            entry.extras.files[at].state = UploadState::Waiting;
            entry.halt_files(turn);
            entry.fail(code, turn);
        }
        turn.render(Slice::Timeline);
    }

    /// The person chose a file again for an upload; another file is none for it.
    #[inline(never)]
    pub(crate) fn choose_again(&mut self, upload: &str, chosen: LocalFile, turn: &mut Turn) {
        turn.render(Slice::Timeline);
        for entry in &mut self.entries {
            for file in &mut entry.extras.files {
                if file.client_id.as_str() != upload
                    || !matches!(file.state, UploadState::Missing { .. })
                {
                    continue;
                }
                if file.name == chosen.name && file.size == chosen.size {
                    file.local = Some(chosen.id);
                    file.state = UploadState::Waiting;
                    entry.asks = false;
                    entry.store(turn);
                } else {
                    file.state = UploadState::Missing { is_other: true };
                    turn.push(Effect::ForgetFile { file: chosen.id });
                }
                return;
            }
        }
    }

    /// When an upload has to be looked at again.
    pub(super) fn uploads_due(&self) -> Option<Timestamp> {
        let mut soonest: Option<Timestamp> = None;
        for entry in &self.entries {
            for file in &entry.extras.files {
                let at = match file.state {
                    UploadState::Paused { until } => until,
                    UploadState::Running { heard_at, .. } => heard_at.plus(SILENCE_MS),
                    _ => continue,
                };
                soonest = Some(match soonest {
                    Some(soonest) => soonest.min(at),
                    None => at,
                });
            }
        }
        soonest
    }
}

impl Upload {
    fn pause(&mut self, pause_ms: Option<u32>, turn: &mut Turn) {
        let pause = pause_ms
            .unwrap_or_else(|| backoff::delay_ms(self.failures, turn.random()))
            .max(LEAST_PAUSE_MS);
        self.failures += 1;
        self.state = UploadState::Paused {
            until: turn.now.plus(i64::from(pause)),
        };
        turn.render(Slice::Timeline);
    }
}
