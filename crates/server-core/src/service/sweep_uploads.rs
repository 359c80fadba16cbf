//! Lets go of files that were never posted, and of bytes that belong to nobody.
//!
//! Invariant: bytes are named loose before they are written and until they are an attachment's,
//! and an attachment's before it is forgotten; so a crash leaves none that no sweep finds.

use super::Service;
use crate::domain::BlobKey;
use crate::error::Error;

/// How much one transaction takes on.
const AT_ONCE: u32 = 100;

impl Service {
    /// Forgets attachments that nobody posted in time, and says how many.
    pub fn forget_unposted(&self) -> Result<u64, Error> {
        let mut all = 0;
        loop {
            let removed = self.change(|change| {
                let due = change.now.plus(-self.settings.uploads.unposted_kept_ms);
                let unposted = change.tx.unposted_before(due, AT_ONCE)?;
                for record in &unposted {
                    change.tx.remove_attachment(&record.id)?;
                    if let Some(file) = &record.file {
                        // As old as the upload, so that the next look finds them due.
                        change.tx.put_loose_blob(&file.blob, record.created_at)?;
                    }
                }
                Ok(unposted.len())
            })?;
            all += removed as u64;
            if removed < AT_ONCE as usize {
                return Ok(all);
            }
        }
    }

    /// Bytes that are to be deleted, some at a time; then [`Service::forget_blobs`] is told.
    pub fn loose_blobs(&self) -> Result<Vec<BlobKey>, Error> {
        let due = self.ports.clock.now();
        let due = due.plus(-self.settings.uploads.loose_kept_ms);
        self.look(|reading| Ok(reading.loose_blobs_before(due, AT_ONCE)?))
    }
}
