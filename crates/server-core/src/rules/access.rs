//! Who may reach what: the only place that decides it.
//!
//! A visitor reaches their own conversations; an agent those of the channels they answer in, those
//! they take part in, and those in which help is wanted (mission P6).

use protocol::conversation::LiveStatus;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{AgentId, ContactId, ConversationId};

use crate::domain::{AgentRecord, ConversationRecord, Principal};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};

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
        Reader::Agent(agent) if reaches(reading, agent, &record)? => Ok(record),
        Reader::Agent(_) => Err(ErrorCode::Forbidden.into()),
    }
}

/// Whether an agent may reach the conversation as it stands.
pub(crate) fn reaches(
    reading: &dyn Reading,
    agent: &AgentId,
    record: &ConversationRecord,
) -> Stored<bool> {
    let invited = record.live_status == Some(LiveStatus::LookingForHelp);
    if invited || reading.answers_in(agent, &record.channel)? {
        return Ok(true);
    }
    let present = reading.participants(&record.id)?;
    Ok(present.iter().any(|part| part.agent == *agent))
}

/// The agents who may look at the conversation whether help is wanted or not, by id.
pub(crate) fn colleagues(
    reading: &dyn Reading,
    record: &ConversationRecord,
) -> Stored<Vec<AgentRecord>> {
    let mut colleagues = reading.agents_of_channel(&record.channel)?;
    for part in reading.participants(&record.id)? {
        if colleagues.iter().all(|agent| agent.id != part.agent) {
            colleagues.extend(reading.agent(&part.agent)?);
        }
    }
    colleagues.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(colleagues)
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
