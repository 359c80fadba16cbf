//! The reference server: one binary with everything embedded.
