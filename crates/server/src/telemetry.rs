//! Where the log goes: standard error, so that standard output stays for the address.
//!
//! Logs carry ids, codes and counts; never texts, names, passwords or tokens.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Libraries that would write whole frames into the log, whatever level is asked for.
const TALKATIVE: [&str; 2] = ["tungstenite=off", "tokio_tungstenite=off"];

/// Begins to write the log. `PARLOUR_LOG` chooses what, in the form of `RUST_LOG`.
pub fn begin() {
    let mut filter = EnvFilter::try_from_env("PARLOUR_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,hyper=warn"));
    for silence in TALKATIVE {
        if let Ok(directive) = silence.parse() {
            filter = filter.add_directive(directive);
        }
    }
    // A second call, in tests, changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .try_init();
}
