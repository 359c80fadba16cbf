//! How forms are written down, in settings and on the wire.
//!
//! ```json
//! { "fields": [
//!     { "name": "email", "kind": "email", "required": true,
//!       "label": { "en": "E-mail", "es": "Correo electrónico" } },
//!     { "name": "topic", "kind": "choice", "label": { "en": "Topic" },
//!       "options": [{ "value": "order", "label": { "en": "An order" } }] }] }
//! ```
//!
//! What is written here may be wrong; a [`super::Form`] is made of it and cannot be.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A form as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFields {
    /// In the order in which visitors see them.
    pub fields: Vec<Field>,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines of text.
    Lines,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of several options.
    Choice,
}

impl FieldKind {
    /// The most Unicode scalar values a value may have.
    pub fn longest(self) -> usize {
        match self {
            Self::Text => 200,
            Self::Lines => 5_000,
            Self::Email => 254,
            Self::Phone => 40,
            Self::Choice => 64,
        }
    }
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name for programs: `a-z 0-9 _`, at most 32.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Its name for people, by language tag.
    pub label: BTreeMap<String, String>,
    /// Whether the form can do without it.
    #[serde(default)]
    pub required: bool,
    /// What a choice offers; empty for other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChoiceOption>,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// What is submitted: `a-z 0-9 _`, at most 32.
    pub value: String,
    /// What people read, by language tag.
    pub label: BTreeMap<String, String>,
}
