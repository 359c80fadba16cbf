//! Whatever the hours and the zone: changes are what they say.

use proptest::prelude::*;
use protocol::time::Timestamp;

use super::daily;

const ZONES: [&str; 8] = [
    "Europe/Madrid",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Beirut",
    "America/St_Johns",
];

proptest! {
    #[test]
    fn the_answer_changes_at_the_change_and_not_before(
        zone in 0..ZONES.len(),
        from in 0..1440_u32,
        length in 1..1440_u32,
        second in 1_262_304_000_i64..1_893_456_000,
        share in 0..1000_i64,
    ) {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let interval = format!(
            r#"{{"from":"{}","to":"{}"}}"#,
            clock(from),
            clock(from + length),
        );
        let hours = daily(ZONES[zone], &interval);
        let now = Timestamp(second * 1000);
        let open = hours.is_open(now);
        let change = hours.next_change(now).unwrap();
        prop_assert!(change > now);
        prop_assert_eq!(hours.is_open(change), !open);
        prop_assert_eq!(hours.is_open(change.plus(-1)), open);
        let between = now.plus(change.since(now).saturating_sub(1) * share / 1000);
        prop_assert_eq!(hours.is_open(between), open);
    }
}
