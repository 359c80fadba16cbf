//! Facts about the timeline slice.
