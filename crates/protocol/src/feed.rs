//! Feeds: the log of one audience each.
//!
//! Visitors and agents never share a feed, so that a private thing leaves no hole a visitor
//! could count. On the wire a feed is one string, `audience/id`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::{AgentId, ChannelId, ConversationId};

/// The name of a feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feed {
    /// `visitor/{conversation}`: what the visitor of a conversation may see.
    Visitor(ConversationId),
    /// `channel/{id}`: summaries of a channel's conversations, for its agents.
    Channel(ChannelId),
    /// `conversation/{id}`: a conversation as the agents who watch it see it.
    Conversation(ConversationId),
    /// `agent/{id}`: what concerns one agent, on all their screens.
    Agent(AgentId),
}

impl Feed {
    /// Reads `audience/id`.
    pub fn parse(text: &str) -> Option<Self> {
        let (audience, id) = text.split_once('/')?;
        match audience {
            "visitor" => ConversationId::parse(id).map(Self::Visitor),
            "channel" => ChannelId::parse(id).map(Self::Channel),
            "conversation" => ConversationId::parse(id).map(Self::Conversation),
            "agent" => AgentId::parse(id).map(Self::Agent),
            _ => None,
        }
    }
}

impl Feed {
    /// The name on the wire.
    pub fn name(&self) -> String {
        let (audience, id) = match self {
            Self::Visitor(id) => ("visitor/", id.as_str()),
            Self::Channel(id) => ("channel/", id.as_str()),
            Self::Conversation(id) => ("conversation/", id.as_str()),
            Self::Agent(id) => ("agent/", id.as_str()),
        };
        let mut name = String::from(audience);
        name.push_str(id);
        name
    }
}

impl std::fmt::Display for Feed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.name())
    }
}

wire_text!(
    Feed,
    Feed::parse,
    "not a feed",
    Feed::Agent(AgentId::of_nothing())
);

impl Serialize for Feed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Feed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a feed"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Feed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Feed".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^(visitor|channel|conversation|agent)/[A-Za-z0-9_-]{1,64}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_print() {
        for name in [
            "visitor/c1",
            "channel/support",
            "conversation/c1",
            "agent/ana",
        ] {
            assert_eq!(
                Feed::parse(name).map(|feed| feed.to_string()).as_deref(),
                Some(name)
            );
        }
    }

    #[test]
    fn foreign_names_are_refused() {
        for name in ["", "visitor", "visitor/", "room/1", "visitor/a/b"] {
            assert!(Feed::parse(name).is_none(), "{name}");
        }
    }
}
