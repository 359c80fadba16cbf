//! The hand-written RFC 3339 against chrono.

use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use proptest::prelude::{ProptestConfig, proptest};
use protocol::time::Timestamp;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_instant_is_written_as_chrono_writes_it(millis in -62_167_219_200_000_i64..253_402_300_800_000) {
        let theirs = Utc.timestamp_millis_opt(millis).unwrap();
        let ours = Timestamp(millis).to_string();
        assert_eq!(ours, theirs.to_rfc3339_opts(SecondsFormat::Millis, true));
        assert_eq!(Timestamp::parse(&ours), Some(Timestamp(millis)));
    }

    #[test]
    fn offsets_and_fractions_are_read_as_chrono_reads_them(
        millis in 0_i64..4_102_444_800_000,
        offset in -23 * 60..=23 * 60_i32,
        digits in "[0-9]{1,9}",
    ) {
        let zone = chrono::FixedOffset::east_opt(offset * 60).unwrap();
        let whole = Utc.timestamp_millis_opt(millis).unwrap().with_timezone(&zone);
        let text = format!("{}.{digits}{}", whole.format("%Y-%m-%dT%H:%M:%S"), whole.format("%:z"));
        let theirs = DateTime::parse_from_rfc3339(&text).unwrap().timestamp_millis();
        assert_eq!(Timestamp::parse(&text), Some(Timestamp(theirs)), "{text}");
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in ".{0,40}") {
        let _ = Timestamp::parse(&text);
    }
}

#[test]
fn texts_that_are_no_times_are_refused() {
    for text in [
        "",
        "2026-11-22",
        "2026-11-22T18:30:05",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T18:30:05.Z",
        "2026-11-22T18:30:05Zx",
        "２０26-11-22T18:30:05Z",
        "2026-11-22T18:30:05+0100",
        "2026-11-22T18:30:05+24:00",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
    assert!(Timestamp::parse("2024-02-29t00:00:60z").is_some());
}
