//! The expertise a session wants: what its chatbot asked for and what agents chose, together
//! (`model.md`, Expertise; mission P12).

use serde::{Deserialize, Serialize};

use crate::feed::Feed;
use crate::ids::{ClientId, ConversationId};
use crate::seq::Seq;

/// The expertise of a conversation's latest session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionExpertise {
    /// All that can be chosen, in order.
    pub known: Vec<String>,
    /// What agents chose.
    pub chosen: Vec<String>,
    /// What the chatbot asked for; nobody takes that back.
    pub wanted: Vec<String>,
}

wire!(SessionExpertise {
    known,
    chosen,
    wanted
});

/// Let the session want this expertise, or no longer. While it waits, that counts at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChooseExpertise {
    /// The command's own name.
    pub client_id: ClientId,
    /// Where.
    pub conversation: ConversationId,
    /// One of those that are `known`.
    pub expertise: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

wire!(ChooseExpertise {
    client_id,
    conversation,
    expertise,
    chosen
});

/// The session wants other expertise. Entry of `conversation/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExpertiseChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// What it wants now.
    pub expertise: SessionExpertise,
}

wire!(ExpertiseChanged {
    feed,
    seq,
    conversation,
    expertise
});
