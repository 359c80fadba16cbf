//! A file of a message, as screens read it.

use protocol::attachment::{Attachment, AttachmentKind, VoiceNote};

use crate::outbox::Entry;
use crate::outbox::upload::{Upload, UploadState};
use crate::state::State;

/// A file that came with a message, or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentView {
    /// Its name in the list: the attachment's, or the upload's while that is on its way.
    pub key: String,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// How it may be shown.
    pub kind: AttachmentKind,
    /// Width and height of a picture in pixels, where they are known.
    pub dimensions: Option<(u32, u32)>,
    /// What the recorder of a voice note knew.
    pub voice: Option<VoiceNote>,
    /// Where its bytes are: an address, or a path below the backend's base address.
    pub url: Option<String>,
    /// Where a small picture of it is.
    pub thumbnail_url: Option<String>,
    /// How far it is.
    pub state: FileState,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// The server has it.
    There,
    /// It waits for a connection, or for others before it.
    Waiting,
    /// So much of it has left this device, in parts of a hundred.
    Moving(u8),
    /// It has to be chosen again.
    Missing {
        /// Another one was chosen.
        is_other: bool,
    },
}

impl FileState {
    /// The word for `data-state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Waiting => "waiting",
            Self::Moving(_) => "moving",
            Self::Missing { .. } => "missing",
        }
    }
}

impl AttachmentView {
    pub(super) fn is_moving(&self) -> bool {
        matches!(self.state, FileState::Moving(_))
    }
}

/// The files of a posted message.
pub(super) fn posted(state: &State, attachments: &[Attachment]) -> Vec<AttachmentView> {
    let mut views = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        views.push(there(state, attachment));
    }
    views
}

/// The files of a message on its way.
pub(super) fn queued(state: &State, entry: &Entry) -> Vec<AttachmentView> {
    let mut views = Vec::with_capacity(entry.extras.files.len());
    for file in &entry.extras.files {
        views.push(match &file.state {
            UploadState::Finished(attachment) => there(state, attachment),
            _ => on_its_way(state, file),
        });
    }
    views
}

fn on_its_way(state: &State, file: &Upload) -> AttachmentView {
    AttachmentView {
        key: file.client_id.as_str().to_owned(),
        name: file.name.clone(),
        size: file.size,
        kind: match file.voice {
            Some(_) => AttachmentKind::Voice,
            None => AttachmentKind::File,
        },
        dimensions: None,
        voice: file.voice.clone(),
        url: None,
        thumbnail_url: None,
        state: match file.state {
            UploadState::Missing { is_other } => FileState::Missing { is_other },
            // Without a network nothing moves, whatever the browser still believes.
            UploadState::Running { percent, .. } if state.connection.is_online() => {
                FileState::Moving(percent)
            }
            _ => FileState::Waiting,
        },
    }
}

fn there(state: &State, attachment: &Attachment) -> AttachmentView {
    let link = state.links.get(&attachment.id);
    AttachmentView {
        key: attachment.id.as_str().to_owned(),
        name: attachment.name.clone(),
        size: attachment.size,
        kind: attachment.kind,
        dimensions: attachment.width.zip(attachment.height),
        voice: attachment.voice.clone(),
        url: link.map(|link| link.url.clone()),
        thumbnail_url: link.and_then(|link| link.thumbnail_url.clone()),
        state: FileState::There,
    }
}
