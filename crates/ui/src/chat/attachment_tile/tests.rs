//! Files of messages, as their reader sees them.
#![cfg(target_arch = "wasm32")]
