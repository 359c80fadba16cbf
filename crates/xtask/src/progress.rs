//! One line when a long step begins, one with its time when it ends.
//!
//! Progress goes to standard error; standard output belongs to results.

use std::time::Instant;

use anyhow::Result;

/// Runs one step and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let began = Instant::now();
    eprintln!("==> {name}");
    let outcome = work();
    let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
    eprintln!("    {verdict} after {}", seconds(began));
    outcome
}

/// Says something that takes no time.
pub(crate) fn note(text: &str) {
    eprintln!("    {text}");
}

fn seconds(began: Instant) -> String {
    let elapsed = began.elapsed();
    let whole = elapsed.as_secs();
    if whole >= 60 {
        format!("{} min {} s", whole / 60, whole % 60)
    } else {
        format!("{}.{} s", whole, elapsed.subsec_millis() / 100)
    }
}
