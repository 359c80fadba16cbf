//! Agents' screens come and go. The carrier tells of each socket; nothing is stored.

use protocol::ids::AgentId;

use super::Service;

impl Service {
    /// A socket of the agent was opened.
    pub fn agent_arrived(&self, agent: &AgentId) {
        if self.presence.arrived(agent) {
            self.look_at_agent_again(agent);
        }
    }

    /// A socket of the agent was closed.
    pub fn agent_left(&self, agent: &AgentId) {
        if self.presence.left(agent, self.ports.clock.now()) {
            self.look_at_agent_again(agent);
        }
    }

    pub(super) fn look_at_agent_again(&self, agent: &AgentId) {
        self.line.note_agent(agent);
        self.ports.publisher.line_changed();
    }
}
