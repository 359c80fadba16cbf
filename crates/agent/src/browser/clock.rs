//! The time as a signal, for what grows old on the screen.

use std::time::Duration;

use leptos::prelude::*;
use protocol::time::Timestamp;

/// This device's time.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are far below 2^53"
    )]
    Timestamp(js_sys::Date::now() as i64)
}

/// This device's time, renewed every so often as long as its owner lives.
pub(crate) fn ticking(every: Duration) -> ReadSignal<Timestamp> {
    let (time, set_time) = signal(now());
    let tick = move || set_time.set(now());
    if let Ok(handle) = set_interval_with_handle(tick, every) {
        on_cleanup(move || handle.clear());
    }
    time
}
