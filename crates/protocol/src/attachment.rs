//! Files that travel with messages, voice notes among them.
//!
//! An attachment is uploaded first (`http::uploads`) and then posted by its id. Its bytes are
//! never in a frame: whoever may see the message asks for short-lived links. Invariant: what a
//! file is shown as was read from its bytes by the backend, never taken from its name.

use serde::{Deserialize, Serialize};

use crate::ids::AttachmentId;
use crate::time::Timestamp;

/// Most bars of a voice note's waveform.
pub const WAVEFORM_BARS: usize = 100;

open_enum!(
    /// How an attachment may be shown. A reader treats what it does not know as a file.
    AttachmentKind {
        /// A picture every browser draws.
        Image = "image",
        /// Sound.
        Audio = "audio",
        /// Moving pictures.
        Video = "video",
        /// Sound that was recorded for this conversation; `voice` tells more.
        Voice = "voice",
        /// Anything else: only to be downloaded.
        File = "file",
    }
);

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// Its name for life.
    pub id: AttachmentId,
    /// The file's name, safe to show and to store under.
    pub name: String,
    /// How it may be shown.
    pub kind: AttachmentKind,
    /// What its bytes are, as a media type; `application/octet-stream` for a plain file.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Width of a picture in pixels, as it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of a picture in pixels, as it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// What a voice note tells of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceNote>,
}

wire!(Attachment {
    id,
    name,
    kind,
    media_type,
    size,
    width,
    height,
    voice
});

/// What the recorder knows of a voice note; players show it before they have its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VoiceNote {
    /// Its length in milliseconds, at most `limits.voice_ms`.
    pub duration_ms: u32,
    /// How loud it is from beginning to end: one digit a bar, `0` to `9`, at most 100 bars. May
    /// be empty.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{0,100}$")))]
    pub waveform: String,
}

wire!(VoiceNote {
    duration_ms,
    waveform
});

impl VoiceNote {
    /// Whether the waveform has the form it must have.
    pub fn is_well_formed(&self) -> bool {
        let bars = self.waveform.as_bytes();
        bars.len() <= WAVEFORM_BARS && bars.iter().all(u8::is_ascii_digit)
    }
}

/// Where are the bytes of these attachments?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkAttachments {
    /// Number of the query on this socket.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// Which ones, at most 50.
    pub attachments: Vec<AttachmentId>,
}

wire!(LinkAttachments { reference = "ref", attachments });

/// Answer to `link_attachments`. What the reader may not see, or is no longer there, has no
/// link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttachmentsLinked {
    /// Number of the query.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// The links, in the order of the question.
    pub links: Vec<AttachmentLink>,
}

wire!(AttachmentsLinked { reference = "ref", links });

/// Where an attachment's bytes are, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttachmentLink {
    /// Which one.
    pub attachment: AttachmentId,
    /// The file. An address, or a path below the backend's base address.
    pub url: String,
    /// A small picture of it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail_url: Option<String>,
    /// When both stop working.
    pub expires_at: Timestamp,
}

wire!(AttachmentLink {
    attachment,
    url,
    thumbnail_url,
    expires_at
});
