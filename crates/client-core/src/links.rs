//! Where the bytes of attachments are: addresses that run out, asked for in time for what is on
//! screen.
//!
//! Invariants: an address is never stored and never outlives the one who was given it; what has
//! none is not asked for twice on one connection.

use protocol::attachment::AttachmentLink;
use protocol::ids::AttachmentId;
use protocol::limits::LINKS_AT_ONCE;
use protocol::time::Timestamp;

/// How long before its end an address is replaced.
const EARLY_MS: i64 = 60_000;

#[derive(Debug)]
struct Known {
    attachment: AttachmentId,
    /// Absent for what the server gave no address.
    link: Option<AttachmentLink>,
}

/// All addresses that are known.
#[derive(Debug, Default)]
pub(crate) struct Links {
    known: Vec<Known>,
    /// Asked for, without an answer.
    asked: Vec<AttachmentId>,
}

impl Links {
    /// An attachment's address, perhaps one that has run out.
    pub(crate) fn get(&self, attachment: &AttachmentId) -> Option<&AttachmentLink> {
        self.find(attachment)?.link.as_ref()
    }

    fn find(&self, attachment: &AttachmentId) -> Option<&Known> {
        self.known
            .iter()
            .find(|known| known.attachment == *attachment)
    }

    /// When an attachment has to be asked for; nothing when it has not.
    pub(crate) fn due(&self, attachment: &AttachmentId) -> Option<Timestamp> {
        match self.find(attachment) {
            None => Some(Timestamp::default()),
            Some(known) => Some(known.link.as_ref()?.expires_at.plus(-EARLY_MS)),
        }
    }

    /// Whether an answer is on its way.
    pub(crate) fn is_asking(&self) -> bool {
        !self.asked.is_empty()
    }

    /// These are asked for now; a question has room for so many.
    pub(crate) fn ask(&mut self, mut wanted: Vec<AttachmentId>) -> Vec<AttachmentId> {
        wanted.truncate(LINKS_AT_ONCE);
        self.asked.clone_from(&wanted);
        wanted
    }

    /// The answer. What has no address now has none.
    pub(crate) fn answered(&mut self, links: Vec<AttachmentLink>) {
        let asked = std::mem::take(&mut self.asked);
        self.known
            .retain(|known| !asked.contains(&known.attachment));
        for attachment in asked {
            self.known.push(Known {
                attachment,
                link: None,
            });
        }
        for link in links {
            for known in &mut self.known {
                if known.attachment == link.attachment {
                    known.link = Some(link);
                    break;
                }
            }
        }
    }

    /// No answer will come.
    pub(crate) fn lost(&mut self) {
        self.asked.clear();
        // Perhaps it was only not there yet.
        self.known.retain(|known| known.link.is_some());
    }

    /// Somebody else is here now.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}
