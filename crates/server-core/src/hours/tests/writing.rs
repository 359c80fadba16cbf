//! What hours may look like, and the sentences for those that may not.

use super::{hours, read};
use crate::hours::{HoursError, HoursForm};

fn refused(week: &str, holidays: &str) -> HoursError {
    read(&format!(
        r#"{{"time_zone":"UTC","week":{{{week}}},"holidays":[{holidays}]}}"#
    ))
    .unwrap_err()
}

#[test]
fn hours_read_back_as_they_were_written() {
    let json = r#"{
        "time_zone": "America/Argentina/Ushuaia",
        "week": {
            "monday": [{"from":"09:00","to":"14:00"},{"from":"16:00","to":"24:00"}],
            "saturday": [{"from":"22:00","to":"02:30"}]
        },
        "holidays": [
            {"from":"2026-12-24","to":"2026-12-26","name":"Christmas"},
            {"from":"2026-12-31","open":[{"from":"09:00","to":"12:00"}]}
        ]
    }"#;
    let form: HoursForm = serde_json::from_str(json).unwrap();
    let hours = read(json).unwrap();
    assert_eq!(hours.to_form(), form);
    let again = serde_json::to_string(&hours.to_form()).unwrap();
    assert_eq!(read(&again).unwrap(), hours);
}

#[test]
fn a_misspelt_key_is_refused() {
    for json in [
        r#"{"time_zone":"UTC","weeks":{}}"#,
        r#"{"time_zone":"UTC","week":{"mondays":[]}}"#,
        r#"{"time_zone":"UTC","holidays":[{"from":"2026-01-01","opens":[]}]}"#,
        r#"{"week":{}}"#,
    ] {
        assert!(serde_json::from_str::<HoursForm>(json).is_err(), "{json}");
    }
}

#[test]
fn an_unknown_time_zone_is_named() {
    for zone in ["Europe/Madird", "", "CEST", "+02:00", "../etc/passwd"] {
        let error = read(&format!(r#"{{"time_zone":"{zone}"}}"#)).unwrap_err();
        assert_eq!(error.as_str(), "unknown_time_zone", "{zone}");
        assert!(error.to_string().contains(&format!("{zone:?}")), "{error}");
    }
    for zone in ["UTC", "Asia/Calcutta", "America/Argentina/Ushuaia"] {
        hours(zone, "", "");
    }
}

#[test]
fn times_that_are_none_are_named_with_their_day() {
    for time in [
        "9:00", "09:60", "25:00", "09.00", "", "0900", "+9:00", "24:01",
    ] {
        let day = format!(r#""tuesday":[{{"from":"{time}","to":"10:00"}}]"#);
        let error = refused(&day, "");
        assert_eq!(error.as_str(), "bad_time", "{time}");
        assert!(error.to_string().contains("on tuesday"), "{error}");
    }
    let midnight = r#""tuesday":[{"from":"24:00","to":"10:00"}]"#;
    assert_eq!(refused(midnight, "").as_str(), "bad_time");
}

#[test]
fn an_interval_without_length_is_refused() {
    let error = refused(r#""sunday":[{"from":"09:00","to":"09:00"}]"#, "");
    assert_eq!(
        error.to_string(),
        "09:00-09:00 on sunday ends when it begins; write 00:00-24:00 for the whole day."
    );
}

#[test]
fn overlaps_are_refused_within_a_day_and_through_the_night() {
    for week in [
        r#""monday":[{"from":"09:00","to":"14:00"},{"from":"13:59","to":"15:00"}]"#,
        r#""monday":[{"from":"22:00","to":"02:00"},{"from":"23:00","to":"24:00"}]"#,
        r#""monday":[{"from":"22:00","to":"02:00"}],"tuesday":[{"from":"01:59","to":"03:00"}]"#,
        r#""sunday":[{"from":"22:00","to":"02:00"}],"monday":[{"from":"00:00","to":"03:00"}]"#,
    ] {
        assert_eq!(refused(week, "").as_str(), "overlap", "{week}");
    }
    let touching =
        r#""sunday":[{"from":"22:00","to":"02:00"}],"monday":[{"from":"02:00","to":"03:00"}]"#;
    hours("UTC", touching, "");
}

#[test]
fn dates_that_are_none_are_refused() {
    for date in ["2026-02-29", "24.12.2026", "2026-1-1", "20261224", ""] {
        let holiday = format!(r#"{{"from":"{date}"}}"#);
        assert_eq!(refused("", &holiday).as_str(), "bad_date", "{date}");
    }
    hours("UTC", "", r#"{"from":"2028-02-29"}"#);
}

#[test]
fn holidays_end_after_they_begin_and_take_a_year_at_most() {
    let holiday = r#"{"from":"2026-12-24","to":"2026-12-23"}"#;
    assert_eq!(
        refused("", holiday).to_string(),
        "The holiday that begins on 2026-12-24 ends before that, on 2026-12-23."
    );
    let holiday = r#"{"from":"2026-12-24","to":"2028-12-23"}"#;
    assert_eq!(refused("", holiday).as_str(), "long_holiday");
}

#[test]
fn a_day_belongs_to_one_holiday() {
    for holidays in [
        r#"{"from":"2026-12-24","to":"2026-12-26"},{"from":"2026-12-26"}"#,
        r#"{"from":"2026-12-26"},{"from":"2026-12-24","to":"2026-12-26"}"#,
        r#"{"from":"2026-12-25"},{"from":"2026-12-24","to":"2026-12-26"}"#,
        r#"{"from":"2026-12-24"},{"from":"2026-12-24"}"#,
    ] {
        assert_eq!(refused("", holidays).as_str(), "holidays_overlap");
    }
}

#[test]
fn endless_lists_are_refused() {
    let holidays: Vec<String> = (0..401)
        .map(|at| format!(r#"{{"from":"{}-01-01"}}"#, 2000 + at))
        .collect();
    assert_eq!(refused("", &holidays.join(",")).as_str(), "too_many");
    let minutes: Vec<String> = (0..13)
        .map(|at| format!(r#"{{"from":"{at:02}:00","to":"{at:02}:01"}}"#))
        .collect();
    let day = format!(r#""monday":[{}]"#, minutes.join(","));
    assert_eq!(refused(&day, "").as_str(), "too_many");
}
