//! The files of a conversation, once somebody has looked at them: a list of its own, because
//! messages are held only as far back as somebody has read.

use protocol::agent::{FilesListed, SharedFile};
use protocol::ids::MessageId;
use protocol::seq::Position;

/// Files, those of the newest message first.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub(crate) list: Vec<SharedFile>,
    /// The beginning of the list has come.
    pub(crate) loaded: bool,
    pub(crate) has_more: bool,
    /// A page is to be asked for.
    pub(crate) wanted: bool,
}

impl Files {
    /// A list that asks for its beginning.
    pub(crate) fn begin() -> Self {
        Self {
            wanted: true,
            ..Self::default()
        }
    }

    /// The place before which the wanted ones lie.
    pub(crate) fn before(&self) -> Option<Position> {
        let oldest = self.list.last().filter(|_| self.loaded);
        oldest.map(|file| file.position)
    }

    /// The answer to what was asked with this `before`.
    pub(crate) fn listed(&mut self, before: Option<Position>, listed: FilesListed) {
        if !self.loaded && before.is_none() {
            // What was posted since it was asked for is newer than all that comes.
            let newest = listed.files.first().map(|file| file.position);
            self.list.retain(|file| Some(file.position) > newest);
        }
        self.list.extend(listed.files);
        self.loaded = true;
        self.has_more = listed.has_more_before;
        self.wanted = false;
    }

    /// A message was told of; these are its files now.
    pub(crate) fn posted(&mut self, message: &MessageId, at: Position, files: Vec<SharedFile>) {
        self.list.retain(|file| file.message != *message);
        let oldest = self.list.last().map(|file| file.position);
        // Older than what is here: it comes with its page.
        if self.has_more && oldest.is_some_and(|oldest| at < oldest) {
            return;
        }
        let place = self.list.partition_point(|file| file.position > at);
        self.list.splice(place..place, files);
    }
}
