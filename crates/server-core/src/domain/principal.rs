//! Who speaks, once the carrier has verified their token or sign-in.

use protocol::conversation::Country;
use protocol::ids::{AgentId, ChannelId, ContactId};

use super::language::Languages;

/// A visitor whose token was verified, or who has just been given one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Who. The record of that name may not exist yet.
    pub contact: ContactId,
    /// The channel their token is for.
    pub channel: ChannelId,
    /// What their client told of languages; goes on record with the first message.
    pub languages: Languages,
    /// Where they seem to be; goes on record with the first message, too.
    pub country: Option<Country>,
    /// The page they are on, without its fragment.
    pub page: Option<String>,
    /// Whether their system asks for less motion.
    pub reduced_motion: bool,
}

/// Whoever speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The person in a widget.
    Visitor(Visitor),
    /// A signed-in agent.
    Agent(AgentId),
}

impl Principal {
    /// The name under which answers are remembered.
    pub fn key(&self) -> String {
        match self {
            Self::Visitor(visitor) => format!("visitor/{}", visitor.contact),
            Self::Agent(agent) => format!("agent/{agent}"),
        }
    }
}
