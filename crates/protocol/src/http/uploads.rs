//! `POST /v1/uploads`, then `PUT` of the bytes: how a file comes to the backend.
//!
//! Two steps, so that any storage can stand behind them: the first says who uploads what and
//! answers with an address, the second sends the raw bytes there. A visitor's token travels in
//! the `Authorization` header of the first, never in an address; the address of the second is
//! signed and runs out.

use serde::{Deserialize, Serialize};

use super::Endpoint;
use crate::attachment::{Attachment, VoiceNote};
use crate::ids::{AttachmentId, ClientId, ConversationId};
use crate::json;
use crate::time::Timestamp;

open_enum!(
    /// Which messages an upload is for.
    UploadPurpose {
        /// One that both sides see.
        Reply = "reply",
        /// A private note; agents only.
        Note = "note",
    }
);

/// Body of `POST /v1/uploads`. A repeat with the same `client_id` names the same attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadRequest {
    /// The upload's own name, drawn like that of a command.
    pub client_id: ClientId,
    /// The file's name.
    pub name: String,
    /// What the client takes it for; may be empty.
    pub media_type: String,
    /// Its size in bytes: 1 to `limits.upload_bytes`.
    pub size: u64,
    /// Where it is for. A visitor may leave it out; an agent may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// Which messages it is for; replies unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<UploadPurpose>,
    /// For a voice note: what the recorder knows of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceNote>,
}

wire!(UploadRequest {
    client_id,
    name,
    media_type,
    size,
    conversation,
    purpose,
    voice
});

impl UploadRequest {
    /// The body.
    pub fn to_json(&self) -> String {
        json::to_string(self)
    }

    /// Reads a body; nothing when it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        json::from_str(text)
    }
}

impl Endpoint for UploadRequest {
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/v1/uploads";
}

/// Answer of `POST /v1/uploads`: where the bytes go, by `PUT`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadTicket {
    /// The attachment's name, for `post_message`.
    pub attachment: AttachmentId,
    /// Where the bytes go. An address, or a path below the backend's base address. Needs no
    /// other header than the body's own.
    pub url: String,
    /// When that stops working; ask again for another.
    pub expires_at: Timestamp,
    /// The attachment, when its bytes are there already: nothing is to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Attachment>,
}

wire!(UploadTicket {
    attachment,
    url,
    expires_at,
    finished
});

impl UploadTicket {
    /// Reads a body; nothing when it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        json::from_str(text)
    }
}

impl Attachment {
    /// Reads the answer of the `PUT`; nothing when it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::AttachmentKind;

    #[test]
    fn bodies_read_and_write_as_serde_does() {
        let voice = VoiceNote {
            duration_ms: 4_200,
            waveform: "0379".to_owned(),
        };
        let request = UploadRequest {
            client_id: ClientId::from_bits(7),
            name: "\"a\"\u{202e}.webm".to_owned(),
            media_type: "audio/webm;codecs=opus".to_owned(),
            size: 52_428_800,
            conversation: ConversationId::parse("c1"),
            purpose: Some(UploadPurpose::Note),
            voice: Some(voice.clone()),
        };
        let text = request.to_json();
        assert_eq!(serde_json::from_str(&text).ok(), Some(request.clone()));
        assert_eq!(UploadRequest::from_json(&text), Some(request));

        let attachment = Attachment {
            id: AttachmentId::parse("f1").expect("an id"),
            name: "note.webm".to_owned(),
            kind: AttachmentKind::Voice,
            media_type: "audio/webm".to_owned(),
            size: 9,
            width: None,
            height: None,
            voice: Some(voice),
        };
        let text = serde_json::to_string(&attachment).expect("JSON");
        assert_eq!(Attachment::from_json(&text), Some(attachment.clone()));
        let ticket = UploadTicket {
            attachment: attachment.id.clone(),
            url: "/v1/uploads/f1".to_owned(),
            expires_at: Timestamp(1_700_000_000_000),
            finished: Some(attachment),
        };
        let text = serde_json::to_string(&ticket).expect("JSON");
        assert_eq!(UploadTicket::from_json(&text), Some(ticket));
    }

    #[test]
    fn a_waveform_is_digits_and_not_too_many() {
        let note = |waveform: &str| VoiceNote {
            duration_ms: 1,
            waveform: waveform.to_owned(),
        };
        assert!(note("").is_well_formed());
        assert!(note(&"9".repeat(100)).is_well_formed());
        assert!(!note(&"9".repeat(101)).is_well_formed());
        assert!(!note("1a").is_well_formed());
    }
}
