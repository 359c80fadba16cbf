//! Catalogues in the browser: texts, plurals, dates.

use protocol::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::stage::{ENGLISH, SPANISH};
use crate::i18n::{Catalogue, Key, LANGUAGES, Plural};

const ARABIC: &str = include_str!("../../../../public/locales/ar.json");
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn noon(days_ago: i64) -> Timestamp {
    // Noon in the browser's zone, so that no test depends on where it runs.
    let date = js_sys::Date::new_with_year_month_day_hr(2026, 2, 12, 12);
    Timestamp(date.get_time() as i64).plus(-days_ago * DAY)
}

#[test]
fn texts_are_filled_and_unknown_ones_show_their_name() {
    let english = Catalogue::parse("en", ENGLISH).unwrap();
    assert_eq!(
        english.text_with(Key::COMMON_TYPING_SINGLE, &[("name", "{name}")]),
        "{name} is typing…"
    );
    let empty = Catalogue::empty();
    assert_eq!(empty.text(Key::COMMON_ACTION_RETRY), "common.action.retry");
    assert!(Catalogue::parse("en", "{").is_none());
}

#[test]
fn numbers_choose_the_form_of_their_language() {
    let english = Catalogue::parse("en", ENGLISH).unwrap();
    assert_eq!(
        english.count(Plural::COMMON_MESSAGES_NEW, 1),
        "1 new message"
    );
    assert_eq!(
        english.count(Plural::COMMON_MESSAGES_NEW, 1200),
        "1,200 new messages"
    );
    let arabic = Catalogue::parse("ar", ARABIC).unwrap();
    let forms: Vec<String> = [1, 2, 5, 11]
        .map(|number| arabic.count(Plural::COMMON_MESSAGES_NEW, number))
        .into();
    assert_eq!(forms[0], "رسالة جديدة واحدة");
    assert_eq!(forms[1], "رسالتان جديدتان");
    assert!(forms[2].ends_with("رسائل جديدة"), "{}", forms[2]);
    assert!(forms[3].ends_with("رسالة جديدة"), "{}", forms[3]);
}

#[test]
fn days_are_told_as_people_do() {
    let english = Catalogue::parse("en", ENGLISH).unwrap();
    let now = noon(0);
    assert_eq!(english.day(now, now), "Today");
    assert_eq!(english.day(noon(1), now), "Yesterday");
    assert_eq!(english.day(noon(10), now), "Monday, March 2");
    assert_eq!(english.day(noon(100), now), "December 2, 2025");
    let spanish = Catalogue::parse("es", SPANISH).unwrap();
    assert_eq!(spanish.day(noon(1), now), "Ayer");
    assert_eq!(spanish.day(noon(10), now), "lunes, 2 de marzo");
}

#[test]
fn midnight_and_not_a_span_of_hours_divides_days() {
    let english = Catalogue::parse("en", ENGLISH).unwrap();
    let just_after_midnight = noon(0).plus(-12 * 60 * MINUTE + MINUTE);
    let just_before = just_after_midnight.plus(-2 * MINUTE);
    assert_eq!(english.day(just_before, just_after_midnight), "Yesterday");
    assert_eq!(english.day(just_after_midnight, noon(0)), "Today");
}

#[test]
fn lists_get_the_shortest_form_that_is_clear() {
    let english = Catalogue::parse("en", ENGLISH).unwrap();
    let now = noon(0);
    assert_eq!(
        english
            .short(now.plus(-90 * MINUTE), now)
            .replace('\u{202f}', " "),
        "10:30 AM"
    );
    assert_eq!(english.short(noon(1), now), "Yesterday");
    assert_eq!(english.short(noon(3), now), "Mon");
    assert_eq!(english.short(noon(10), now), "Mar 2");
    assert_eq!(english.relative(now.plus(-5 * MINUTE), now), "5 min. ago");
    assert_eq!(english.relative(now, now), "now");
}

#[test]
fn every_language_says_its_own_name() {
    let names: Vec<&str> = LANGUAGES.iter().map(|(_, name)| *name).collect();
    assert_eq!(names, ["English", "العربية", "Español", "简体中文"]);
}
