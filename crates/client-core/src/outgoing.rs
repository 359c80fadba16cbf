//! Orders to either half of the protocol as one type, so that effects have one `Send`.

#[cfg(feature = "agent")]
use protocol::agent::AgentCommand;
use protocol::attachment::LinkAttachments;
use protocol::hello::{Ping, Pong, Resume};
use protocol::visitor::{
    DeleteMessage, EditMessage, FetchMessages, MarkDelivered, MarkRead, OpenConversation,
    PostMessage, SetTyping, VisitorCommand,
};

use crate::side::Party;

/// An order to the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// From a visitor's client.
    Visitor(VisitorCommand),
    /// From an agent's client.
    #[cfg(feature = "agent")]
    Agent(AgentCommand),
}

/// An order that both sides have a word for.
pub(crate) trait Shared {
    /// The order in this party's words.
    fn by(self, party: Party) -> Outgoing;
}

macro_rules! shared {
    ($($body:ident),+) => {
        $(impl Shared for $body {
            fn by(self, party: Party) -> Outgoing {
                match party {
                    Party::Visitor => Outgoing::Visitor(VisitorCommand::$body(self)),
                    #[cfg(feature = "agent")]
                    Party::Agent => Outgoing::Agent(AgentCommand::$body(self)),
                }
            }
        })+
    };
}

shared!(
    Resume,
    PostMessage,
    EditMessage,
    DeleteMessage,
    MarkDelivered,
    MarkRead,
    SetTyping,
    OpenConversation,
    FetchMessages,
    LinkAttachments,
    Ping,
    Pong
);

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
