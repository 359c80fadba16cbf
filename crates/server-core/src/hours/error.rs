//! What can be wrong with hours as they are written.

use std::fmt;

/// Why hours were refused; each reads as one sentence.
///
/// `place` says where: a day of the week (`monday`) or the first day of a holiday (`2026-12-24`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// The time zone is not in the IANA database.
    UnknownTimeZone {
        /// What was written.
        time_zone: String,
    },
    /// A time of day cannot be read.
    BadTime {
        /// Where.
        place: String,
        /// What was written.
        text: String,
    },
    /// An interval ends when it begins.
    EmptyInterval {
        /// Where.
        place: String,
        /// Which, as `09:00-09:00`.
        interval: String,
    },
    /// Two intervals share some time; the second may belong to the next day.
    Overlap {
        /// Where the first one begins.
        place: String,
        /// The first one.
        first: String,
        /// The second one.
        second: String,
    },
    /// A date cannot be read, or there is no such day.
    BadDate {
        /// What was written.
        text: String,
    },
    /// A holiday ends before it begins.
    EndBeforeStart {
        /// Its first day.
        from: String,
        /// Its last day.
        to: String,
    },
    /// A holiday takes longer than a year.
    LongHoliday {
        /// Its first day.
        from: String,
        /// Its last day.
        to: String,
    },
    /// A day belongs to two holidays.
    HolidaysOverlap {
        /// The first day that belongs to both.
        day: String,
    },
    /// There are more holidays or intervals than anybody needs.
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
}

impl HoursError {
    /// A stable code for programs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::UnknownTimeZone { .. } => "unknown_time_zone",
            Self::BadTime { .. } => "bad_time",
            Self::EmptyInterval { .. } => "empty_interval",
            Self::Overlap { .. } => "overlap",
            Self::BadDate { .. } => "bad_date",
            Self::EndBeforeStart { .. } => "end_before_start",
            Self::LongHoliday { .. } => "long_holiday",
            Self::HolidaysOverlap { .. } => "holidays_overlap",
            Self::TooMany { .. } => "too_many",
        }
    }
}

impl fmt::Display for HoursError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTimeZone { time_zone } => write!(
                out,
                "There is no time zone {time_zone:?}; write an IANA name such as Europe/Madrid."
            ),
            Self::BadTime { place, text } => write!(
                out,
                "{text:?} on {place} is no time of day; write it as 09:00, and the end of a day as 24:00."
            ),
            Self::EmptyInterval { place, interval } => write!(
                out,
                "{interval} on {place} ends when it begins; write 00:00-24:00 for the whole day."
            ),
            Self::Overlap {
                place,
                first,
                second,
            } => write!(
                out,
                "{first} on {place} and {second} overlap; make one interval of them."
            ),
            Self::BadDate { text } => {
                write!(out, "{text:?} is no date; write it as 2026-12-24.")
            }
            Self::EndBeforeStart { from, to } => {
                write!(
                    out,
                    "The holiday that begins on {from} ends before that, on {to}."
                )
            }
            Self::LongHoliday { from, to } => write!(
                out,
                "The holiday from {from} to {to} takes longer than a year; change the week instead."
            ),
            Self::HolidaysOverlap { day } => {
                write!(out, "{day} belongs to two holidays; keep one of them.")
            }
            Self::TooMany { what, limit } => {
                write!(out, "There are too many {what}; the limit is {limit}.")
            }
        }
    }
}

impl std::error::Error for HoursError {}
