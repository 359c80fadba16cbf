//! The script that comes with the demo.

use super::*;

fn demo() -> Script {
    let file = include_bytes!("../../../../server/scripts/demo.json");
    check(file).unwrap()
}

#[test]
fn it_speaks_the_four_languages_of_the_catalogues() {
    let script = demo();
    assert_eq!(script.languages, ["en", "es", "zh-CN", "ar"]);
    for (language, begins) in [
        ("en", "Hi there"),
        ("es", "¡Hola"),
        ("zh-SG", "您好"),
        ("ar", "مرحب"),
    ] {
        let facts = Facts {
            language: Some(language.to_owned()),
            ..Facts::default()
        };
        let told = speak(&script, &mut engine::begin(&script), &facts);
        assert!(told[0].starts_with(begins), "{told:?}");
        assert_eq!(told.len(), 2);
    }
}

#[test]
fn typing_leads_to_a_person_and_nobody_there_to_the_address() {
    let (script, facts) = (demo(), Facts::default());
    let mut run = engine::begin(&script);
    speak(&script, &mut run, &facts);
    engine::answer_text(&script, &mut run, "My lamp is broken");
    assert_eq!(speak(&script, &mut run, &facts), ["forward to Sales"]);
    engine::forward_failed(&script, &mut run);
    let told = speak(&script, &mut run, &facts);
    assert!(told[1].ends_with("Email [skip]"), "{told:?}");
    engine::answer_text(&script, &mut run, "ana@example.com");
    let told = speak(&script, &mut run, &facts);
    assert_eq!(
        told,
        [
            "Thank you! We will write to ana@example.com as soon as we can.",
            "end"
        ]
    );
}

#[test]
fn an_order_is_asked_for_and_technicians_are_found() {
    let (script, facts) = (demo(), Facts::default());
    let mut run = engine::begin(&script);
    speak(&script, &mut run, &facts);
    press(&script, &mut run, "topic", "order");
    speak(&script, &mut run, &facts);
    engine::answer_text(&script, &mut run, "A-17");
    let told = speak(&script, &mut run, &facts);
    assert!(told[0].contains("order A-17"), "{told:?}");
    engine::answer_text(&script, &mut run, "ana@example.com");
    assert_eq!(speak(&script, &mut run, &facts), ["forward to Sales"]);

    let mut run = engine::begin(&script);
    speak(&script, &mut run, &facts);
    press(&script, &mut run, "topic", "person");
    speak(&script, &mut run, &facts);
    press(&script, &mut run, "which", "technical");
    assert_eq!(speak(&script, &mut run, &facts), ["forward to Technical"]);
}
