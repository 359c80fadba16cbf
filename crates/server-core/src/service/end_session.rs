//! An agent ends a session for everybody (mission W8).
//!
//! Invariant: it ends once. Whoever ends what is over already is told that it is done.

use protocol::agent::EndSession;
use protocol::hello::Done;
use protocol::ids::AgentId;
use protocol::session::SessionAction;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::edit::Edit;
use crate::rules::{ending, standing};

impl Service {
    /// Ends the running session; the conversation is resolved, and everybody in it is told.
    pub fn end_session(&self, agent: &AgentId, order: &EndSession) -> Result<Done, Error> {
        let id = &order.conversation;
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["end_session", id.as_str()]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            if record.live_status.is_none() {
                return Ok(None);
            }
            standing::check(change.reading(), &record, agent, SessionAction::End)?;
            let mut edit = Edit::of(record);
            ending::end(change, &mut edit, agent)?;
            edit.finish(change)?;
            Ok(None)
        })
    }
}
