//! An agent takes part no longer.

use protocol::agent::LeaveConversation;
use protocol::hello::Done;
use protocol::ids::AgentId;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attendance::{self, Moved};
use crate::rules::edit::Edit;
use crate::rules::waiting;

impl Service {
    /// Takes the agent out. When the owner leaves, the conversation waits for another.
    pub fn leave_conversation(
        &self,
        agent: &AgentId,
        order: &LeaveConversation,
    ) -> Result<Done, Error> {
        let id = &order.conversation;
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["leave_conversation", id.as_str()]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let owned = record.owner.as_ref().is_some_and(|it| it.agent == *agent);
            if owned {
                // Who gives a session back is not asked again at once.
                waiting::passed(change, &record.session, agent)?;
            }
            let mut edit = Edit::of(record);
            if attendance::leave(change, &mut edit, agent)? == Moved::Yes {
                edit.finish(change)?;
            }
            Ok(None)
        })
    }
}
