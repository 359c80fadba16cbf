//! Facts about the roster slice.
