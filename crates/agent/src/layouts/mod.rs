//! What stands around pages, and what several of them share.

pub(crate) mod language_picker;
pub(crate) mod shell;
