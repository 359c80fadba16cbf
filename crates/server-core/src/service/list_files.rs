//! An agent looks at all files of a conversation, those of private notes among them.

use protocol::agent::{FilesListed, ListFiles, SharedFile};
use protocol::ids::AgentId;

use super::Service;
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::view::View;

impl Service {
    /// The files of the newest messages that have any. A page counts messages, so that it never
    /// ends in the middle of one.
    pub fn list_files(&self, agent: &AgentId, query: &ListFiles) -> Result<FilesListed, Error> {
        let limit = self.page_rows(query.limit);
        let (reader, id) = (Reader::Agent(agent), &query.conversation);
        self.look(|reading| {
            access::conversation(reading, reader, id)?;
            let view = View::new(reading, reader);
            // One more than asked for tells whether there are earlier ones.
            let mut found = reading.messages_with_files(id, query.before, limit + 1)?;
            let has_more_before = found.len() > limit as usize;
            found.truncate(limit as usize);
            let mut files = Vec::new();
            for record in &found {
                let author = view.author(&record.author)?;
                for attachment in view.attachments(record)? {
                    files.push(SharedFile {
                        attachment,
                        message: record.id.clone(),
                        position: record.position,
                        author: author.clone(),
                        posted_at: record.posted_at,
                        private: record.is_note(),
                    });
                }
            }
            Ok(FilesListed {
                reference: query.reference,
                conversation: id.clone(),
                files,
                has_more_before,
            })
        })
    }
}
