//! Adapters of the storage port.

pub mod sqlite;
