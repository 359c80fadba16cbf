//! An agent takes part beside the owner.

use protocol::agent::JoinConversation;
use protocol::hello::Done;
use protocol::ids::AgentId;
use protocol::session::SessionAction;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attendance::{self, Moved};
use crate::rules::edit::Edit;
use crate::rules::standing;

impl Service {
    /// Makes the agent a visible member, unless they take part already.
    pub fn join_conversation(
        &self,
        agent: &AgentId,
        order: &JoinConversation,
    ) -> Result<Done, Error> {
        let id = &order.conversation;
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["join_conversation", id.as_str()]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            // Joining again is done, not refused.
            if !attendance::takes_part(&change.tx.participants(id)?, agent) {
                standing::check(change.reading(), &record, agent, SessionAction::Join)?;
            }
            let mut edit = Edit::of(record);
            if attendance::join(change, &mut edit, agent)? == Moved::Yes {
                edit.finish(change)?;
            }
            Ok(None)
        })
    }
}
