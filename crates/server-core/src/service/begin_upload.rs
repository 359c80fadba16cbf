//! Somebody announces a file, and later its bytes begin to come.
//!
//! Invariant: the same upload always has the same attachment, however often it is announced.

use protocol::attachment::Attachment;
use protocol::error::ErrorCode;
use protocol::http::{UploadPurpose, UploadRequest};
use protocol::ids::{AttachmentId, ChannelId, ClientId, ConversationId};

use super::Service;
use super::once::bad_frame;
use crate::domain::{AttachmentRecord, Audience, BlobKey, Uploader, file_name};
use crate::error::{Error, StorageError};
use crate::ports::storage::Reading;
use crate::rules::access::{self, Reader};
use crate::rules::change::Change;

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Longest media type that is kept, in bytes.
const LONGEST_TYPE: usize = 127;

/// What an announced upload is called, and whether its bytes are there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadBegun {
    /// The attachment's name.
    pub attachment: AttachmentId,
    /// The attachment, when nothing is left to be sent.
    pub finished: Option<Attachment>,
}

/// How bytes that come now are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadOpened {
    /// They are awaited.
    Awaited {
        /// Where to put them.
        blob: BlobKey,
        /// What was announced.
        announced: Box<AttachmentRecord>,
    },
    /// They are there already.
    Finished(Attachment),
}

impl Service {
    /// Passes when a page of this origin may upload for a channel's visitors.
    pub fn check_page(&self, channel: &ChannelId, origin: Option<&str>) -> Result<(), Error> {
        let found = self.look(|reading| Ok(reading.channel(channel)?))?;
        let channel = found.ok_or(ErrorCode::Unauthenticated)?;
        match origin {
            Some(origin) if !channel.admits(origin) => Err(ErrorCode::OriginRefused.into()),
            _ => Ok(()),
        }
    }

    /// Whether pages of this origin may use any channel at all.
    pub fn admits_anywhere(&self, origin: &str) -> Result<bool, Error> {
        let channels = self.look(|reading| Ok(reading.channels()?))?;
        Ok(channels.iter().any(|channel| channel.admits(origin)))
    }

    /// Takes note of a file that is about to come.
    pub fn begin_upload(
        &self,
        who: &Uploader,
        request: &UploadRequest,
    ) -> Result<UploadBegun, Error> {
        let asked = self.asked(who, request)?;
        let known = self.look(|reading| Ok(reading.upload(who, &request.client_id)?))?;
        if let Some(known) = known {
            return repeat(&known, &asked);
        }
        if let Uploader::Visitor(_) = who {
            self.commands.admit(&who.key(), self.ports.clock.now())?;
        }
        self.change(|change| {
            if let Some(known) = change.tx.upload(who, &request.client_id)? {
                return repeat(&known, &asked);
            }
            let conversation = place(change.reading(), who, request)?;
            self.check_quota(change, &asked, conversation.as_ref())?;
            let id = AttachmentId::parse(&change.name());
            let id = id.ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?;
            change.tx.put_attachment(&AttachmentRecord {
                id: id.clone(),
                conversation,
                created_at: change.now,
                ..asked
            })?;
            Ok(UploadBegun {
                attachment: id,
                finished: None,
            })
        })
    }

    /// Checks what is asked for, and puts it into the words of storage.
    fn asked(&self, who: &Uploader, request: &UploadRequest) -> Result<AttachmentRecord, Error> {
        let limits = &self.settings.limits;
        if request.size == 0 {
            return Err(ErrorCode::UploadEmpty.into());
        }
        if request.size > limits.upload_bytes.unwrap_or(u64::MAX) {
            return Err(ErrorCode::UploadTooLarge.into());
        }
        if let Some(voice) = &request.voice {
            if !voice.is_well_formed() {
                return Err(bad_frame("the waveform is none"));
            }
            if voice.duration_ms > limits.voice_ms.unwrap_or(u32::MAX) {
                return Err(ErrorCode::VoiceTooLong.into());
            }
        }
        let audience = match (who, request.purpose.unwrap_or(UploadPurpose::Reply)) {
            (_, UploadPurpose::Reply) => Audience::All,
            (Uploader::Agent(_), UploadPurpose::Note) => Audience::Agents,
            (Uploader::Visitor(_), UploadPurpose::Note) => {
                return Err(ErrorCode::Forbidden.into());
            }
            (_, UploadPurpose::Unknown) => return Err(bad_frame("the purpose is not known here")),
        };
        let declared = request.media_type.trim().to_ascii_lowercase();
        Ok(AttachmentRecord {
            // Replaced by a name of its own when it is new.
            id: nameless(&request.client_id)?,
            uploader: who.clone(),
            client_id: request.client_id.clone(),
            conversation: request.conversation.clone(),
            audience,
            name: file_name::clean(&request.name),
            declared_type: match declared.len() <= LONGEST_TYPE {
                true => declared,
                false => String::new(),
            },
            size: request.size,
            voice: request.voice.clone(),
            created_at: self.ports.clock.now(),
            file: None,
            message: None,
        })
    }

    fn check_quota(
        &self,
        change: &Change<'_>,
        asked: &AttachmentRecord,
        conversation: Option<&ConversationId>,
    ) -> Result<(), Error> {
        let settings = &self.settings.uploads;
        let AttachmentRecord { uploader, size, .. } = asked;
        if let Some(conversation) = conversation {
            // Counted for each audience by itself: a full measure must not tell of private notes.
            let used = change.tx.uploaded_to(conversation, asked.audience)?;
            if used.saturating_add(*size) > settings.conversation_bytes {
                return Err(ErrorCode::QuotaExceeded.into());
            }
        }
        let most = match uploader {
            Uploader::Visitor(_) => settings.visitor_bytes_a_day,
            Uploader::Agent(_) => settings.agent_bytes_a_day,
        };
        let used = change.tx.uploaded_by(uploader, change.now.plus(-DAY_MS))?;
        if used.saturating_add(*size) > most {
            return Err(ErrorCode::QuotaExceeded.into());
        }
        Ok(())
    }

    /// Bytes of an attachment are about to come. What is put under the blob's key is deleted
    /// again, unless [`Service::finish_upload`] is told of it.
    pub fn open_upload(&self, id: &AttachmentId) -> Result<UploadOpened, Error> {
        self.change(|change| {
            let announced = change.tx.attachment(id)?.ok_or(ErrorCode::NotFound)?;
            if let Some(finished) = announced.to_wire() {
                return Ok(UploadOpened::Finished(finished));
            }
            let blob = BlobKey(change.name());
            change.tx.put_loose_blob(&blob, change.now)?;
            Ok(UploadOpened::Awaited {
                blob,
                announced: Box::new(announced),
            })
        })
    }
}

/// The command's name as an id, for a record that is only compared.
fn nameless(client_id: &ClientId) -> Result<AttachmentId, Error> {
    let id = AttachmentId::parse(client_id.as_str());
    id.ok_or_else(|| bad_frame("the client id is none"))
}

/// Where a file is for.
fn place(
    reading: &dyn Reading,
    who: &Uploader,
    request: &UploadRequest,
) -> Result<Option<ConversationId>, Error> {
    let reader = match who {
        Uploader::Visitor(contact) => Reader::Visitor(contact),
        Uploader::Agent(agent) => Reader::Agent(agent),
    };
    match (&request.conversation, who) {
        (Some(id), _) => Ok(Some(access::conversation(reading, reader, id)?.id)),
        (None, Uploader::Visitor(contact)) => {
            let own = reading.conversations_of_contact(contact)?;
            Ok(own.into_iter().next().map(|record| record.id))
        }
        (None, Uploader::Agent(_)) => Err(bad_frame("an agent's file names its conversation")),
    }
}

/// The conversation is not compared: a client may have learnt its id since it first asked.
fn repeat(known: &AttachmentRecord, asked: &AttachmentRecord) -> Result<UploadBegun, Error> {
    let is_same = known.name == asked.name
        && known.declared_type == asked.declared_type
        && known.size == asked.size
        && known.audience == asked.audience
        && known.voice == asked.voice;
    if !is_same {
        return Err(ErrorCode::IdempotencyMismatch.into());
    }
    Ok(UploadBegun {
        attachment: known.id.clone(),
        finished: known.to_wire(),
    })
}
