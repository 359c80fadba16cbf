//! Somebody has received or read up to a place.
//!
//! Invariants: places only grow; what both sides are told of each other are places of messages
//! that the visitor may see, so that a note leaves no trace; hidden participants count nowhere.

use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::{AgentId, ClientId, ConversationId};
use protocol::receipt::{Reached, Receipts};
use protocol::seq::Position;
use protocol::visitor::{MarkDelivered, MarkRead};

use super::Service;
use super::once::Command;
use crate::domain::{ConversationRecord, Fingerprint, Principal, Scope, Subject, Visibility};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};
use crate::rules::access;
use crate::rules::change::Change;

/// How far is far.
#[derive(Clone, Copy)]
enum Progress {
    Delivered,
    Read,
}

impl Progress {
    fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "mark_delivered",
            Self::Read => "mark_read",
        }
    }

    /// What is read was delivered, too.
    fn up_to(self, place: Position) -> Reached {
        Reached {
            delivered: place,
            read: match self {
                Self::Delivered => Position(0),
                Self::Read => place,
            },
        }
    }
}

impl Service {
    /// Everything up to a place is on a screen of the reader.
    pub fn mark_delivered(&self, who: &Principal, mark: &MarkDelivered) -> Result<Done, Error> {
        let progress = Progress::Delivered;
        self.mark(
            who,
            &mark.client_id,
            &mark.conversation,
            mark.up_to,
            progress,
        )
    }

    /// Everything up to a place was in front of the reader's eyes.
    pub fn mark_read(&self, who: &Principal, mark: &MarkRead) -> Result<Done, Error> {
        let progress = Progress::Read;
        self.mark(
            who,
            &mark.client_id,
            &mark.conversation,
            mark.up_to,
            progress,
        )
    }

    fn mark(
        &self,
        who: &Principal,
        client_id: &ClientId,
        conversation: &ConversationId,
        up_to: Position,
        progress: Progress,
    ) -> Result<Done, Error> {
        let place = up_to.0.to_string();
        let fields = [progress.as_str(), conversation.as_str(), &place];
        let command = Command {
            principal: who,
            client_id,
            fingerprint: Fingerprint::of(&fields),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), who.into(), conversation)?;
            match who {
                Principal::Visitor(_) => {
                    let place = last_place(change.reading(), &record, Scope::ForVisitor, up_to)?;
                    let mut receipts = record.receipts;
                    receipts.visitor = receipts.visitor.merge(progress.up_to(place));
                    keep_receipts(change, record, receipts)?;
                }
                Principal::Agent(agent) => mark_as_agent(change, record, agent, up_to, progress)?,
            }
            Ok(None)
        })
    }
}

fn mark_as_agent(
    change: &mut Change<'_>,
    record: ConversationRecord,
    agent: &AgentId,
    up_to: Position,
    progress: Progress,
) -> Result<(), Error> {
    let place = last_place(change.reading(), &record, Scope::ForAgents, up_to)?;
    let before = change.tx.reached(&record.id, agent)?;
    let after = before.merge(progress.up_to(place));
    if after != before {
        change.tx.put_reached(&record.id, agent, after)?;
    }
    if after.read != before.read {
        let unread = Subject::Unread(record.id.clone());
        change.entry(Feed::Agent(agent.clone()), &unread)?;
    }
    let present = change.tx.participants(&record.id)?;
    let is_hidden = present
        .iter()
        .any(|part| part.agent == *agent && part.visibility == Visibility::Hidden);
    if is_hidden {
        return Ok(());
    }
    let place = last_place(change.reading(), &record, Scope::ForVisitor, up_to)?;
    let mut receipts = record.receipts;
    receipts.agents = receipts.agents.merge(progress.up_to(place));
    keep_receipts(change, record, receipts)
}

fn keep_receipts(
    change: &mut Change<'_>,
    mut record: ConversationRecord,
    receipts: Receipts,
) -> Result<(), Error> {
    if record.receipts == receipts {
        return Ok(());
    }
    record.receipts = receipts;
    change.tx.put_conversation(&record)?;
    let subject = Subject::Receipts(record.id.clone());
    change.entry(Feed::Conversation(record.id.clone()), &subject)?;
    change.entry(Feed::Visitor(record.id), &subject)?;
    Ok(())
}

/// The place of the last message in scope up to a place; zero when there is none.
fn last_place(
    reading: &dyn Reading,
    record: &ConversationRecord,
    scope: Scope,
    up_to: Position,
) -> Stored<Position> {
    // Adapters keep places as signed 64-bit numbers.
    let behind = Position(up_to.0.min(record.last_position.0) + 1);
    let last = reading.messages(&record.id, scope, Some(behind), 1)?;
    Ok(last.first().map_or(Position(0), |message| message.position))
}
