//! Facts about the outbox slice.
