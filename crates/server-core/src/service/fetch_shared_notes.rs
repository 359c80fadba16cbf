//! An agent looks at earlier versions of the shared notes.

use protocol::agent::{FetchSharedNotes, MOST_VERSIONS, SharedNotesFetched};
use protocol::ids::AgentId;

use super::Service;
use crate::error::Error;
use crate::ports::storage::Stored;
use crate::rules::access::{self, Reader};
use crate::rules::view::View;

impl Service {
    /// The versions that history keeps, the newest first.
    pub fn fetch_shared_notes(
        &self,
        agent: &AgentId,
        query: &FetchSharedNotes,
    ) -> Result<SharedNotesFetched, Error> {
        let limit = query.limit.clamp(1, MOST_VERSIONS);
        let (reader, id) = (Reader::Agent(agent), &query.conversation);
        self.look(|reading| {
            access::conversation(reading, reader, id)?;
            let view = View::new(reading, reader);
            // One more than asked for tells whether there are earlier ones.
            let mut found = reading.shared_notes_history(id, query.before, limit + 1)?;
            let has_more_before = found.len() > limit as usize;
            found.truncate(limit as usize);
            let versions = found.into_iter().map(|it| view.version(it));
            Ok(SharedNotesFetched {
                reference: query.reference,
                conversation: id.clone(),
                versions: versions.collect::<Stored<_>>()?,
                has_more_before,
            })
        })
    }
}
