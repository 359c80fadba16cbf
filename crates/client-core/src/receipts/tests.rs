//! Facts about the receipts slice.
