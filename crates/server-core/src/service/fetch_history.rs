//! An agent looks up what a message or a note said before its author changed it.

use protocol::agent::{EarlierText, FetchHistory, HistoryFetched};
use protocol::error::ErrorCode;
use protocol::ids::AgentId;

use super::Service;
use crate::error::Error;
use crate::rules::access::{self, Reader};

impl Service {
    /// The earlier texts of a message, deleted ones too, the oldest first. There is no such use
    /// case for visitors.
    pub fn fetch_history(
        &self,
        agent: &AgentId,
        query: &FetchHistory,
    ) -> Result<HistoryFetched, Error> {
        self.look(|reading| {
            let place = &query.conversation;
            access::conversation(reading, Reader::Agent(agent), place)?;
            let found = reading.message(&query.message)?;
            if found.is_none_or(|message| message.conversation != *place) {
                return Err(ErrorCode::NotFound.into());
            }
            let texts = reading.earlier_texts(&query.message)?;
            let texts = texts.into_iter().map(|earlier| EarlierText {
                text: earlier.text,
                written_at: earlier.written_at,
            });
            Ok(HistoryFetched {
                reference: query.reference,
                texts: texts.collect(),
            })
        })
    }
}
