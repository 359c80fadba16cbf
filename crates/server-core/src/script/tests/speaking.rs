//! What a script says: order, conditions, languages, variables, pauses.

use super::*;

fn said(script: &Script, facts: &Facts) -> Vec<String> {
    speak(script, &mut engine::begin(script), facts)
}

#[test]
fn steps_come_in_order_and_jumps_are_taken() {
    let script = script(
        r#"{"id":"a","type":"text","text":"A","go_to":"c"},
           {"id":"b","type":"end","text":"B"},
           {"id":"c","type":"text","text":"C","go_to":"b"}"#,
    );
    assert_eq!(said(&script, &Facts::default()), ["A", "C", "B", "end"]);
}

#[test]
fn conditions_are_judged_when_their_turn_comes() {
    let script = script(
        r#"{"id":"open","type":"text","text":"Open","if":[{"hours":"open"}]},
           {"id":"closed","type":"text","text":"Closed","if":[{"hours":"closed"}]},
           {"id":"es","type":"text","text":"Hola","if":[{"language":["es","ca"]}]},
           {"id":"shop","type":"text","text":"Shop","if":[{"page":"/shop/*"},{"page":"/tea"},{"available":true}]},
           {"id":"end","type":"end"}"#,
    );
    let facts = |language: &str, page: &str, open, available| Facts {
        language: Some(language.to_owned()),
        page: Some(format!("https://x.example{page}")),
        hours_open: open,
        somebody_available: available,
        ..Facts::default()
    };
    for (facts, expected) in [
        (facts("en", "/", true, true), &["Open", "end"][..]),
        (
            facts("es-MX", "/shop/a", false, true),
            &["Closed", "Hola", "Shop", "end"],
        ),
        (facts("ca", "/tea?x", true, false), &["Open", "Hola", "end"]),
        (Facts::default(), &["Closed", "end"]),
    ] {
        assert_eq!(said(&script, &facts), expected, "{facts:?}");
    }
    let mut run = engine::begin(&script);
    engine::next(&script, &mut run, &facts("en", "/", true, false));
    // Meanwhile the visitor changed the language, and the shop closed.
    assert_eq!(
        speak(&script, &mut run, &facts("es", "/", false, false)),
        ["Closed", "Hola", "end"]
    );
}

#[test]
fn answers_to_one_question_are_alternatives_and_to_two_both_needed() {
    let script = script(
        r#"{"id":"q","type":"question","text":"Q","answers":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}]},
           {"id":"r","type":"question","text":"R","answers":[{"id":"a","text":"A"},{"id":"b","text":"B"}]},
           {"id":"t","type":"text","text":"T","if":[{"answer":"q","is":["a"]},{"answer":"r","is":["b"]},{"answer":"q","is":["b"]}]},
           {"id":"e","type":"end"}"#,
    );
    for (q, r, expected) in [
        ("a", "b", &["T", "end"][..]),
        ("b", "b", &["T", "end"]),
        ("c", "b", &["end"]),
        ("a", "a", &["end"]),
    ] {
        let (mut run, facts) = (engine::begin(&script), Facts::default());
        speak(&script, &mut run, &facts);
        press(&script, &mut run, "q", q);
        speak(&script, &mut run, &facts);
        press(&script, &mut run, "r", r);
        assert_eq!(speak(&script, &mut run, &facts), expected, "{q} {r}");
    }
}

#[test]
fn variables_hold_what_was_answered_before_what_is_on_record() {
    let script = script(
        r#"{"id":"hi","type":"text","text":"Hi {{name:there}}, this is {{channel}}. {{{{name}}"},
           {"id":"n","type":"line","text":"Name?","save_as":"name"},
           {"id":"p","type":"phone","text":"Phone?","save_as":"number"},
           {"id":"bye","type":"end","text":"{{name}} at {{number}} or {{email:no mail}}"}"#,
    );
    let facts = Facts {
        channel: "Support".to_owned(),
        contact: ContactFacts {
            name: Some("Ana".to_owned()),
            ..ContactFacts::default()
        },
        ..Facts::default()
    };
    let mut run = engine::begin(&script);
    let told = speak(&script, &mut run, &facts);
    assert_eq!(told, ["Hi Ana, this is Support. {{name}}", "Name? Line []"]);
    engine::answer_text(&script, &mut run, " {{email}} ");
    speak(&script, &mut run, &facts);
    engine::answer_text(&script, &mut run, "+44 (20) 7946-0958");
    let told = speak(&script, &mut run, &facts);
    assert_eq!(told, ["{{email}} at +442079460958 or no mail", "end"]);
}

#[test]
fn pauses_grow_with_the_text_and_can_be_switched_off() {
    let pause = |typing: &str, length: usize, reduced_motion| {
        let text = "ü".repeat(length);
        let file = format!(
            "{{\"name\":\"Bot\",\"languages\":[\"en\"],\"typing\":\"{typing}\",\"steps\":[{{\"id\":\"a\",\"type\":\"text\",\"text\":\"{text}\"}}]}}"
        );
        let script = check(file.as_bytes()).unwrap();
        let facts = Facts {
            reduced_motion,
            ..Facts::default()
        };
        match engine::next(&script, &mut engine::begin(&script), &facts) {
            Some(Action::Say { delay_ms, .. }) => delay_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(pause("natural", 5, false), 460);
    assert_eq!(pause("natural", 50, false), 1_000);
    assert_eq!(pause("natural", 9_000, false), 2_000);
    assert_eq!(pause("natural", 50, true), 0);
    assert_eq!(pause("none", 50, false), 0);
}

#[test]
fn the_next_action_can_be_known_before_it_is_taken() {
    let script =
        script(r#"{"id":"a","type":"text","text":"A"},{"id":"b","type":"text","text":"B"}"#);
    let (run, facts) = (engine::begin(&script), Facts::default());
    let known = engine::next(&script, &mut run.clone(), &facts);
    assert_eq!(known, engine::next(&script, &mut run.clone(), &facts));
    assert_eq!(speak(&script, &mut run.clone(), &facts), ["A", "B", "end"]);
}

#[test]
fn a_run_whose_script_changed_ends_instead_of_going_astray() {
    let before =
        script(r#"{"id":"q","type":"line","text":"Q"},{"id":"a","type":"text","text":"A"}"#);
    let after = script(r#"{"id":"z","type":"text","text":"Z"}"#);
    let (mut run, facts) = (engine::begin(&before), Facts::default());
    speak(&before, &mut run, &facts);
    assert_ne!(run.script, after.hash);
    engine::answer_text(&after, &mut run, "x");
    assert_eq!(speak(&after, &mut run, &facts), ["end"]);
}

#[test]
fn a_stored_run_that_goes_in_circles_is_stopped() {
    let mut script =
        script(r#"{"id":"a","type":"text","text":"A"},{"id":"b","type":"text","text":"B"}"#);
    script.steps[1].next = Target(0);
    let mut run = engine::begin(&script);
    let told = speak(&script, &mut run, &Facts::default());
    assert_eq!(told.len(), 13);
    assert_eq!(run.status, Status::Ended);
    assert_eq!(run.said, ["a", "b"].map(|id| StepId(id.to_owned())));
}

#[test]
fn texts_that_are_no_runs_are_told_apart() {
    assert_eq!(Run::from_text(""), None);
    assert_eq!(Run::from_text("{\"script\":\"x\"}"), None);
}
