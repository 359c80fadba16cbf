//! The names of all texts, made by `build.rs` from the English catalogue, so that a missing or
//! misspelt name does not compile. Constants and not an enumeration: an app then carries only
//! the names it uses.

/// The name of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub(super) &'static str);

impl Key {
    /// The name itself, which differs from text to text.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// The name of a text that depends on a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural(pub(super) &'static str);

include!(concat!(env!("OUT_DIR"), "/keys.rs"));
