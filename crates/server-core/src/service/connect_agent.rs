//! An agent's app connects, with a session that was checked.

use protocol::error::ErrorCode;
use protocol::hello::{AgentReady, ConnectAgent};
use protocol::ids::AgentId;

use super::Service;
use super::connect_visitor::check_version;
use crate::error::Error;
use crate::rules::availability;

impl Service {
    /// The frame that answers `connect_agent`.
    pub fn connect_agent(
        &self,
        agent: &AgentId,
        connect: &ConnectAgent,
    ) -> Result<AgentReady, Error> {
        check_version(connect.protocol)?;
        self.keep_first_state(agent)?;
        self.look(|reading| {
            let record = reading.agent(agent)?.ok_or(ErrorCode::Unauthenticated)?;
            let channels = reading.channels_of_agent(agent)?;
            Ok(AgentReady {
                server: self.server_info(),
                agent: record.to_ref(),
                channels: channels.iter().map(|channel| channel.to_ref()).collect(),
            })
        })
    }

    /// Somebody who was signed in before there were states is available from now on.
    fn keep_first_state(&self, agent: &AgentId) -> Result<(), Error> {
        if self
            .look(|reading| Ok(reading.agent_state(agent)?))?
            .is_some()
        {
            return Ok(());
        }
        self.change(|change| match change.tx.agent_state(agent)? {
            Some(_) => Ok(()),
            None => availability::signed_in(change, agent),
        })
    }
}
