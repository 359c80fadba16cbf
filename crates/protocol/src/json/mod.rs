//! JSON as far as frames need it: objects, arrays, strings, whole numbers, yes, no and nothing.
//!
//! The widget is why this exists. A general library brings code for every struct it reads, for
//! floating-point numbers and for its messages; in the widget that alone was a third of its
//! bytes. Here a text becomes a small tree first, and structs are read from the tree.
//! Invariant: what this reads and writes is what serde_json reads and writes; the tests hold one
//! against the other.

mod faults;
mod parse;
#[macro_use]
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use faults::Faults;
pub(crate) use parse::{Tree, parse};
pub(crate) use read::{FromTree, field, index_of, later, list, text, whole};

use serde::Serialize;

/// Why a text could not be read, or a value not be written.
///
/// In a browser nobody sees the reason, and the words for it would be a tenth of the widget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Error {
    #[cfg(not(target_family = "wasm"))]
    detail: String,
}

impl Error {
    #[cfg_attr(target_family = "wasm", expect(unused_variables, reason = "not kept"))]
    pub(crate) fn new(detail: &str) -> Self {
        Self {
            #[cfg(not(target_family = "wasm"))]
            detail: detail.to_owned(),
        }
    }
}

impl Error {
    /// The reason, where it is kept.
    pub(crate) fn into_detail(self) -> String {
        #[cfg(not(target_family = "wasm"))]
        return self.detail;
        #[cfg(target_family = "wasm")]
        String::new()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        #[cfg(not(target_family = "wasm"))]
        return out.write_str(&self.detail);
        #[cfg(target_family = "wasm")]
        out.write_str("not a frame")
    }
}

impl std::error::Error for Error {}

impl serde::ser::Error for Error {
    #[cfg_attr(target_family = "wasm", expect(unused_variables, reason = "not kept"))]
    fn custom<T: std::fmt::Display>(detail: T) -> Self {
        Self {
            #[cfg(not(target_family = "wasm"))]
            detail: detail.to_string(),
        }
    }
}

/// Writes a value; nothing for one that frames cannot hold.
pub(crate) fn to_string<T: Serialize>(value: &T) -> String {
    let mut writer = write::Writer::default();
    match value.serialize(&mut writer) {
        Ok(()) => writer.text,
        Err(_) => String::new(),
    }
}

/// Reads a whole text; nothing for one that does not hold such a value.
pub(crate) fn from_str<T: FromTree>(text: &str) -> Option<T> {
    whole(&parse(text).ok()?).ok()
}
