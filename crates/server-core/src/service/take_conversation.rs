//! An agent becomes the owner of a conversation that has none.

use protocol::agent::TakeConversation;
use protocol::conversation::ConversationStatus;
use protocol::hello::Done;
use protocol::ids::AgentId;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attendance::{self, Moved};
use crate::rules::edit::Edit;

impl Service {
    /// Makes the agent the owner. Taking one's own again is done; another's is refused. What is over
    /// begins anew, whoever owned it.
    pub fn take_conversation(
        &self,
        agent: &AgentId,
        order: &TakeConversation,
    ) -> Result<Done, Error> {
        let id = &order.conversation;
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["take_conversation", id.as_str()]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let mut edit = Edit::of(record);
            if edit.record.status == ConversationStatus::Resolved {
                edit.reopen(change)?;
            }
            if attendance::take(change, &mut edit, agent)? == Moved::Yes {
                edit.finish(change)?;
            }
            Ok(None)
        })
    }
}
