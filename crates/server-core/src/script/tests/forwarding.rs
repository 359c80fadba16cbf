//! Looking for a person: found, not found, and what is refused meanwhile.

use super::engine::{ButtonOutcome, TextOutcome};
use super::*;

const SCRIPT: &str = r#"
{"id":"q","type":"question","text":"Q","answers":[{"id":"p","text":"Person"}]},
{"id":"f","type":"forward","expertise":["Sales","Refunds"],"text":"Connecting you","if_nobody":"sorry"},
{"id":"sorry","type":"end","text":"Sorry"}"#;

fn forwarding(script: &Script) -> (Run, Facts) {
    let (mut run, facts) = (engine::begin(script), Facts::default());
    speak(script, &mut run, &facts);
    press(script, &mut run, "q", "p");
    assert_eq!(
        engine::next(script, &mut run, &facts),
        Some(Action::Forward {
            step: StepId("f".to_owned()),
            expertise: vec!["Sales".to_owned(), "Refunds".to_owned()],
            text: Some("Connecting you".to_owned()),
        })
    );
    (run, facts)
}

#[test]
fn after_a_person_was_found_the_bot_is_silent() {
    let script = script(SCRIPT);
    let (mut run, facts) = forwarding(&script);
    assert!(engine::forward_succeeded(&mut run));
    assert_eq!(run.status, Status::Forwarded);
    assert_eq!(engine::next(&script, &mut run, &facts), None);
    assert_eq!(
        press(&script, &mut run, "q", "p"),
        ButtonOutcome::AlreadyAnswered
    );
    assert_eq!(
        engine::answer_text(&script, &mut run, "x"),
        TextOutcome::NotAwaited
    );
    assert!(!engine::restart(&script, &mut run));
    assert!(!engine::forward_succeeded(&mut run));
    assert!(!engine::forward_failed(&script, &mut run));
}

#[test]
fn with_nobody_there_the_fallback_is_said() {
    let script = script(SCRIPT);
    let (mut run, facts) = forwarding(&script);
    assert_eq!(engine::next(&script, &mut run, &facts), None);
    assert!(!engine::restart(&script, &mut run));
    assert!(engine::forward_failed(&script, &mut run));
    assert_eq!(speak(&script, &mut run, &facts), ["Sorry", "end"]);
    assert!(!engine::forward_succeeded(&mut run));
    assert!(engine::restart(&script, &mut run));
}

#[test]
fn without_a_named_fallback_the_next_steps_are_it() {
    let script = script(&SCRIPT.replace(r#","if_nobody":"sorry""#, ""));
    let (mut run, facts) = forwarding(&script);
    engine::forward_failed(&script, &mut run);
    assert_eq!(speak(&script, &mut run, &facts), ["Sorry", "end"]);
}
