//! All bytes of a file are there, and somebody wants to have them.

use protocol::attachment::Attachment;
use protocol::error::ErrorCode;
use protocol::ids::AttachmentId;

use super::Service;
use crate::domain::{AttachmentRecord, BlobKey, FileFacts};
use crate::error::{Error, StorageError};

impl Service {
    /// Takes the bytes for the attachment's. When others were there before, those stay: then the
    /// new ones belong to nobody, and the caller deletes them.
    pub fn finish_upload(&self, id: &AttachmentId, file: &FileFacts) -> Result<Attachment, Error> {
        self.change(|change| {
            let mut record = change.tx.attachment(id)?.ok_or(ErrorCode::NotFound)?;
            if record.file.is_none() {
                record.file = Some(file.clone());
                change.tx.put_attachment(&record)?;
                change.tx.remove_loose_blob(&file.blob)?;
            }
            let finished = record.to_wire();
            finished.ok_or_else(|| StorageError::Other("a file without facts".to_owned()).into())
        })
    }

    /// Whether the bytes under a key are an attachment's.
    pub fn is_blob_of(&self, id: &AttachmentId, blob: &BlobKey) -> Result<bool, Error> {
        let found = self.look(|reading| Ok(reading.attachment(id)?))?;
        let file = found.and_then(|record| record.file);
        Ok(file.is_some_and(|file| file.blob == *blob))
    }

    /// The bytes under these keys were deleted.
    pub fn forget_blobs(&self, blobs: &[BlobKey]) -> Result<(), Error> {
        self.change(|change| {
            for blob in blobs {
                change.tx.remove_loose_blob(blob)?;
            }
            Ok(())
        })
    }

    /// An attachment whose bytes are there. Whoever asks has shown a link that was given to
    /// somebody who may.
    pub fn file(&self, id: &AttachmentId) -> Result<(AttachmentRecord, FileFacts), Error> {
        let found = self.look(|reading| Ok(reading.attachment(id)?))?;
        let record = found.ok_or(ErrorCode::NotFound)?;
        match record.file.clone() {
            Some(file) => Ok((record, file)),
            None => Err(ErrorCode::NotFound.into()),
        }
    }
}
