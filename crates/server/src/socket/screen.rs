//! An agent's screen, as the use cases count it: here as long as this lives.

use std::sync::Arc;

use protocol::ids::AgentId;

use crate::state::App;

/// One connected screen of an agent.
pub(super) struct Screen {
    app: Arc<App>,
    agent: AgentId,
}

impl Screen {
    /// Counts a screen that has just connected.
    pub(super) fn open(app: &Arc<App>, agent: AgentId) -> Self {
        app.service.agent_arrived(&agent);
        Self {
            app: app.clone(),
            agent,
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.app.service.agent_left(&self.agent);
    }
}
