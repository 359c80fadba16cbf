//! Somebody scrolls up.

use protocol::agent;
use protocol::ids::AgentId;
use protocol::seq::Position;
use protocol::visitor::{FetchMessages, MessagesFetched};

use super::Service;
use super::open_conversation::page;
use crate::domain::{MessageRecord, Principal};
use crate::error::Error;
use crate::ports::storage::Reading;
use crate::rules::access::{self, Reader};
use crate::rules::view::View;

/// The largest place there can be; anything above asks for the end.
const LARGEST_PLACE: u64 = (1 << 53) - 1;

impl Service {
    /// Messages before a place, the nearest ones.
    pub fn fetch_messages(
        &self,
        who: &Principal,
        query: &FetchMessages,
    ) -> Result<MessagesFetched, Error> {
        self.look(|reading| Ok(self.fetch(reading, who.into(), query)?.0))
    }

    /// The same for an agent, with the notes among them.
    pub fn fetch_messages_for_agent(
        &self,
        agent: &AgentId,
        query: &FetchMessages,
    ) -> Result<agent::MessagesFetched, Error> {
        let reader = Reader::Agent(agent);
        self.look(|reading| {
            let (shared, lines) = self.fetch(reading, reader, query)?;
            let notes = View::new(reading, reader).notes(&lines)?;
            Ok(agent::MessagesFetched::new(shared, Some(notes)))
        })
    }

    fn fetch(
        &self,
        reading: &dyn Reading,
        reader: Reader<'_>,
        query: &FetchMessages,
    ) -> Result<(MessagesFetched, Vec<MessageRecord>), Error> {
        let limit = self.page_rows(query.limit);
        let before = Position(query.before.0.min(LARGEST_PLACE));
        let id = &query.conversation;
        access::conversation(reading, reader, id)?;
        let (lines, has_more_before) = page(reading, reader, id, Some(before), limit)?;
        let fetched = MessagesFetched {
            reference: query.reference,
            conversation: id.clone(),
            messages: View::new(reading, reader).messages(&lines)?,
            has_more_before,
        };
        Ok((fetched, lines))
    }
}
