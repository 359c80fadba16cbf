//! A file that goes with a message, on its way to the server before the message is.
//!
//! Its upload has a name of its own, which is stored before anything is sent and asked for again
//! after every interruption, so that the bytes arrive once. Invariant: the message is sent only
//! when all of its files are there.

use protocol::attachment::{Attachment, VoiceNote};
use protocol::ids::ClientId;
use protocol::time::Timestamp;

use crate::event::LocalFile;
use crate::turn::Turn;

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The upload's name on the wire.
    pub(crate) client_id: ClientId,
    /// The browser's file, on the page that has it.
    pub(crate) local: Option<String>,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) media_type: String,
    /// What its recorder knows of it. Recordings cannot be chosen again.
    pub(crate) voice: Option<VoiceNote>,
    /// All bytes were there, as far as was written down: any page can send the message.
    pub(crate) is_stored: bool,
    pub(crate) state: UploadState,
    /// How often it was broken off.
    pub(crate) failures: u32,
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UploadState {
    /// Waits for its turn or for a connection.
    Waiting,
    /// On its way; `heard_at` is when it last moved.
    Running { percent: u8, heard_at: Timestamp },
    /// Tried again later.
    Paused { until: Timestamp },
    /// The bytes are neither at the server nor on this page. `is_other`: the file that was
    /// chosen for it is another one.
    Missing { is_other: bool },
    /// All bytes are there.
    Finished(Box<Attachment>),
}

impl Upload {
    /// An upload that begins.
    pub(crate) fn of(file: LocalFile, turn: &mut Turn) -> Self {
        Self {
            client_id: turn.client_id(),
            local: Some(file.id),
            name: file.name,
            size: file.size,
            media_type: file.media_type,
            voice: file.voice,
            is_stored: false,
            state: UploadState::Waiting,
            failures: 0,
        }
    }

    pub(crate) fn finished(&self) -> Option<&Attachment> {
        match &self.state {
            UploadState::Finished(attachment) => Some(attachment),
            _ => None,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.state, UploadState::Running { .. })
    }

    /// Begins anew, under another name.
    pub(super) fn renew(&mut self, turn: &mut Turn) {
        self.client_id = turn.client_id();
        self.is_stored = false;
        self.failures = 0;
        self.state = match self.local {
            Some(_) => UploadState::Waiting,
            None => UploadState::Missing { is_other: false },
        };
    }
}
