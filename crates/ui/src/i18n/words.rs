//! From codes to the names of their texts: the only place that knows which sentence goes with
//! which error, state or event. A value of a later version gets a general sentence.

use client_core::view::DeliveryState;
use protocol::attachment::AttachmentKind;
use protocol::author::{Author, AuthorRole};
use protocol::error::ErrorCode;
use protocol::message::SystemEventKind;

use super::catalogue::Catalogue;
use super::keys::Key;

/// The sentence that says what was refused and what to do about it.
pub fn error_sentence(code: ErrorCode) -> Key {
    match code {
        ErrorCode::BadFrame => Key::COMMON_ERROR_BAD_FRAME,
        ErrorCode::UnknownFrame => Key::COMMON_ERROR_UNKNOWN_FRAME,
        ErrorCode::FrameTooBig => Key::COMMON_ERROR_FRAME_TOO_BIG,
        ErrorCode::VersionUnsupported => Key::COMMON_ERROR_VERSION_UNSUPPORTED,
        ErrorCode::Unauthenticated => Key::COMMON_ERROR_UNAUTHENTICATED,
        ErrorCode::Expired => Key::COMMON_ERROR_EXPIRED,
        ErrorCode::ChatbotOver => Key::COMMON_ERROR_CHATBOT_OVER,
        ErrorCode::NoSuchAnswer => Key::COMMON_ERROR_NO_SUCH_ANSWER,
        ErrorCode::FormInvalid => Key::COMMON_ERROR_FORM_INVALID,
        ErrorCode::OriginRefused => Key::COMMON_ERROR_ORIGIN_REFUSED,
        ErrorCode::UnknownSite => Key::COMMON_ERROR_UNKNOWN_SITE,
        ErrorCode::Forbidden => Key::COMMON_ERROR_FORBIDDEN,
        ErrorCode::NotFound => Key::COMMON_ERROR_NOT_FOUND,
        ErrorCode::TextTooLong => Key::COMMON_ERROR_TEXT_TOO_LONG,
        ErrorCode::TextEmpty => Key::COMMON_ERROR_TEXT_EMPTY,
        ErrorCode::UploadTooLarge => Key::COMMON_ERROR_UPLOAD_TOO_LARGE,
        ErrorCode::UploadEmpty => Key::COMMON_ERROR_UPLOAD_EMPTY,
        ErrorCode::UploadIncomplete => Key::COMMON_ERROR_UPLOAD_INCOMPLETE,
        ErrorCode::UploadMismatch => Key::COMMON_ERROR_UPLOAD_MISMATCH,
        ErrorCode::QuotaExceeded => Key::COMMON_ERROR_QUOTA_EXCEEDED,
        ErrorCode::UnknownAttachment => Key::COMMON_ERROR_UNKNOWN_ATTACHMENT,
        ErrorCode::TooManyAttachments => Key::COMMON_ERROR_TOO_MANY_ATTACHMENTS,
        ErrorCode::VoiceTooLong => Key::COMMON_ERROR_VOICE_TOO_LONG,
        ErrorCode::LinkExpired => Key::COMMON_ERROR_LINK_EXPIRED,
        ErrorCode::EditTooLate => Key::COMMON_ERROR_EDIT_TOO_LATE,
        ErrorCode::IdempotencyMismatch => Key::COMMON_ERROR_IDEMPOTENCY_MISMATCH,
        ErrorCode::RateLimited => Key::COMMON_ERROR_RATE_LIMITED,
        ErrorCode::StorageFull => Key::COMMON_ERROR_STORAGE_FULL,
        ErrorCode::Unavailable => Key::COMMON_ERROR_UNAVAILABLE,
        ErrorCode::Internal => Key::COMMON_ERROR_INTERNAL,
        #[cfg(feature = "agent")]
        ErrorCode::WrongCredentials => Key::AGENT_ERROR_WRONG_CREDENTIALS,
        #[cfg(feature = "agent")]
        ErrorCode::TooManyAttempts => Key::AGENT_ERROR_TOO_MANY_ATTEMPTS,
        #[cfg(feature = "agent")]
        ErrorCode::AlreadyTaken => Key::AGENT_ERROR_ALREADY_TAKEN,
        #[cfg(feature = "agent")]
        ErrorCode::OfferOver => Key::AGENT_ERROR_OFFER_OVER,
        #[cfg(feature = "agent")]
        ErrorCode::NotNow => Key::AGENT_ERROR_NOT_NOW,
        // What visitors are never told has no sentence for them.
        #[cfg(not(feature = "agent"))]
        ErrorCode::WrongCredentials
        | ErrorCode::TooManyAttempts
        | ErrorCode::AlreadyTaken
        | ErrorCode::OfferOver
        | ErrorCode::NotNow => Key::COMMON_ERROR_UNKNOWN,
        ErrorCode::Unknown => Key::COMMON_ERROR_UNKNOWN,
    }
}

/// The word for how far a message got.
pub fn delivery_word(state: DeliveryState) -> Key {
    match state {
        DeliveryState::Queued => Key::COMMON_DELIVERY_QUEUED,
        DeliveryState::Uploading => Key::COMMON_DELIVERY_UPLOADING,
        DeliveryState::Sending => Key::COMMON_DELIVERY_SENDING,
        DeliveryState::Sent => Key::COMMON_DELIVERY_SENT,
        DeliveryState::Delivered => Key::COMMON_DELIVERY_DELIVERED,
        DeliveryState::Read => Key::COMMON_DELIVERY_READ,
        DeliveryState::Failed => Key::COMMON_DELIVERY_FAILED,
    }
}

/// The beginning of a message that came with a file: what that is, and the words or its name.
pub fn with_attachment(texts: &Catalogue, kind: AttachmentKind, text: &str) -> String {
    let kind = texts.text(match kind {
        AttachmentKind::Image => Key::COMMON_ATTACHMENT_IMAGE,
        AttachmentKind::Audio => Key::COMMON_ATTACHMENT_AUDIO,
        AttachmentKind::Video => Key::COMMON_ATTACHMENT_VIDEO,
        AttachmentKind::Voice => Key::COMMON_ATTACHMENT_VOICE,
        _ => Key::COMMON_ATTACHMENT_FILE,
    });
    if text.is_empty() {
        return kind;
    }
    texts.text_with(
        Key::COMMON_ATTACHMENT_TOLD,
        &[("kind", &kind), ("text", text)],
    )
}

/// The sentence of a system message; the agent's name goes into `{name}`.
pub fn system_sentence(kind: SystemEventKind) -> Key {
    match kind {
        SystemEventKind::ConversationStarted => Key::COMMON_SYSTEM_CONVERSATION_STARTED,
        SystemEventKind::AgentJoined => Key::COMMON_SYSTEM_AGENT_JOINED,
        SystemEventKind::AgentLeft => Key::COMMON_SYSTEM_AGENT_LEFT,
        SystemEventKind::ConversationTaken => Key::AGENT_SYSTEM_CONVERSATION_TAKEN,
        SystemEventKind::SessionEnded => Key::COMMON_SYSTEM_SESSION_ENDED,
        SystemEventKind::Unknown => Key::COMMON_SYSTEM_UNKNOWN,
    }
}

/// The name to show for a writer; their part where they have told none.
pub fn author_name(catalogue: &Catalogue, author: &Author) -> String {
    match (&author.name, author.role) {
        (Some(name), _) if !name.trim().is_empty() => name.clone(),
        (_, AuthorRole::Visitor) => catalogue.text(Key::COMMON_AUTHOR_VISITOR),
        (_, AuthorRole::Automated) => catalogue.text(Key::COMMON_AUTHOR_AUTOMATED),
        _ => catalogue.text(Key::COMMON_AUTHOR_AGENT),
    }
}
