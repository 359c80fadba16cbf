//! Days on which clocks are put forward or back, and zones that are not whole hours away.

use super::{at, daily, is, next};

#[test]
fn opening_in_the_hour_that_is_left_out_is_opening_at_its_end() {
    // In Madrid 2026-03-29 goes from 02:00 to 03:00, which is 01:00 UTC.
    let hours = daily("Europe/Madrid", r#"{"from":"02:30","to":"04:00"}"#);
    assert_eq!(
        next(&hours, "2026-03-28T12:00:00Z"),
        is("2026-03-29T01:00:00Z")
    );
    assert_eq!(
        next(&hours, "2026-03-29T01:00:00Z"),
        is("2026-03-29T02:00:00Z")
    );
}

#[test]
fn an_interval_inside_the_hour_that_is_left_out_does_not_happen() {
    let hours = daily("Europe/Madrid", r#"{"from":"02:10","to":"02:50"}"#);
    assert_eq!(
        next(&hours, "2026-03-28T12:00:00Z"),
        is("2026-03-30T00:10:00Z")
    );
    assert!(!hours.is_open(at("2026-03-29T01:00:00Z")));
}

#[test]
fn an_hour_that_comes_twice_is_open_twice() {
    // In Madrid 2026-10-25 has 02:00 to 03:00 twice, from 00:00 UTC and from 01:00 UTC.
    let hours = daily("Europe/Madrid", r#"{"from":"02:15","to":"02:45"}"#);
    assert_eq!(
        next(&hours, "2026-10-24T12:00:00Z"),
        is("2026-10-25T00:15:00Z")
    );
    assert_eq!(
        next(&hours, "2026-10-25T00:15:00Z"),
        is("2026-10-25T01:45:00Z")
    );
    let before = daily("Europe/Madrid", r#"{"from":"00:00","to":"02:30"}"#);
    assert_eq!(
        next(&before, "2026-10-24T23:00:00Z"),
        is("2026-10-25T01:30:00Z")
    );
}

#[test]
fn clocks_may_change_at_midnight() {
    // In Beirut 2026-03-29 begins at 01:00, which is 22:00 UTC the evening before.
    let hours = daily("Asia/Beirut", r#"{"from":"00:00","to":"08:00"}"#);
    assert_eq!(
        next(&hours, "2026-03-28T12:00:00Z"),
        is("2026-03-28T22:00:00Z")
    );
    assert_eq!(
        next(&hours, "2026-03-28T22:00:00Z"),
        is("2026-03-29T05:00:00Z")
    );
}

#[test]
fn zones_may_be_parts_of_hours_away() {
    let work = r#"{"from":"09:00","to":"17:00"}"#;
    for (zone, eve, opens) in [
        (
            "Asia/Kolkata",
            "2026-11-23T00:00:00Z",
            "2026-11-23T03:30:00Z",
        ),
        (
            "Asia/Kathmandu",
            "2026-11-23T00:00:00Z",
            "2026-11-23T03:15:00Z",
        ),
        (
            "Australia/Eucla",
            "2026-11-23T00:00:00Z",
            "2026-11-23T00:15:00Z",
        ),
        (
            "America/St_Johns",
            "2026-11-23T00:00:00Z",
            "2026-11-23T12:30:00Z",
        ),
        (
            "Pacific/Marquesas",
            "2026-11-23T12:00:00Z",
            "2026-11-23T18:30:00Z",
        ),
    ] {
        assert_eq!(next(&daily(zone, work), eve), is(opens), "{zone}");
    }
}

#[test]
fn a_change_of_half_an_hour_counts_as_half_an_hour() {
    // Lord Howe goes from 02:00 (+10:30) to 02:30 (+11:00) on 2026-10-04.
    let hours = daily("Australia/Lord_Howe", r#"{"from":"02:15","to":"03:00"}"#);
    assert_eq!(
        next(&hours, "2026-10-03T00:00:00Z"),
        is("2026-10-03T15:30:00Z")
    );
    assert_eq!(
        next(&hours, "2026-10-03T15:30:00Z"),
        is("2026-10-03T16:00:00Z")
    );
}

#[test]
fn both_sides_of_the_date_line_open_on_their_own_date() {
    let work = r#"{"from":"09:00","to":"17:00"}"#;
    let east = daily("Pacific/Kiritimati", work);
    let west = daily("Pacific/Pago_Pago", work);
    // 09:00 on the 24th is 19:00 UTC on the 23rd at +14, and 20:00 UTC on the 24th at -11.
    assert_eq!(
        next(&east, "2026-11-23T12:00:00Z"),
        is("2026-11-23T19:00:00Z")
    );
    assert_eq!(
        next(&west, "2026-11-24T12:00:00Z"),
        is("2026-11-24T20:00:00Z")
    );
}

#[test]
fn a_date_that_was_left_out_is_not_open() {
    // Samoa went from the end of 2011-12-29 to the beginning of 2011-12-31, at 10:00 UTC.
    let hours = daily("Pacific/Apia", r#"{"from":"09:00","to":"17:00"}"#);
    assert_eq!(
        next(&hours, "2011-12-30T03:00:00Z"),
        is("2011-12-30T19:00:00Z")
    );
    let night = daily("Pacific/Apia", r#"{"from":"22:00","to":"06:00"}"#);
    assert_eq!(
        next(&night, "2011-12-30T08:00:00Z"),
        is("2011-12-30T16:00:00Z")
    );
}
