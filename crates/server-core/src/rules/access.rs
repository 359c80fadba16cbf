//! Who may reach what: the only place that decides it.
//!
//! A visitor reaches their own conversations, an agent those of the channels they answer in.

use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{AgentId, ContactId, ConversationId};

use crate::domain::{ConversationRecord, Principal};
use crate::error::Error;
use crate::ports::storage::Reading;

/// Whoever reads, without what only matters when they write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reader<'a> {
    Visitor(&'a ContactId),
    Agent(&'a AgentId),
}

impl<'a> From<&'a Principal> for Reader<'a> {
    fn from(principal: &'a Principal) -> Self {
        match principal {
            Principal::Visitor(visitor) => Self::Visitor(&visitor.contact),
            Principal::Agent(agent) => Self::Agent(agent),
        }
    }
}

/// The conversation, if the reader may reach it.
///
/// Visitors are not told that somebody else's conversation exists.
pub(crate) fn conversation(
    reading: &dyn Reading,
    reader: Reader<'_>,
    id: &ConversationId,
) -> Result<ConversationRecord, Error> {
    let record = reading.conversation(id)?.ok_or(ErrorCode::NotFound)?;
    match reader {
        Reader::Visitor(contact) if record.contact == *contact => Ok(record),
        Reader::Visitor(_) => Err(ErrorCode::NotFound.into()),
        Reader::Agent(agent) if reading.answers_in(agent, &record.channel)? => Ok(record),
        Reader::Agent(_) => Err(ErrorCode::Forbidden.into()),
    }
}

/// Passes when the reader may follow the feed.
pub(crate) fn feed(reading: &dyn Reading, reader: Reader<'_>, feed: &Feed) -> Result<(), Error> {
    match (reader, feed) {
        (Reader::Visitor(_), Feed::Visitor(id)) | (Reader::Agent(_), Feed::Conversation(id)) => {
            conversation(reading, reader, id).map(|_| ())
        }
        (Reader::Agent(agent), Feed::Channel(id)) if reading.answers_in(agent, id)? => Ok(()),
        (Reader::Agent(agent), Feed::Agent(id)) if agent == id => Ok(()),
        _ => Err(ErrorCode::Forbidden.into()),
    }
}
