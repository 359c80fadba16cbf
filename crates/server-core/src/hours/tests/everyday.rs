//! Ordinary weeks and holidays.

use super::{at, hours, is, next, text};

const OFFICE: &str = r#"
    "monday": [{"from":"09:00","to":"14:00"},{"from":"16:00","to":"19:00"}],
    "friday": [{"from":"22:00","to":"02:00"}],
    "sunday": [{"from":"20:00","to":"24:00"}]"#;

#[test]
fn intervals_include_their_beginning_and_not_their_end() {
    // Madrid is one hour ahead in winter; 2026-11-23 is a Monday.
    let office = hours("Europe/Madrid", OFFICE, "");
    for (instant, open) in [
        ("2026-11-23T07:59:59.999Z", false),
        ("2026-11-23T08:00:00Z", true),
        ("2026-11-23T12:59:59.999Z", true),
        ("2026-11-23T13:00:00Z", false),
        ("2026-11-23T15:30:00Z", true),
        ("2026-11-24T08:00:00Z", false),
    ] {
        assert_eq!(office.is_open(at(instant)), open, "{instant}");
    }
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let office = hours("Europe/Madrid", OFFICE, "");
    assert!(office.is_open(at("2026-11-27T21:00:00Z")));
    assert!(office.is_open(at("2026-11-28T00:59:00Z")));
    assert!(!office.is_open(at("2026-11-28T01:00:00Z")));
    assert!(!office.is_open(at("2026-11-27T00:30:00Z")));
}

#[test]
fn changes_are_found_in_order() {
    let office = hours("Europe/Madrid", OFFICE, "");
    let mut now = "2026-11-23T00:00:00Z".to_owned();
    for change in [
        "2026-11-23T08:00:00Z",
        "2026-11-23T13:00:00Z",
        "2026-11-23T15:00:00Z",
        "2026-11-23T18:00:00Z",
        "2026-11-27T21:00:00Z",
        "2026-11-28T01:00:00Z",
        "2026-11-29T19:00:00Z",
        "2026-11-29T23:00:00Z",
        "2026-11-30T08:00:00Z",
    ] {
        assert_eq!(next(&office, &now), is(change));
        now = change.to_owned();
    }
}

#[test]
fn it_opens_now_or_at_the_next_opening() {
    let office = hours("Europe/Madrid", OFFICE, "");
    let opens = |from| text(office.opens_at(at(from)));
    assert_eq!(opens("2026-11-23T09:00:00Z"), is("2026-11-23T09:00:00Z"));
    assert_eq!(opens("2026-11-23T13:00:00Z"), is("2026-11-23T15:00:00Z"));
    assert_eq!(opens("2026-11-23T18:00:00Z"), is("2026-11-27T21:00:00Z"));
}

#[test]
fn a_holiday_replaces_what_begins_on_its_days() {
    // Monday the 28th is closed but for the morning; the Friday before runs into a holiday.
    let office = hours(
        "Europe/Madrid",
        OFFICE,
        r#"{"from":"2026-12-26","to":"2026-12-27"},
           {"from":"2026-12-28","open":[{"from":"10:00","to":"12:00"}],"name":"Short"}"#,
    );
    assert_eq!(
        next(&office, "2026-12-25T22:00:00Z"),
        is("2026-12-26T01:00:00Z")
    );
    assert_eq!(
        next(&office, "2026-12-26T01:00:00Z"),
        is("2026-12-28T09:00:00Z")
    );
    assert_eq!(
        next(&office, "2026-12-28T09:00:00Z"),
        is("2026-12-28T11:00:00Z")
    );
    assert_eq!(
        next(&office, "2026-12-28T11:00:00Z"),
        is("2027-01-01T21:00:00Z")
    );
}

#[test]
fn a_holiday_may_open_what_the_week_keeps_closed() {
    let office = hours(
        "UTC",
        "",
        r#"{"from":"2026-12-24","to":"2026-12-25","open":[{"from":"22:00","to":"01:00"}]}"#,
    );
    assert!(office.is_open(at("2026-12-26T00:30:00Z")));
    assert_eq!(
        next(&office, "2026-06-01T00:00:00Z"),
        is("2026-12-24T22:00:00Z")
    );
    assert_eq!(next(&office, "2026-12-26T01:00:00Z"), None);
}
