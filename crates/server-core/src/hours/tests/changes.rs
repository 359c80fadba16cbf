//! Hours that touch each other, never end or never begin.

use super::{at, daily, hours, is, next};

#[test]
fn days_that_touch_are_one_stretch() {
    let week = r#"
        "monday": [{"from":"08:00","to":"24:00"}],
        "tuesday": [{"from":"00:00","to":"06:00"}],
        "wednesday": [{"from":"09:00","to":"10:00"},{"from":"10:00","to":"11:00"}]"#;
    let hours = hours("UTC", week, "");
    assert_eq!(
        next(&hours, "2026-11-23T08:00:00Z"),
        is("2026-11-24T06:00:00Z")
    );
    assert_eq!(
        next(&hours, "2026-11-25T09:30:00Z"),
        is("2026-11-25T11:00:00Z")
    );
}

#[test]
fn always_open_never_changes() {
    let always = daily("America/New_York", r#"{"from":"00:00","to":"24:00"}"#);
    for instant in ["2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"] {
        assert!(always.is_open(at(instant)));
        assert_eq!(next(&always, instant), None);
    }
}

#[test]
fn never_open_never_opens() {
    let never = hours("UTC", "", "");
    assert_eq!(next(&never, "2026-11-23T00:00:00Z"), None);
    assert_eq!(never.opens_at(at("2026-11-23T00:00:00Z")), None);
}

#[test]
fn a_year_of_holidays_ends() {
    let week = r#""monday": [{"from":"09:00","to":"10:00"}]"#;
    let hours = hours("UTC", week, r#"{"from":"2026-01-01","to":"2026-12-31"}"#);
    assert_eq!(
        next(&hours, "2026-01-01T00:00:00Z"),
        is("2027-01-04T09:00:00Z")
    );
}

#[test]
fn instants_beyond_the_calendar_are_closed() {
    let always = daily("UTC", r#"{"from":"00:00","to":"24:00"}"#);
    for millis in [i64::MIN, i64::MAX] {
        let at = protocol::time::Timestamp(millis);
        assert!(!always.is_open(at));
        assert_eq!(always.next_change(at), None);
        assert_eq!(always.opens_at(at), None);
    }
}
