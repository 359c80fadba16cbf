//! The pages, one folder each.

pub(crate) mod inbox;
pub(crate) mod not_found;
pub(crate) mod sign_in;
