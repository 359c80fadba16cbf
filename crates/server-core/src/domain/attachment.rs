//! Files as they are stored: who uploaded what, for which eyes, and what its bytes turned out to
//! be. The bytes themselves lie elsewhere, under the record's blob key.
//!
//! Invariant: a record without [`FileFacts`] has no bytes yet; one with a message is shown.

use protocol::attachment::{Attachment, AttachmentKind, VoiceNote};
use protocol::ids::{AgentId, AttachmentId, ClientId, ContactId, ConversationId, MessageId};
use protocol::time::Timestamp;

use super::{Audience, Principal};

/// Who uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uploader {
    /// A visitor, by their contact.
    Visitor(ContactId),
    /// An agent.
    Agent(AgentId),
}

impl Uploader {
    /// The name under which storage keeps them; the same as `Principal::key`.
    pub fn key(&self) -> String {
        match self {
            Self::Visitor(contact) => format!("visitor/{contact}"),
            Self::Agent(agent) => format!("agent/{agent}"),
        }
    }

    /// Reads the name under which storage keeps them.
    pub fn parse(key: &str) -> Option<Self> {
        match key.split_once('/')? {
            ("visitor", id) => ContactId::parse(id).map(Self::Visitor),
            ("agent", id) => AgentId::parse(id).map(Self::Agent),
            _ => None,
        }
    }
}

impl From<&Principal> for Uploader {
    fn from(principal: &Principal) -> Self {
        match principal {
            Principal::Visitor(visitor) => Self::Visitor(visitor.contact.clone()),
            Principal::Agent(agent) => Self::Agent(agent.clone()),
        }
    }
}

/// Where bytes lie in the store: a generated name, never one that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobKey(pub String);

/// What the bytes of a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Where they lie.
    pub blob: BlobKey,
    /// How the file may be shown.
    pub kind: AttachmentKind,
    /// Their media type; `application/octet-stream` for a plain file.
    pub media_type: String,
    /// Width and height of a picture, as it is shown.
    pub dimensions: Option<(u32, u32)>,
    /// Media type of the small picture, where there is one; it lies beside the bytes.
    pub thumbnail: Option<String>,
}

/// A file that is being uploaded, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRecord {
    /// Its name for life.
    pub id: AttachmentId,
    /// Who uploads it.
    pub uploader: Uploader,
    /// The upload's own name, unique for its uploader.
    pub client_id: ClientId,
    /// Where it is for; a visitor's first file belongs nowhere until it is posted.
    pub conversation: Option<ConversationId>,
    /// Who may see it.
    pub audience: Audience,
    /// The file's name, cleaned.
    pub name: String,
    /// What the uploader takes it for.
    pub declared_type: String,
    /// Its size in bytes, as it was announced; what comes has to be exactly as long.
    pub size: u64,
    /// What the recorder of a voice note told.
    pub voice: Option<VoiceNote>,
    /// When it was announced.
    pub created_at: Timestamp,
    /// What its bytes are, once they are there.
    pub file: Option<FileFacts>,
    /// The message it was posted with.
    pub message: Option<MessageId>,
}

impl AttachmentRecord {
    /// In the words of the wire, once its bytes are there.
    pub fn to_wire(&self) -> Option<Attachment> {
        let file = self.file.as_ref()?;
        Some(Attachment {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: file.kind,
            media_type: file.media_type.clone(),
            size: self.size,
            width: file.dimensions.map(|(width, _)| width),
            height: file.dimensions.map(|(_, height)| height),
            voice: match file.kind {
                AttachmentKind::Voice => self.voice.clone(),
                _ => None,
            },
        })
    }
}
