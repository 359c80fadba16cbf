//! Why something was refused, and why a socket was closed.
//!
//! Codes are stable and open; sentences live in the catalogues of the clients.

use serde::{Deserialize, Serialize};

use crate::form::FieldFault;
use crate::session::SessionRefusal;

open_enum!(
    /// A stable reason. Clients turn it into a sentence.
    ErrorCode {
        /// The frame is not JSON, or a field is missing or of the wrong form.
        BadFrame = "bad_frame",
        /// The frame's `type` is not known here.
        UnknownFrame = "unknown_frame",
        /// The frame is larger than `limits.client_frame_bytes`.
        FrameTooBig = "frame_too_big",
        /// The protocol version is not served here.
        VersionUnsupported = "version_unsupported",
        /// Nobody is signed in, or the token is not ours.
        Unauthenticated = "unauthenticated",
        /// The sign-in or token has run out.
        Expired = "expired",
        /// E-mail and password do not belong together.
        WrongCredentials = "wrong_credentials",
        /// Too many wrong passwords; wait for `retry_after_ms`.
        TooManyAttempts = "too_many_attempts",
        /// The page's origin may not use this backend or channel.
        OriginRefused = "origin_refused",
        /// The site key names no channel.
        UnknownSite = "unknown_site",
        /// This is somebody else's, or needs a permission.
        Forbidden = "forbidden",
        /// There is no such thing (any more).
        NotFound = "not_found",
        /// The text has more than `limits.text_scalars` characters.
        TextTooLong = "text_too_long",
        /// The text is empty.
        TextEmpty = "text_empty",
        /// Another agent owns the conversation.
        AlreadyTaken = "already_taken",
        /// The session does not stand so that this could be done; `session` says how it stands.
        NotNow = "not_now",
        /// The offer is no longer open.
        OfferOver = "offer_over",
        /// The chatbot does not ask this any more, or cannot begin again: it was answered
        /// elsewhere, or an agent was looked for.
        ChatbotOver = "chatbot_over",
        /// The question has no such button.
        NoSuchAnswer = "no_such_answer",
        /// Fields of the form are not right; `faults` says which.
        FormInvalid = "form_invalid",
        /// The file has more than `limits.upload_bytes` bytes.
        UploadTooLarge = "upload_too_large",
        /// The file has no bytes.
        UploadEmpty = "upload_empty",
        /// The connection ended before all bytes were there.
        UploadIncomplete = "upload_incomplete",
        /// What came is longer or shorter than what was announced: the file has changed.
        UploadMismatch = "upload_mismatch",
        /// No more files may be uploaded by this person, or for this conversation, for now.
        QuotaExceeded = "quota_exceeded",
        /// A file of the message is not there (any more), is not finished, is somebody else's, or
        /// was posted before.
        UnknownAttachment = "unknown_attachment",
        /// More files than `limits.attachments_per_message`.
        TooManyAttachments = "too_many_attachments",
        /// The voice note is longer than `limits.voice_ms`.
        VoiceTooLong = "voice_too_long",
        /// The address of a file, or for one, has run out; ask for another.
        LinkExpired = "link_expired",
        /// The message was posted longer ago than `limits.edit_ms`: it stays as it is.
        EditTooLate = "edit_too_late",
        /// The client id was used for another command before.
        IdempotencyMismatch = "idempotency_mismatch",
        /// Too many commands; wait for `retry_after_ms`.
        RateLimited = "rate_limited",
        /// The server cannot store anything at the moment.
        StorageFull = "storage_full",
        /// The server is busy or stopping.
        Unavailable = "unavailable",
        /// A fault in the server.
        Internal = "internal",
    }
);

impl ErrorCode {
    /// Whether the same command may succeed later without being changed.
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::RateLimited
                | Self::UploadIncomplete
                | Self::StorageFull
                | Self::Unavailable
                | Self::Internal
                | Self::TooManyAttempts
        )
    }
}

/// An answer that says no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The reason.
    pub code: ErrorCode,
    /// Whether the same command may succeed later.
    pub retryable: bool,
    /// How long to wait before that, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u32>,
    /// For developers; never shown to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// With `form_invalid`: what is wrong with which field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<Vec<FieldFault>>,
    /// With `not_now`: where the session stands, and what can be done. Only agents are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Box<SessionRefusal>>,
}

wire!(Refusal {
    code,
    retryable,
    retry_after_ms,
    detail,
    faults,
    session,
});

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self {
            code,
            retryable: code.is_retryable(),
            retry_after_ms: None,
            detail: None,
            faults: None,
            session: None,
        }
    }
}

/// What a client does after a socket was closed with a code. Codes this version does not know
/// are judged by their hundreds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterClose {
    /// 4000–4099: the same attempt would fail again; tell the person.
    Stop,
    /// 4100–4199 and network failures: wait, longer each time.
    BackOff,
    /// 4200–4299: connect again at once.
    Now,
}

/// WebSocket close codes of the protocol.
pub mod close {
    use super::AfterClose;

    /// Frames that make no sense.
    pub const BAD_FRAME: u16 = 4000;
    /// No or a foreign token.
    pub const UNAUTHENTICATED: u16 = 4001;
    /// The origin or person may not.
    pub const FORBIDDEN: u16 = 4003;
    /// This protocol version is not served.
    pub const VERSION_UNSUPPORTED: u16 = 4006;
    /// A frame above the limit.
    pub const FRAME_TOO_BIG: u16 = 4013;
    /// Too much load.
    pub const OVERLOADED: u16 = 4100;
    /// Too many frames or sockets.
    pub const RATE_LIMITED: u16 = 4101;
    /// The first frame came too late.
    pub const CONNECT_TIMEOUT: u16 = 4102;
    /// The server stops; another, or the same, will be there soon.
    pub const GOING_AWAY: u16 = 4200;
    /// The client did not read fast enough; it resumes.
    pub const SLOW_CONSUMER: u16 = 4201;

    /// What to do after this code.
    pub fn after(code: u16) -> AfterClose {
        match code {
            4000..=4099 => AfterClose::Stop,
            4200..=4299 => AfterClose::Now,
            _ => AfterClose::BackOff,
        }
    }
}
