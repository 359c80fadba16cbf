//! Sizes that both ends hold each other to.
//!
//! The constants are the reference server's; a client believes the [`Limits`] it is told.

use serde::{Deserialize, Serialize};

/// Longest text of a message, in Unicode scalar values.
pub const TEXT_SCALARS: u32 = 10_000;
/// Largest frame a client may send, in bytes.
pub const CLIENT_FRAME_BYTES: u32 = 64 * 1024;
/// Largest page of messages or conversations.
pub const PAGE_ROWS: u32 = 200;
/// Time between two heartbeats of the server, in milliseconds.
pub const HEARTBEAT_MS: u32 = 25_000;
/// Time a new socket has for its first frame, in milliseconds.
pub const CONNECT_TIMEOUT_MS: u32 = 10_000;
/// Least time between two typing signals of one client, in milliseconds.
pub const TYPING_EVERY_MS: u32 = 3_000;
/// Time after which a typing signal is forgotten, in milliseconds.
pub const TYPING_EXPIRES_MS: u32 = 6_000;
/// Largest file that may be uploaded, in bytes: what every system shows as 50 MB passes.
pub const UPLOAD_BYTES: u64 = 50 * 1024 * 1024;
/// Most files with one message.
pub const ATTACHMENTS_PER_MESSAGE: u32 = 10;
/// Longest voice note, in milliseconds.
pub const VOICE_MS: u32 = 5 * 60 * 1000;
/// Time within which a message may be changed or deleted, in milliseconds.
pub const EDIT_MS: u32 = 5 * 60 * 1000;
/// Most attachments that one `link_attachments` may ask for.
pub const LINKS_AT_ONCE: usize = 50;
/// How long the server remembers the answer to a command, in milliseconds.
pub const ANSWER_KEPT_MS: i64 = 7 * 24 * 3600 * 1000;

/// Limits as the server states them in `ready` and in `GET /v1/meta`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limits {
    /// Longest text of a message, in Unicode scalar values.
    pub text_scalars: u32,
    /// Largest frame a client may send, in bytes.
    pub client_frame_bytes: u32,
    /// Largest page of messages or conversations.
    pub page_rows: u32,
    /// Largest file that may be uploaded, in bytes; where the backend takes files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload_bytes: Option<u64>,
    /// Most files with one message; where the backend takes files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments_per_message: Option<u32>,
    /// Longest voice note, in milliseconds; where the backend takes voice notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_ms: Option<u32>,
    /// Time within which authors may change or delete what they posted, in milliseconds; where
    /// the backend lets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit_ms: Option<u32>,
}

wire!(Limits {
    text_scalars,
    client_frame_bytes,
    page_rows,
    upload_bytes,
    attachments_per_message,
    voice_ms,
    edit_ms
});

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_scalars: TEXT_SCALARS,
            client_frame_bytes: CLIENT_FRAME_BYTES,
            page_rows: PAGE_ROWS,
            upload_bytes: Some(UPLOAD_BYTES),
            attachments_per_message: Some(ATTACHMENTS_PER_MESSAGE),
            voice_ms: Some(VOICE_MS),
            edit_ms: Some(EDIT_MS),
        }
    }
}
