//! Hours in zones and on days that are known to be difficult.

mod changes;
mod clocks;
mod everyday;
mod properties;
mod writing;

use protocol::time::Timestamp;

use super::{Hours, HoursError, HoursForm};

fn read(json: &str) -> Result<Hours, HoursError> {
    Hours::try_from(&serde_json::from_str::<HoursForm>(json).unwrap())
}

fn hours(zone: &str, week: &str, holidays: &str) -> Hours {
    read(&format!(
        r#"{{"time_zone":"{zone}","week":{{{week}}},"holidays":[{holidays}]}}"#
    ))
    .unwrap()
}

/// The same intervals every day.
fn daily(zone: &str, intervals: &str) -> Hours {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let week = days.map(|day| format!("\"{day}\":[{intervals}]"));
    hours(zone, &week.join(","), "")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// When an instant's answer is worth comparing, as text.
fn text(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| {
        serde_json::to_value(at)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    })
}

fn next(hours: &Hours, from: &str) -> Option<String> {
    text(hours.next_change(at(from)))
}

fn is(wanted: &str) -> Option<String> {
    text(Some(at(wanted)))
}
