//! What a file is: read from its bytes, and only then shown as anything.
//!
//! Invariant: whatever is not certainly a harmless picture, sound or video is a plain file, and a
//! plain file is never shown, only downloaded.

mod kinds;
mod picture;

use std::fs::File;
use std::io::Read;

use protocol::attachment::AttachmentKind;

pub use picture::Thumbnail;

use kinds::Family;

/// Media type of what is only downloaded.
pub const PLAIN: &str = "application/octet-stream";

/// How many of the first bytes are looked at.
const HEAD_BYTES: u64 = 8 * 1024;

/// What was told of a file before its bytes came.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its name.
    pub name: String,
    /// What its sender takes it for.
    pub media_type: String,
    /// Whether it is meant to be a voice note.
    pub is_voice: bool,
}

/// What a file is.
#[derive(Debug)]
pub struct Looked {
    /// How it may be shown.
    pub kind: AttachmentKind,
    /// Its media type.
    pub media_type: &'static str,
    /// Width and height of a picture, as it is shown.
    pub dimensions: Option<(u32, u32)>,
    /// A small picture of it.
    pub thumbnail: Option<Thumbnail>,
}

impl Looked {
    /// A plain file: only downloaded.
    pub fn plain() -> Self {
        Self {
            kind: AttachmentKind::File,
            media_type: PLAIN,
            dimensions: None,
            thumbnail: None,
        }
    }
}

/// Looks at a file. Takes time and memory for large pictures; for blocking threads, and few at
/// once.
///
/// # Errors
/// When the file cannot be read.
pub fn look_at(mut file: File, told: &Told) -> std::io::Result<Looked> {
    let mut head = Vec::new();
    Read::by_ref(&mut file)
        .take(HEAD_BYTES)
        .read_to_end(&mut head)?;
    let Some(kind) = kinds::of(&head, told) else {
        return Ok(Looked::plain());
    };
    let shown = match kind.family {
        Family::Image => {
            let Some(picture) = picture::look_at(file, &head, kind.media_type)? else {
                return Ok(Looked::plain());
            };
            return Ok(Looked {
                kind: AttachmentKind::Image,
                media_type: kind.media_type,
                dimensions: Some(picture.dimensions),
                thumbnail: picture.thumbnail,
            });
        }
        Family::Audio if told.is_voice => AttachmentKind::Voice,
        Family::Audio => AttachmentKind::Audio,
        Family::Video => AttachmentKind::Video,
    };
    Ok(Looked {
        kind: shown,
        media_type: kind.media_type,
        ..Looked::plain()
    })
}
