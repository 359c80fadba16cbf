//! The script that comes with the demo.

use super::*;

fn demo() -> Script {
    let file = include_bytes!("../../../../server/scripts/demo.json");
    check(file).unwrap()
}

/// A visitor who has been greeted.
fn greeted(script: &Script, facts: &Facts) -> Run {
    let mut run = engine::begin(script);
    let told = speak(script, &mut run, facts);
    assert_eq!(told.len(), 2, "{told:?}");
    run
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
fn no_question_locks_the_composer() {
    let script = demo();
    for step in &script.steps {
        let locked = matches!(step.kind, Kind::Question { required: true, .. });
        assert!(!locked, "{}", step.id.0);
    }
}

#[test]
fn typing_leads_to_anybody_and_nobody_there_to_the_address() {
    let (script, facts) = (demo(), Facts::default());
    let mut run = greeted(&script, &facts);
    engine::answer_text(&script, &mut run, "My lamp is broken");
    assert_eq!(speak(&script, &mut run, &facts), ["forward to "]);
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
fn one_press_leads_to_who_knows_about_it() {
    let (script, facts) = (demo(), Facts::default());
    for (answer, forward) in [
        ("sales", "forward to Sales"),
        ("technical", "forward to Technical"),
    ] {
        let mut run = greeted(&script, &facts);
        press(&script, &mut run, "topic", answer);
        assert_eq!(speak(&script, &mut run, &facts), [forward]);
    }
}

#[test]
fn an_order_is_asked_for_once_and_its_address_is_written_to() {
    let (script, facts) = (demo(), Facts::default());
    for (address, ends) in [
        (
            Some("ana@example.com"),
            "We will write to ana@example.com about order A-17 as soon as we can.",
        ),
        (None, "Write again whenever you like."),
    ] {
        let mut run = greeted(&script, &facts);
        press(&script, &mut run, "topic", "order");
        speak(&script, &mut run, &facts);
        engine::answer_text(&script, &mut run, "A-17");
        let told = speak(&script, &mut run, &facts);
        assert!(told[0].contains("order A-17"), "{told:?}");
        match address {
            Some(address) => {
                engine::answer_text(&script, &mut run, address);
            }
            None => {
                press(&script, &mut run, "order-email", "skip");
            }
        }
        assert_eq!(speak(&script, &mut run, &facts), ["forward to "]);
        engine::forward_failed(&script, &mut run);
        assert_eq!(speak(&script, &mut run, &facts)[1..], [ends, "end"]);
    }
}

#[test]
fn hours_are_told_and_the_visitor_goes_on() {
    let script = demo();
    for (hours_open, begins) in [(true, "Yes"), (false, "Not at the moment")] {
        let facts = Facts {
            hours_open,
            ..Facts::default()
        };
        let mut run = greeted(&script, &facts);
        press(&script, &mut run, "topic", "hours");
        let told = speak(&script, &mut run, &facts);
        assert!(told[0].starts_with(begins), "{told:?}");
        engine::answer_text(&script, &mut run, "Then I have a question");
        assert_eq!(speak(&script, &mut run, &facts), ["forward to "]);
    }
}
