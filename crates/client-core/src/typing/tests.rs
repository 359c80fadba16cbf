//! Facts about the typing slice.
