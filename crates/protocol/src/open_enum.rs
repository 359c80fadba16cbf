//! Enumerations that stay open: a value from a newer peer reads as `Unknown`.
//!
//! The wire keeps growing within one version, so no enumeration may break an older reader
//! (mission X4). Every such type is made by this one macro.

/// Declares a string enumeration with an `Unknown` variant for values of a later version.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value this version does not know; readers ignore what it stands for.
            Unknown,
        }

        impl $name {
            /// Every value this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Their words, in the same order.
            const WORDS: &'static [&'static str] = &[$($text),+];

            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                Self::WORDS.get(self as usize).copied().unwrap_or("unknown")
            }

            /// Reads the word on the wire; never fails.
            pub fn read(text: &str) -> Self {
                crate::json::index_of(Self::WORDS, text)
                    .and_then(|at| Self::KNOWN.get(at).copied())
                    .unwrap_or(Self::Unknown)
            }
        }

        impl crate::json::FromTree for $name {
            fn from_tree(tree: &crate::json::Tree, faults: &mut crate::json::Faults) -> Self {
                Self::read(crate::json::text(tree, faults))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Ok(Self::read(&text))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "description": concat!("Open enumeration: readers accept any string. Known: ", $($text, " ",)+),
                    "examples": [$($text),+],
                })
            }
        }
    };
}
