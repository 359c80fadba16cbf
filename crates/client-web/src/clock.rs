//! The browser's clock, the only one the core ever hears of.
//!
//! Read through `Date` alone, so that a test page with a clock of its own moves everything.

use protocol::time::Timestamp;

/// The present.
pub(crate) fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// Minutes the browser's time zone is ahead of UTC.
pub(crate) fn utc_offset_minutes() -> i32 {
    // The browser counts the other way round.
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}
