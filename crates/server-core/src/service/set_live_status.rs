//! An agent says where a running session stands (mission P4 to P8).
//!
//! Invariant: the visitor is not told, whatever it is.

use protocol::agent::SetLiveStatus;
use protocol::conversation::LiveStatus;
use protocol::hello::Done;
use protocol::ids::AgentId;
use protocol::session::SessionAction;

use super::Service;
use super::once::{Command, bad_frame};
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attendance;
use crate::rules::edit::Edit;
use crate::rules::{help, standing};

impl Service {
    /// Lets the session stand there. Where it stands already it is done, and changes nothing: of
    /// two who call for help at once, the first is who called.
    pub fn set_live_status(&self, agent: &AgentId, order: &SetLiveStatus) -> Result<Done, Error> {
        let (id, status) = (&order.conversation, order.status);
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["set_live_status", id.as_str(), status.as_str()]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let is_so = record.live_status == Some(status);
            if is_so && attendance::takes_part(&change.tx.participants(id)?, agent) {
                return Ok(None);
            }
            standing::check(change.reading(), &record, agent, action(status)?)?;
            if status == LiveStatus::LookingForHelp {
                help::called(change, &record, agent)?;
            }
            let mut edit = Edit::of(record);
            edit.set_live_status(status);
            edit.finish(change)?;
            Ok(None)
        })
    }
}

fn action(status: LiveStatus) -> Result<SessionAction, Error> {
    match status {
        LiveStatus::InProgress => Ok(SessionAction::Proceed),
        LiveStatus::WaitingForCustomer => Ok(SessionAction::AwaitCustomer),
        LiveStatus::LookingForHelp => Ok(SessionAction::AskForHelp),
        LiveStatus::Unknown => Err(bad_frame("no such live status")),
    }
}
