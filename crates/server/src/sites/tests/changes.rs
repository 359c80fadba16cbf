//! What becomes of a file that is written, changed, spoilt and taken away.

use std::sync::Arc;

use server_core::ports::{SiteRules, Sites};

use super::{Place, key, script};

#[test]
fn where_nothing_is_written_down_nothing_is_set() {
    let mut place = Place::new();
    for name in ["scripts", "channels"] {
        std::fs::remove_dir(place.path(name)).unwrap();
    }
    assert!(place.look().is_empty());
    assert_eq!(place.script("shop"), None);
    assert_eq!(*place.sites().rules(&key("shop")), SiteRules::default());
}

#[test]
fn a_file_is_its_site_s_and_nobody_else_s() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.write("channels/press.json", r#"{"expected_reply_minutes":5}"#);
    let told = place.look();
    assert_eq!(
        told,
        [
            "INFO channels/press.json is in force",
            "INFO scripts/shop.json is in force"
        ]
    );
    assert_eq!(place.script("shop").as_deref(), Some("Shop"));
    assert_eq!(place.script("press"), None);
    assert_eq!(place.reply_ms("press"), Some(300_000));
    assert_eq!(place.reply_ms("shop"), None);
    let file = place.sites().script(&key("shop")).unwrap();
    assert_eq!(file.source, script("Shop"));
}

#[test]
fn a_change_is_taken_up_and_the_rest_not_read_again() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.write("scripts/press.json", &script("Press"));
    place.look();
    let press = place.sites().script(&key("press")).unwrap();
    place.write("scripts/shop.json", &script("Shop, by night"));
    assert_eq!(place.look(), ["INFO scripts/shop.json is in force"]);
    assert_eq!(place.script("shop").as_deref(), Some("Shop, by night"));
    let still = place.sites().script(&key("press")).unwrap();
    assert!(Arc::ptr_eq(&press, &still));
    assert!(place.look().is_empty());
}

#[test]
fn a_file_put_in_the_place_of_another_is_taken_up_though_size_and_time_are_the_same() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("One"));
    place.look();
    let (file, other) = (place.path("scripts/shop.json"), place.path("scripts/.new"));
    let written = std::fs::metadata(&file).unwrap().modified().unwrap();
    std::fs::write(&other, script("Two")).unwrap();
    let opened = std::fs::File::options().write(true).open(&other).unwrap();
    opened.set_modified(written).unwrap();
    std::fs::rename(other, file).unwrap();
    place.look();
    assert_eq!(place.script("shop").as_deref(), Some("Two"));
}

#[test]
fn a_bad_file_is_refused_by_line_and_the_one_before_stays() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.look();
    let bad = script("Spoilt")
        .replace("\"Hi\"", "\"\"")
        .replace("\"name\"", "\"nam\"");
    place.write("scripts/shop.json", &bad);
    let told = place.look();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(
        told[0].starts_with("WARN scripts/shop.json:1: "),
        "{told:?}"
    );
    assert!(
        told[2].starts_with("WARN scripts/shop.json:2: "),
        "{told:?}"
    );
    assert_eq!(
        told[3],
        "WARN scripts/shop.json is refused; what it said before stays in force"
    );
    assert_eq!(place.script("shop").as_deref(), Some("Shop"));
    assert!(place.look().is_empty(), "it was told already");
    place.write("scripts/shop.json", &script("Mended"));
    place.look();
    assert_eq!(place.script("shop").as_deref(), Some("Mended"));
}

#[test]
fn a_bad_file_at_the_start_is_told_and_in_nobody_s_way() {
    let mut place = Place::new();
    place.write("scripts/shop.json", "{\n");
    place.write("scripts/press.json", &script("Press"));
    let told = place.look();
    let refused = "WARN scripts/shop.json is refused; nothing of it is in force";
    assert!(told.contains(&refused.to_owned()), "{told:?}");
    let line = "WARN scripts/shop.json:2: this is not JSON";
    assert!(told.iter().any(|it| it.starts_with(line)), "{told:?}");
    assert_eq!(place.script("shop"), None);
    assert_eq!(place.script("press").as_deref(), Some("Press"));
}

#[test]
fn a_file_that_is_half_written_changes_nothing_until_it_is_whole() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.look();
    let fresh = script("Shop, written slowly");
    for end in [0, 1, fresh.len() / 2, fresh.len() - 1] {
        place.write("scripts/shop.json", &fresh[..end]);
        place.look();
        assert_eq!(place.script("shop").as_deref(), Some("Shop"), "{end}");
    }
    place.write("scripts/shop.json", &fresh);
    place.look();
    assert_eq!(
        place.script("shop").as_deref(),
        Some("Shop, written slowly")
    );
}

#[test]
fn a_file_that_is_gone_has_no_effect_any_more() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.write("channels/shop.json", r#"{"expected_reply_minutes":5}"#);
    place.look();
    place.remove("scripts/shop.json");
    assert_eq!(
        place.look(),
        ["INFO scripts/shop.json is gone and no longer in force"]
    );
    assert_eq!(place.script("shop"), None);
    assert_eq!(place.reply_ms("shop"), Some(300_000));
    std::fs::remove_dir_all(place.path("channels")).unwrap();
    place.look();
    assert_eq!(place.reply_ms("shop"), None);
    std::fs::create_dir(place.path("channels")).unwrap();
    place.write("channels/shop.json", r#"{"expected_reply_minutes":7}"#);
    place.look();
    assert_eq!(place.reply_ms("shop"), Some(420_000));
}

#[test]
fn a_bad_file_that_is_gone_takes_what_it_said_before_with_it() {
    let mut place = Place::new();
    place.write("scripts/shop.json", &script("Shop"));
    place.look();
    place.write("scripts/shop.json", "{");
    place.look();
    assert!(place.script("shop").is_some());
    place.remove("scripts/shop.json");
    place.look();
    assert_eq!(place.script("shop"), None);
}
