//! What becomes of pressed buttons and typed texts.

use super::engine::{ButtonOutcome, TextOutcome};
use super::*;

const FORM: &str = r#"
{"id":"q","type":"question","text":"Q?","answers":[{"id":"a","text":"First"},{"id":"b","text":"Second","go_to":"bye","link":"/help"}]},
{"id":"m","type":"email","text":"Mail?","again":"No mail. Again?","save_as":"email","skip":"Rather not"},
{"id":"t","type":"lines","text":"Tell me"},
{"id":"bye","type":"end","text":"Bye {{email:you}}"}"#;

fn begun(script: &Script) -> (Run, Facts) {
    let (mut run, facts) = (engine::begin(script), Facts::default());
    speak(script, &mut run, &facts);
    (run, facts)
}

#[test]
fn a_button_answers_its_question_once() {
    let script = script(FORM);
    let (mut run, facts) = begun(&script);
    assert_eq!(
        press(&script, &mut run, "q", "z"),
        ButtonOutcome::NoSuchAnswer
    );
    assert_eq!(
        press(&script, &mut run, "m", "skip"),
        ButtonOutcome::NotAwaited
    );
    assert_eq!(
        press(&script, &mut run, "nowhere", "a"),
        ButtonOutcome::NotAwaited
    );
    assert_eq!(
        engine::answer_text(&script, &mut run, "First"),
        TextOutcome::Locked
    );
    let ButtonOutcome::Taken(answered) = press(&script, &mut run, "q", "a") else {
        panic!("{run:?}");
    };
    assert_eq!(
        (answered.question.as_str(), answered.text.as_str()),
        ("Q?", "First")
    );
    assert_eq!(
        press(&script, &mut run, "q", "b"),
        ButtonOutcome::AlreadyAnswered
    );
    assert_eq!(speak(&script, &mut run, &facts), ["Mail? Email [skip]"]);
    assert_eq!(
        press(&script, &mut run, "q", "b"),
        ButtonOutcome::AlreadyAnswered
    );
    assert_eq!(run.answers, [answered]);
}

#[test]
fn an_answer_goes_where_it_says() {
    let script = script(FORM);
    let (mut run, facts) = begun(&script);
    press(&script, &mut run, "q", "b");
    assert_eq!(speak(&script, &mut run, &facts), ["Bye you", "end"]);
    assert_eq!(run.status, Status::Ended);
    assert_eq!(
        press(&script, &mut run, "q", "a"),
        ButtonOutcome::AlreadyAnswered
    );
    assert_eq!(
        engine::answer_text(&script, &mut run, "x"),
        TextOutcome::NotAwaited
    );
}

#[test]
fn what_is_not_valid_is_asked_again_until_it_is() {
    let script = script(FORM);
    let (mut run, facts) = begun(&script);
    press(&script, &mut run, "q", "a");
    speak(&script, &mut run, &facts);
    for _ in 0..30 {
        assert_eq!(
            engine::answer_text(&script, &mut run, "ana at example"),
            TextOutcome::NotValid
        );
        assert_eq!(
            speak(&script, &mut run, &facts),
            ["No mail. Again? Email [skip]"]
        );
    }
    let TextOutcome::Taken(answered) = engine::answer_text(&script, &mut run, " Ana@Example.COM ")
    else {
        panic!("{run:?}");
    };
    assert_eq!(answered.text, " Ana@Example.COM ");
    assert_eq!(answered.normalised.as_deref(), Some("Ana@example.com"));
    assert_eq!(answered.question, "Mail?");
    assert_eq!(speak(&script, &mut run, &facts), ["Tell me Lines []"]);
    assert_eq!(
        engine::answer_text(&script, &mut run, " \n "),
        TextOutcome::NotValid
    );
    assert_eq!(speak(&script, &mut run, &facts), ["Tell me Lines []"]);
    engine::answer_text(&script, &mut run, "One\nTwo");
    assert_eq!(
        speak(&script, &mut run, &facts),
        ["Bye Ana@example.com", "end"]
    );
    let texts: Vec<&str> = run
        .answers
        .iter()
        .map(|answered| answered.text.as_str())
        .collect();
    assert_eq!(texts, ["First", " Ana@Example.COM ", "One\nTwo"]);
}

#[test]
fn whoever_would_rather_not_say_may_go_on() {
    let script = script(FORM);
    let (mut run, facts) = begun(&script);
    press(&script, &mut run, "q", "a");
    speak(&script, &mut run, &facts);
    assert!(matches!(
        press(&script, &mut run, "m", "skip"),
        ButtonOutcome::Taken(_)
    ));
    assert_eq!(speak(&script, &mut run, &facts), ["Tell me Lines []"]);
    assert!(run.variables.is_empty());
    assert_eq!(run.answers[1].text, "Rather not");
}

#[test]
fn an_open_question_takes_typed_text_where_it_says() {
    for (fields, expected) in [
        (r#""on_text":"c","go_to":"b""#, "C"),
        (r#""go_to":"b""#, "B"),
        (r#""save_as":"wish""#, "A help"),
    ] {
        let script = script(&format!(
            r#"{{"id":"q","type":"question","text":"Q","required":false,{fields},"answers":[{{"id":"a","text":"A","go_to":"a"}},{{"id":"b","text":"B","go_to":"b"}},{{"id":"c","text":"C","go_to":"c"}}]}},
               {{"id":"a","type":"end","text":"A {}"}},{{"id":"b","type":"end","text":"B"}},{{"id":"c","type":"end","text":"C"}}"#,
            if fields.contains("wish") {
                "{{wish}}"
            } else {
                ""
            }
        ));
        let (mut run, facts) = begun(&script);
        let Status::Awaiting { asked } = &run.status else {
            panic!("{run:?}");
        };
        assert!(!asked.locked);
        let TextOutcome::Taken(answered) = engine::answer_text(&script, &mut run, "help") else {
            panic!("{run:?}");
        };
        assert_eq!((answered.answer, answered.text.as_str()), (None, "help"));
        assert_eq!(speak(&script, &mut run, &facts)[0], expected);
    }
}

#[test]
fn answers_are_kept_as_they_were_shown() {
    let file = r#"{"name":"Bot","languages":["en","es"],"steps":[
        {"id":"q","type":"question","text":{"en":"Tea?","es":"¿Té?"},"answers":[{"id":"y","text":{"en":"Yes","es":"Sí"}}]}]}"#;
    let script = check(file.as_bytes()).unwrap();
    let mut run = engine::begin(&script);
    let facts = Facts {
        language: Some("es-AR".to_owned()),
        ..Facts::default()
    };
    speak(&script, &mut run, &facts);
    let ButtonOutcome::Taken(answered) = press(&script, &mut run, "q", "y") else {
        panic!("{run:?}");
    };
    assert_eq!(
        (answered.question.as_str(), answered.text.as_str()),
        ("¿Té?", "Sí")
    );
}

#[test]
fn a_restart_begins_afresh_and_keeps_the_answers_on_record() {
    let script = script(
        r#"{"id":"q","type":"question","text":"Q","answers":[{"id":"a","text":"A"},{"id":"b","text":"B"}],"save_as":"letter"},
           {"id":"t","type":"text","text":"T","if":[{"answer":"q","is":["a"]}]},
           {"id":"m","type":"line","text":"M {{letter}}"}"#,
    );
    let (mut run, facts) = begun(&script);
    press(&script, &mut run, "q", "a");
    assert_eq!(speak(&script, &mut run, &facts), ["T", "M A Line []"]);
    assert!(engine::restart(&script, &mut run));
    assert_eq!(speak(&script, &mut run, &facts), ["Q Buttons [a b]"]);
    assert!(run.variables.is_empty());
    assert_eq!(
        press(&script, &mut run, "m", "x"),
        ButtonOutcome::NotAwaited
    );
    press(&script, &mut run, "q", "b");
    assert_eq!(speak(&script, &mut run, &facts), ["M B Line []"]);
    let record: Vec<(u32, &str)> = run
        .answers
        .iter()
        .map(|answered| (answered.round, answered.text.as_str()))
        .collect();
    assert_eq!(record, [(0, "A"), (1, "B")]);
}

#[test]
fn whoever_goes_in_circles_fills_no_storage_and_keeps_what_counts() {
    let script = script(
        r#"{"id":"b","type":"question","text":"B","answers":[{"id":"y","text":"Yes"}]},
           {"id":"q","type":"line","text":"Q","go_to":"q"}"#,
    );
    let (mut run, facts) = begun(&script);
    press(&script, &mut run, "b", "y");
    for at in 0..300 {
        engine::next(&script, &mut run, &facts);
        engine::answer_text(&script, &mut run, &at.to_string());
    }
    assert_eq!(run.answers.len(), 200);
    assert_eq!(run.answers[0].text, "Yes");
    assert_eq!(run.answers[1].text, "101");
    assert_eq!(run.answers[199].text, "299");
    assert_eq!(run.said.len(), 2);
}
