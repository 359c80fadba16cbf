//! Facts about the session slice.
