//! Somebody scrolls up.

use protocol::seq::Position;
use protocol::visitor::{FetchMessages, MessagesFetched};

use super::Service;
use super::open_conversation::page;
use crate::domain::Principal;
use crate::error::Error;
use crate::rules::access;

/// The largest place there can be; anything above asks for the end.
const LARGEST_PLACE: u64 = (1 << 53) - 1;

impl Service {
    /// Messages before a place, the nearest ones.
    pub fn fetch_messages(
        &self,
        who: &Principal,
        query: &FetchMessages,
    ) -> Result<MessagesFetched, Error> {
        let limit = self.page_rows(query.limit);
        let before = Position(query.before.0.min(LARGEST_PLACE));
        let id = &query.conversation;
        self.look(|reading| {
            access::conversation(reading, who.into(), id)?;
            let (messages, has_more_before) = page(reading, who.into(), id, Some(before), limit)?;
            Ok(MessagesFetched {
                reference: query.reference,
                conversation: id.clone(),
                messages,
                has_more_before,
            })
        })
    }
}
