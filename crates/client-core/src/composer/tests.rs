//! Facts about the composer slice.
