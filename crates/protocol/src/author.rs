//! Who wrote a message, as far as the reader may know.

use serde::{Deserialize, Serialize};

use crate::ids::AgentId;

open_enum!(
    /// The part a writer has in a conversation.
    AuthorRole {
        /// The person in the widget.
        Visitor = "visitor",
        /// A person who answers.
        Agent = "agent",
        /// A chatbot, macro, greeting, or something brought in from outside.
        Automated = "automated",
        /// Parlour itself.
        System = "system",
    }
);

/// The writer of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Author {
    /// Their part.
    pub role: AuthorRole,
    /// Which agent, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// Name to show; absent for a visitor who has told none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

wire!(Author { role, agent, name });

/// An agent as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentRef {
    /// Which agent.
    pub id: AgentId,
    /// Name to show.
    pub name: String,
}

wire!(AgentRef { id, name });
