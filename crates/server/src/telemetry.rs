//! Where the log goes: standard error, so that standard output stays for the address.
//!
//! Logs carry ids, codes and counts; never texts, names, passwords or tokens.

use std::io;

use tracing_subscriber::EnvFilter;

/// Begins to write the log. `PARLOUR_LOG` chooses what, in the form of `RUST_LOG`.
pub fn begin() {
    let filter = EnvFilter::try_from_env("PARLOUR_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,hyper=warn"));
    // A second call, in tests, changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_target(false)
        .try_init();
}
