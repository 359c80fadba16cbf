//! Somebody looks at a conversation: its newest messages, and where to go on from.
//!
//! Invariant: the messages, how things stand, and the cursor are of one state, so that following the
//! feed from the cursor neither misses nor repeats anything.

use protocol::agent::{self, OpenedForAgent};
use protocol::feed::Feed;
use protocol::ids::{AgentId, ConversationId};
use protocol::seq::{FeedCursor, Position};
use protocol::visitor::{ConversationOpened, OpenConversation};

use super::Service;
use crate::domain::{AgentRecord, ConversationRecord, MessageRecord, Principal, Scope};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};
use crate::rules::access::{self, Reader};
use crate::rules::expertise;
use crate::rules::mentioning;
use crate::rules::standing;
use crate::rules::view::View;

impl Service {
    /// A fresh copy of the end of a conversation, with the cursor to follow its feed from.
    pub fn open_conversation(
        &self,
        who: &Principal,
        query: &OpenConversation,
    ) -> Result<ConversationOpened, Error> {
        self.look(|reading| Ok(self.copy(reading, who.into(), query)?.opened))
    }

    /// The same for an agent, with what visitors have no word for, and the conversation's row:
    /// their list may not reach that far.
    pub fn open_conversation_for_agent(
        &self,
        agent: &AgentId,
        query: &OpenConversation,
    ) -> Result<agent::ConversationOpened, Error> {
        let reader = Reader::Agent(agent);
        self.look(|reading| {
            let copy = self.copy(reading, reader, query)?;
            let view = View::new(reading, reader);
            let colleagues = access::colleagues(reading, &copy.record)?;
            let own = OpenedForAgent {
                summary: Some(view.summary(&copy.record, agent)?),
                answers: Some(view.answers(&copy.record)?),
                notes: Some(view.notes(&copy.lines)?),
                shared_notes: Some(view.shared_notes(&copy.record.id)?),
                expertise: Some(expertise::shown(reading, &copy.record)?),
                standing: Some(standing::shown(reading, &copy.record, agent)?),
                teams: Some(mentioning::teams(reading, &colleagues)?),
                colleagues: Some(colleagues.iter().map(AgentRecord::to_ref).collect()),
            };
            Ok(agent::ConversationOpened::new(copy.opened, own))
        })
    }

    fn copy(
        &self,
        reading: &dyn Reading,
        reader: Reader<'_>,
        query: &OpenConversation,
    ) -> Result<Copy, Error> {
        let limit = self.page_rows(query.limit);
        let id = &query.conversation;
        let record = access::conversation(reading, reader, id)?;
        let (lines, has_more_before) = page(reading, reader, id, None, limit)?;
        let (feed, state) = match reader {
            Reader::Visitor(_) => {
                let state = View::new(reading, reader).conversation(&record)?;
                (Feed::Visitor(id.clone()), Some(state))
            }
            Reader::Agent(_) => (Feed::Conversation(id.clone()), None),
        };
        let opened = ConversationOpened {
            reference: query.reference,
            conversation: id.clone(),
            messages: View::new(reading, reader).messages(&lines)?,
            has_more_before,
            receipts: record.receipts,
            cursor: self.cursor(reading, feed)?,
            state,
        };
        Ok(Copy {
            opened,
            record,
            lines,
        })
    }

    /// Where a feed ends in this state.
    pub(super) fn cursor(&self, reading: &dyn Reading, feed: Feed) -> Stored<FeedCursor> {
        Ok(FeedCursor {
            seq: reading.feed_state(&feed)?.last,
            epoch: self.epoch.clone(),
            feed,
        })
    }
}

/// What is shown of a conversation, and what it was made from.
struct Copy {
    opened: ConversationOpened,
    record: ConversationRecord,
    lines: Vec<MessageRecord>,
}

/// The newest messages the reader may see before a place, notes among them, and whether there
/// are older ones.
pub(super) fn page(
    reading: &dyn Reading,
    reader: Reader<'_>,
    conversation: &ConversationId,
    before: Option<Position>,
    limit: u32,
) -> Stored<(Vec<MessageRecord>, bool)> {
    let scope = match reader {
        Reader::Visitor(_) => Scope::ForVisitor,
        Reader::Agent(_) => Scope::ForAgents,
    };
    // One more than asked for tells whether there are older ones.
    let mut records = reading.messages(conversation, scope, before, limit + 1)?;
    let has_more_before = records.len() > limit as usize;
    if has_more_before {
        records.remove(0);
    }
    Ok((records, has_more_before))
}
