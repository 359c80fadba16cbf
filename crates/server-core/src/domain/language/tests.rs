//! Tags as browsers, agents and scripts write them.

use super::*;

fn chosen(preferred: &[&str], offered: &[&'static str]) -> Option<&'static str> {
    let preferred: Vec<String> = preferred.iter().map(|tag| (*tag).to_owned()).collect();
    negotiate(&preferred, offered)
}

const OFFERED: [&str; 4] = ["en", "es", "zh-CN", "ar"];

#[test]
fn regions_are_one_language_and_chinese_scripts_are_two() {
    assert!(same_language("es-MX", "es"));
    assert!(same_language("zh-SG", "zh-CN"));
    assert!(same_language("zh-hans-TW", "zh"));
    assert!(!same_language("zh-TW", "zh-CN"));
    assert!(!same_language("en", "es"));
}

#[test]
fn a_script_that_goes_without_saying_makes_no_difference() {
    for (one, other) in [
        ("es-Latn", "es"),
        ("ru-Cyrl-RU", "ru"),
        ("ar-Arab", "ar-EG"),
        ("zh-Hant", "zh-HK"),
        ("sr-Latn-RS", "sr-ME"),
    ] {
        assert!(same_language(one, other), "{one} {other}");
    }
    for (one, other) in [("sr-Latn", "sr"), ("uz-Cyrl", "uz"), ("pa-PK", "pa-IN")] {
        assert!(!same_language(one, other), "{one} {other}");
    }
}

#[test]
fn extensions_and_private_parts_name_no_script_and_no_region() {
    assert!(same_language("zh-CN-u-rg-twzzzz", "zh"));
    assert!(same_language("zh-x-tw", "zh"));
    assert!(same_language("es-u-nu-latn", "es"));
    assert!(same_language("ru-t-latn", "ru"));
}

#[test]
fn old_codes_mean_the_new_ones() {
    assert!(same_language("iw", "he-IL"));
    assert!(same_language("in-ID", "id"));
    assert!(same_language("no", "nb-NO"));
    assert!(same_language("cmn-Hans", "zh"));
    assert!(same_language("zh-cmn-Hant", "zh-TW"));
    assert!(same_language("zh-yue", "yue-HK"));
    assert!(!same_language("zh-yue", "zh-HK"));
}

#[test]
fn only_tags_are_tags() {
    for tag in ["en", "zh-Hans-CN", "es-419", "sl-rozaj-biske"] {
        assert!(is_tag(tag), "{tag}");
    }
    for text in ["", "e", "1a", "en_US", "en--US", "<b>", &"en-".repeat(20)] {
        assert!(!is_tag(text), "{text}");
    }
    assert_eq!(Written::of("<b>"), None);
}

#[test]
fn widget_language_counts_only_when_it_differs() {
    let told = |browser: &str, widget| Languages::told(&[browser.to_owned()], widget);
    assert_eq!(told("es-MX", "es").widget_if_different(), None);
    assert_eq!(
        told("de", "en").widget_if_different().as_deref(),
        Some("en")
    );
    assert_eq!(told("!", "en").browser, None);
}

#[test]
fn simplified_chinese_is_reached_by_language_region_and_script() {
    for tag in [
        "zh",
        "zh-CN",
        "zh-SG",
        "zh-MY",
        "zh-Hans",
        "zh-Hans-HK",
        "ZH-cn",
        "cmn",
    ] {
        assert_eq!(chosen(&[tag], &OFFERED), Some("zh-CN"), "{tag}");
        assert_eq!(chosen(&[tag], &["en", "zh"]), Some("zh"), "{tag}");
        assert_eq!(chosen(&[tag], &["en", "zh-Hans"]), Some("zh-Hans"), "{tag}");
    }
}

#[test]
fn traditional_chinese_goes_on_to_the_next_preference() {
    for tag in ["zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-CN"] {
        assert_eq!(chosen(&[tag, "es"], &OFFERED), Some("es"), "{tag}");
        assert_eq!(chosen(&[tag], &["zh", "en"]), None, "{tag}");
        assert_eq!(chosen(&[tag], &["zh", "zh-Hant"]), Some("zh-Hant"), "{tag}");
    }
}

#[test]
fn the_first_preference_that_is_offered_wins() {
    assert_eq!(
        chosen(&["de-DE", "fr", "es-AR", "en"], &OFFERED),
        Some("es")
    );
    assert_eq!(chosen(&["de", "fr"], &OFFERED), None);
    assert_eq!(chosen(&[], &OFFERED), None);
    assert_eq!(chosen(&["", "-", "x", "!"], &OFFERED), None);
}

#[test]
fn the_longest_tag_that_is_offered_wins() {
    let offered = ["pt", "pt-BR", "en-GB", "en"];
    assert_eq!(chosen(&["pt-BR"], &offered), Some("pt-BR"));
    assert_eq!(chosen(&["pt-PT"], &offered), Some("pt"));
    assert_eq!(chosen(&["EN-gb-oxendict"], &offered), Some("en-GB"));
    assert_eq!(chosen(&["en-u-hc-h12"], &offered), Some("en"));
}

#[test]
fn another_region_is_better_than_another_language() {
    assert_eq!(chosen(&["es-MX", "en"], &["en", "es-ES"]), Some("es-ES"));
    assert_eq!(chosen(&["es", "en"], &["en", "es-ES"]), Some("es-ES"));
}

#[test]
fn offers_that_are_no_tags_are_passed_over() {
    assert_eq!(chosen(&["es"], &["", "es_ES", "es"]), Some("es"));
}
