//! From wall clocks to instants, where clocks are put forward and back.
//!
//! A wall time that does not exist means the instant at which the clock jumped over it. One that
//! exists twice means its first occurrence for a beginning and its last one for an end. So an
//! interval never loses time that its wall clock showed.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Which occurrence of a wall time that exists twice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Beginning,
    End,
}

/// The instant `minutes` after midnight of this day, by the wall clock; nothing at the ends of
/// the calendar.
pub(super) fn instant(zone: Tz, day: NaiveDate, minutes: u16, edge: Edge) -> Option<DateTime<Utc>> {
    let wall = day
        .and_time(NaiveTime::MIN)
        .checked_add_signed(Duration::minutes(i64::from(minutes)))?;
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(only) => Some(only.to_utc()),
        LocalResult::Ambiguous(one, other) => {
            let (first, last) = (one.min(other), one.max(other));
            Some(if edge == Edge::Beginning { first } else { last }.to_utc())
        }
        LocalResult::None => jump_over(zone, wall),
    }
}

/// The first instant at which the wall clock shows `wall` or later.
fn jump_over(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    // No zone was ever further than this from UTC.
    let furthest = Duration::hours(16);
    let mut before = wall.checked_sub_signed(furthest)?.and_utc().timestamp();
    let mut after = wall.checked_add_signed(furthest)?.and_utc().timestamp();
    let shows = |second: i64| {
        DateTime::from_timestamp(second, 0).map(|at| at.with_timezone(&zone).naive_local())
    };
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if shows(middle)? < wall {
            before = middle;
        } else {
            after = middle;
        }
    }
    DateTime::from_timestamp(after, 0)
}
