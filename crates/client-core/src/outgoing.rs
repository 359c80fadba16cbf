//! Orders to either half of the protocol as one type, so that effects have one `Send`.

#[cfg(feature = "agent")]
use protocol::agent::AgentCommand;
use protocol::visitor::VisitorCommand;

/// An order to the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// From a visitor's client.
    Visitor(VisitorCommand),
    /// From an agent's client.
    #[cfg(feature = "agent")]
    Agent(AgentCommand),
}

impl Outgoing {
    /// The text frame.
    pub fn encode(&self) -> String {
        match self {
            Self::Visitor(command) => command.encode(),
            #[cfg(feature = "agent")]
            Self::Agent(command) => command.encode(),
        }
    }
}
