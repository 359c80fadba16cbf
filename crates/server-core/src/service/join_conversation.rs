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
    /// Makes the agent a visible member, unless they take part already. Who comes to help comes
    /// only while help is wanted: of two who come at once the second is told who was first.
    pub fn join_conversation(
        &self,
        agent: &AgentId,
        order: &JoinConversation,
    ) -> Result<Done, Error> {
        let id = &order.conversation;
        let is_helping = order.helping == Some(true);
        let mut said = vec!["join_conversation", id.as_str()];
        said.extend(is_helping.then_some("helping"));
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.once(&command, |change| {
            if is_helping {
                standing::check_help(change.reading(), id, agent)?;
            }
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
