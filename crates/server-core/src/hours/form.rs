//! How hours are written down, in settings and on the wire.
//!
//! ```json
//! { "time_zone": "Europe/Madrid",
//!   "week": { "monday": [{ "from": "09:00", "to": "14:00" }, { "from": "16:00", "to": "19:00" }],
//!             "friday": [{ "from": "22:00", "to": "02:00" }] },
//!   "holidays": [{ "from": "2026-12-24", "to": "2026-12-26", "name": "Christmas" },
//!                { "from": "2026-12-31", "open": [{ "from": "09:00", "to": "12:00" }] }] }
//! ```
//!
//! What is written here may be wrong; [`super::Hours`] is made of it and cannot be.

use serde::{Deserialize, Serialize};

/// Hours as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursForm {
    /// IANA name: `Europe/Madrid`.
    pub time_zone: String,
    /// What is open each week.
    #[serde(default)]
    pub week: WeekForm,
    /// Days that are different.
    #[serde(default)]
    pub holidays: Vec<HolidayForm>,
}

/// Intervals for each day of the week; a day without any is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names of the days say it")]
pub struct WeekForm {
    pub monday: Vec<IntervalForm>,
    pub tuesday: Vec<IntervalForm>,
    pub wednesday: Vec<IntervalForm>,
    pub thursday: Vec<IntervalForm>,
    pub friday: Vec<IntervalForm>,
    pub saturday: Vec<IntervalForm>,
    pub sunday: Vec<IntervalForm>,
}

impl WeekForm {
    /// The days in order, with their names.
    pub(super) fn days(&self) -> [(&'static str, &[IntervalForm]); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }
}

/// A stretch of a day: `09:00` to `14:00`. A `to` that is not after `from` lies on the next day,
/// `24:00` is the end of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalForm {
    /// `00:00` to `23:59`.
    pub from: String,
    /// `00:00` to `24:00`.
    pub to: String,
}

/// Days on which the week's intervals do not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayForm {
    /// First day: `2026-12-24`.
    pub from: String,
    /// Last day; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What is open on each of these days instead; nothing when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<IntervalForm>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
