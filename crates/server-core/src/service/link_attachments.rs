//! Somebody wants the bytes of attachments: those they may have are named.

use protocol::attachment::LinkAttachments;
use protocol::ids::AttachmentId;
use protocol::limits::LINKS_AT_ONCE;

use super::Service;
use super::once::bad_frame;
use crate::domain::Principal;
use crate::error::Error;
use crate::rules::attaching;

/// An attachment whose bytes the asker may have. The carrier makes the links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linkable {
    /// Which one.
    pub attachment: AttachmentId,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
}

impl Service {
    /// Those of the attachments that this person may have, in the order asked.
    pub fn link_attachments(
        &self,
        who: &Principal,
        query: &LinkAttachments,
    ) -> Result<Vec<Linkable>, Error> {
        if query.attachments.len() > LINKS_AT_ONCE {
            return Err(bad_frame("too many attachments at once"));
        }
        self.look(|reading| {
            let mut found = Vec::with_capacity(query.attachments.len());
            for id in &query.attachments {
                if let Some(record) = attaching::visible(reading, who.into(), id)? {
                    let file = record.file.as_ref();
                    found.push(Linkable {
                        has_thumbnail: file.is_some_and(|file| file.thumbnail.is_some()),
                        attachment: record.id,
                    });
                }
            }
            Ok(found)
        })
    }
}
