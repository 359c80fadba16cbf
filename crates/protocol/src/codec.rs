//! From frames to text and back.
//!
//! A frame is one JSON object whose `type` says what it is. The text becomes a tree, the type is
//! read from it and then the struct of that type; that keeps the decoder small in the widget and
//! lets a frame of a later version be recognised as such instead of failing.

use std::borrow::Cow;

use crate::feed::Feed;
use crate::ids::ClientId;
use crate::json::{self, FromTree, Tree};
use crate::seq::Seq;

/// A text that is no frame. Says for developers what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub detail: String,
    /// The command it wanted to be, when that much could be read.
    pub client_id: Option<ClientId>,
    /// The query it wanted to be, when that much could be read.
    pub reference: Option<u32>,
}

/// A frame whose type is not known here, with what a reader may still need of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFrame {
    /// The type it names.
    pub frame_type: String,
    /// The feed it is an entry of: such an entry still counts.
    pub feed: Option<Feed>,
    /// Its place in that feed.
    pub seq: Option<Seq>,
    /// The command to refuse.
    pub client_id: Option<ClientId>,
    /// The query to refuse.
    pub reference: Option<u32>,
}

/// What a frame says of itself besides its own fields.
pub(crate) struct Head {
    pub(crate) frame_type: String,
    client_id: Option<ClientId>,
    reference: Option<u32>,
}

impl Head {
    /// Reads a text as far as that, and hands the rest on.
    pub(crate) fn read(text: &str) -> Result<(Self, Tree), DecodeError> {
        let fault = |detail: String| DecodeError {
            detail,
            client_id: None,
            reference: None,
        };
        let tree = json::parse(text).map_err(|error| fault(error.into_detail()))?;
        let head = Self {
            frame_type: whole_field(&tree, "type").map_err(|error| fault(error.into_detail()))?,
            client_id: whole_field(&tree, "client_id").ok(),
            reference: whole_field(&tree, "ref").ok(),
        };
        Ok((head, tree))
    }

    pub(crate) fn fault(self, error: json::Error) -> DecodeError {
        DecodeError {
            detail: error.into_detail(),
            client_id: self.client_id,
            reference: self.reference,
        }
    }

    pub(crate) fn into_unknown(self, tree: &Tree) -> UnknownFrame {
        UnknownFrame {
            frame_type: self.frame_type,
            feed: whole_field(tree, "feed").ok(),
            seq: whole_field(tree, "seq").ok(),
            client_id: self.client_id,
            reference: self.reference,
        }
    }
}

/// Reads one field of a frame by itself.
fn whole_field<T: FromTree>(tree: &Tree, name: &'static str) -> Result<T, json::Error> {
    let mut faults = json::Faults::default();
    let value = json::field(tree, name, &mut faults);
    faults.none().map(|()| value)
}

/// Puts the type in front of a body's fields.
pub(crate) fn tag(frame_type: &str, body: &str) -> String {
    let fields = body.strip_prefix('{').unwrap_or(body);
    let comma = if fields == "}" { "" } else { "," };
    let mut text = String::with_capacity(body.len() + frame_type.len() + 12);
    for part in ["{\"type\":\"", frame_type, "\"", comma, fields] {
        text.push_str(part);
    }
    text
}

/// The same for a frame that is written before anything was said.
pub(crate) use self::tag as first;

/// Declares the frames that travel one way between two parties. One marked `first` is written by
/// code that does not bring the writers of the others with it: a page may get those later.
macro_rules! frames {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident($body:ty) = $tag:literal $($first:ident)?,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant($body),)+
            /// A frame of a later version.
            Unknown(crate::codec::UnknownFrame),
        }

        impl $name {
            /// The `type` of every frame, in the order of the variants.
            pub const TYPES: &'static [&'static str] = &[$($tag),+];

            /// The frame's `type`.
            pub fn frame_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $tag,)+
                    Self::Unknown(frame) => &frame.frame_type,
                }
            }

            /// Reads one text frame.
            ///
            /// # Errors
            /// When the text is not a JSON object with a `type`, or lacks a field of that type.
            pub fn decode(text: &str) -> Result<Self, crate::codec::DecodeError> {
                let (head, tree) = crate::codec::Head::read(text)?;
                let mut faults = crate::json::Faults::default();
                let frame = match head.frame_type.as_str() {
                    $($tag => Self::$variant(crate::json::FromTree::from_tree(&tree, &mut faults)),)+
                    _ => return Ok(Self::Unknown(head.into_unknown(&tree))),
                };
                match faults.none() {
                    Ok(()) => Ok(frame),
                    Err(error) => Err(head.fault(error)),
                }
            }

            /// Reads one text frame as serde understands its struct; the two must agree.
            #[cfg(test)]
            pub(crate) fn decode_with_serde(text: &str) -> Option<Self> {
                let head = serde_json::from_str::<serde_json::Value>(text).ok()?;
                Some(match head.get("type")?.as_str()? {
                    $($tag => Self::$variant(serde_json::from_str::<$body>(text).ok()?),)+
                    _ => return None,
                })
            }

            /// Writes one text frame. A frame of a later version has nothing to write.
            #[allow(clippy::match_single_binding, reason = "most have none that is first")]
            pub fn encode(&self) -> String {
                match self {
                    $($(Self::$variant(body) => {
                        crate::codec::$first($tag, &crate::json::to_string(body))
                    })?)+
                    _ => self.encode_any(),
                }
            }

            #[inline(never)]
            fn encode_any(&self) -> String {
                match self {
                    $(Self::$variant(body) => {
                        crate::codec::tag($tag, &crate::json::to_string(body))
                    })+
                    Self::Unknown(_) => String::new(),
                }
            }

            /// The JSON Schema of every frame, by `type`.
            #[cfg(feature = "schema")]
            pub fn schemas() -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($tag, crate::codec::tagged_schema::<$body>($tag))),+]
            }
        }

        $(impl From<$body> for $name {
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        })+
    };
}

/// The schema of a body with its `type` added.
#[cfg(feature = "schema")]
pub(crate) fn tagged_schema<T: schemars::JsonSchema>(frame_type: &str) -> schemars::Schema {
    let mut schema = schemars::schema_for!(T);
    let object = schema.ensure_object();
    let properties = object
        .entry("properties")
        .or_insert_with(|| serde_json::json!({}));
    if let Some(properties) = properties.as_object_mut() {
        properties.insert(
            "type".to_owned(),
            serde_json::json!({ "const": frame_type }),
        );
    }
    let required = object
        .entry("required")
        .or_insert_with(|| serde_json::json!([]));
    if let Some(required) = required.as_array_mut() {
        required.insert(0, serde_json::json!("type"));
    }
    schema
}

/// Replaces escaped lone surrogates, which no text can hold, by U+FFFD (`model.md`, Text).
///
/// JSON can spell half a character as `\ud800`; parsers refuse it. A sender's slip must not
/// lose the message, so the server mends the frame before it reads it.
pub fn mend_lone_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match escaped_unit(rest) {
            Some(0xd800..=0xdbff) if matches!(escaped_unit(&rest[6..]), Some(0xdc00..=0xdfff)) => {
                mended.push_str(&rest[..12]);
                12
            }
            Some(0xd800..=0xdfff) => {
                mended.push_str("\\ufffd");
                6
            }
            _ => {
                let pair = rest.chars().take(2).map(char::len_utf8).sum();
                mended.push_str(&rest[..pair]);
                pair
            }
        };
        rest = &rest[taken..];
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The UTF-16 unit that a `\uXXXX` at the start of the text stands for.
fn escaped_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::mend_lone_surrogates;

    #[test]
    fn whole_pairs_stay_and_halves_become_replacement_characters() {
        assert_eq!(
            mend_lone_surrogates(r#""\ud83d\ude00""#),
            r#""\ud83d\ude00""#
        );
        assert_eq!(mend_lone_surrogates(r#""a\ud83db""#), r#""a\ufffdb""#);
        assert_eq!(
            mend_lone_surrogates(r#""\ude00\ud83d""#),
            r#""\ufffd\ufffd""#
        );
        assert_eq!(mend_lone_surrogates(r#""\\ud83d""#), r#""\\ud83d""#);
        assert_eq!(mend_lone_surrogates(r#""\ud83d\"é""#), r#""\ufffd\"é""#);
    }
}
