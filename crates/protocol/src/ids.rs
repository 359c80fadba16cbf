//! Names of things. Opaque to clients: compare and repeat them, never take them apart.
//!
//! Invariant: an id that was read from the wire is 1 to 64 characters of `A-Z a-z 0-9 _ -`.

use serde::{Deserialize, Deserializer, Serialize};

/// Longest id on the wire, in characters.
pub const LONGEST_ID: usize = 64;

fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn is_client_id(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        id!($(#[$meta])* $name, is_id, "^[A-Za-z0-9_-]{1,64}$");
    };
    ($(#[$meta:meta])* $name:ident, $is:ident, $pattern:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(
            #[cfg_attr(feature = "schema", schemars(regex(pattern = $pattern)))]
            String,
        );

        impl $name {
            /// Takes the text as an id, or nothing when it cannot be one.
            pub fn parse(text: &str) -> Option<Self> {
                $is(text).then(|| Self(text.to_owned()))
            }

            /// Stands for an id that could not be read; no value with it leaves the decoder.
            #[allow(dead_code, reason = "not every kind is part of another type")]
            pub(crate) fn of_nothing() -> Self {
                Self(String::new())
            }

            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        wire_text!($name, $name::parse, "not an id", $name::of_nothing());

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                if $is(&text) {
                    Ok(Self(text))
                } else {
                    Err(serde::de::Error::custom("not an id"))
                }
            }
        }
    };
}

id!(
    /// The whole thread between a contact and a channel.
    ConversationId
);
id!(
    /// One run of a conversation, from its start or reopening to its end.
    SessionId
);
id!(
    /// One message, for its whole life.
    MessageId
);
id!(
    /// A file that was uploaded.
    AttachmentId
);
id!(
    /// The record of the person who writes in the widget.
    ContactId
);
id!(
    /// A signed-in person who answers.
    AgentId
);
id!(
    /// A named group of agents.
    TeamId
);
id!(
    /// Where conversations begin.
    ChannelId
);
id!(
    /// A website channel's public key, as it stands in `data-site`.
    SiteKey
);
id!(
    /// A session held out to one agent.
    OfferId
);
id!(
    /// The log id of a feed; it changes when the log was lost or rebuilt.
    Epoch
);
id!(
    /// A command's own name: 128 random bits as 32 lowercase hexadecimal digits, drawn once by
    /// the client, stored before the command is sent and never used for another command.
    ClientId,
    is_client_id,
    "^[0-9a-f]{32}$"
);

impl ClientId {
    /// The id made of these random bits.
    pub fn from_bits(bits: u128) -> Self {
        let mut text = String::with_capacity(32);
        for shift in (0..32).rev() {
            let digit = ((bits >> (shift * 4)) & 0xf) as u8;
            text.push(char::from(if digit < 10 {
                b'0' + digit
            } else {
                b'a' + digit - 10
            }));
        }
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_id_prints_all_bits() {
        let id = ClientId::from_bits(0x0123_4567_89ab_cdef_0000_0000_0000_00ff);
        assert_eq!(id.as_str(), "0123456789abcdef00000000000000ff");
        assert_eq!(ClientId::parse(id.as_str()), Some(id));
        assert!(ClientId::parse("0123").is_none());
    }

    #[test]
    fn text_that_could_leave_its_place_is_no_id() {
        for bad in ["", "a/b", "a b", "..", "ä", &"x".repeat(65)] {
            assert!(ConversationId::parse(bad).is_none(), "{bad:?}");
        }
        assert!(ConversationId::parse("c_1-A").is_some());
    }
}
