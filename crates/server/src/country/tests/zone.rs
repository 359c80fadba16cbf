//! Time zones, new names and old ones.

use crate::country::zones::{code, country};

#[test]
fn zones_belong_to_their_country_by_their_new_and_old_names() {
    for (zone, expected) in [
        ("Europe/Madrid", "ES"),
        ("Atlantic/Canary", "ES"),
        ("europe/madrid", "ES"),
        ("Asia/Kolkata", "IN"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Saigon", "VN"),
        ("Europe/Kyiv", "UA"),
        ("Europe/Kiev", "UA"),
        ("America/Buenos_Aires", "AR"),
        ("America/Argentina/Ushuaia", "AR"),
        ("Europe/Stockholm", "SE"),
        ("Atlantic/Reykjavik", "IS"),
        ("Iceland", "IS"),
        ("US/Pacific", "US"),
        ("PRC", "CN"),
        ("Pacific/Yap", "FM"),
    ] {
        assert_eq!(country(zone), Some(expected), "{zone}");
    }
}

#[test]
fn zones_of_no_country_give_none() {
    for zone in [
        "UTC",
        "Etc/GMT+3",
        "GMT",
        "Europe",
        "",
        "Mars/Olympus",
        "#",
        &"x".repeat(10_000),
    ] {
        assert_eq!(country(zone), None, "{zone}");
    }
}

#[test]
fn codes_are_those_of_countries() {
    assert_eq!(code("es").as_deref(), Some("ES"));
    assert_eq!(code("XK").as_deref(), Some("XK"));
    for text in ["XX", "T1", "ZZ", "EU", "ESP", "E", "", "é"] {
        assert_eq!(code(text), None, "{text}");
    }
}
