//! Facts about the connection slice.
