//! Use cases, told as facts.
