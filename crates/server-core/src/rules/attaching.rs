//! Which files may go with a message, and who may see a file.
//!
//! Invariants: a file goes with one message, posted by whoever uploaded it; a file for agents
//! goes with nothing a visitor sees, and no visitor reaches it.

use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{AttachmentId, ConversationId};

use super::access::{self, Reader};
use super::change::Change;
use crate::domain::{AttachmentRecord, Audience, MessageRecord, Uploader};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};

/// Passes when these files may go with a message for this audience.
pub(crate) fn check(
    reading: &dyn Reading,
    uploader: &Uploader,
    conversation: Option<&ConversationId>,
    audience: Audience,
    attachments: &[AttachmentId],
) -> Result<(), Error> {
    for (place, id) in attachments.iter().enumerate() {
        if attachments[..place].contains(id) {
            return Err(unknown(id, "is named twice"));
        }
        let found = reading.attachment(id)?;
        let Some(record) = found.filter(|record| record.uploader == *uploader) else {
            return Err(unknown(id, "is none of yours"));
        };
        if record.file.is_none() {
            return Err(unknown(id, "is not finished"));
        }
        if record.message.is_some() {
            return Err(unknown(id, "was posted before"));
        }
        let elsewhere = match (&record.conversation, conversation) {
            (Some(meant), Some(here)) => meant != here,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if elsewhere || record.audience != audience {
            return Err(unknown(id, "was uploaded for something else"));
        }
    }
    Ok(())
}

fn unknown(id: &AttachmentId, why: &str) -> Error {
    Refusal {
        detail: Some(format!("{id} {why}")),
        ..ErrorCode::UnknownAttachment.into()
    }
    .into()
}

/// Ties a message's files to it.
pub(crate) fn attach(change: &mut Change<'_>, message: &MessageRecord) -> Stored<()> {
    for id in &message.attachments {
        if let Some(mut record) = change.tx.attachment(id)? {
            record.conversation = Some(message.conversation.clone());
            record.message = Some(message.id.clone());
            change.tx.put_attachment(&record)?;
        }
    }
    Ok(())
}

/// The file, if the reader may have its bytes: it was posted where they may look, or it is their
/// own and waits to be posted.
pub(crate) fn visible(
    reading: &dyn Reading,
    reader: Reader<'_>,
    id: &AttachmentId,
) -> Result<Option<AttachmentRecord>, Error> {
    let Some(record) = reading.attachment(id)?.filter(|it| it.file.is_some()) else {
        return Ok(None);
    };
    if matches!(reader, Reader::Visitor(_)) && record.audience != Audience::All {
        return Ok(None);
    }
    let may = match (&record.message, &record.conversation) {
        (Some(_), Some(conversation)) => {
            match access::conversation(reading, reader, conversation) {
                Ok(_) => true,
                Err(Error::Refused(_)) => false,
                Err(fault) => return Err(fault),
            }
        }
        _ => match (reader, &record.uploader) {
            (Reader::Visitor(reader), Uploader::Visitor(uploader)) => reader == uploader,
            (Reader::Agent(reader), Uploader::Agent(uploader)) => reader == uploader,
            _ => false,
        },
    };
    Ok(may.then_some(record))
}
