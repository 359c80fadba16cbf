//! What the checker finds on the paths through a script.

use super::*;

const QUESTION: &str = r#"{"id":"q","type":"question","text":"Q","answers":[
{"id":"a","text":"A"},
{"id":"b","text":"B"}]}"#;

fn after_question(steps: &str) -> Vec<String> {
    problems(&format!("{QUESTION},\n{steps}"))
}

fn one(found: &[String], words: &str) {
    assert!(
        found.len() == 1 && found[0].contains(words),
        "{found:#?}\nlack {words}"
    );
}

#[test]
fn an_answer_that_nothing_follows_is_a_dead_end() {
    one(
        &after_question(r#"{"id":"t","type":"text","text":"T","if":[{"answer":"q","is":["a"]}]}"#),
        "4: nothing may follow the answer `b` of `q`",
    );
}

#[test]
fn conditions_that_cover_every_answer_leave_no_dead_end() {
    for steps in [
        // Each answer has its step.
        r#"{"id":"t","type":"end","if":[{"answer":"q","is":["a"]}]},{"id":"u","type":"end","if":[{"answer":"q","is":["b"]}]}"#,
        // Each answer has its step in both cases of the hours.
        r#"{"id":"t","type":"end","if":[{"answer":"q","is":["a"]},{"hours":"open"}]},
           {"id":"u","type":"end","if":[{"answer":"q","is":["a"]},{"hours":"closed"}]},
           {"id":"v","type":"end","if":[{"answer":"q","is":["b"]}]}"#,
        // A last step without conditions takes what is left.
        r#"{"id":"t","type":"end","if":[{"page":"/a"},{"language":["es"]}]},{"id":"u","type":"end"}"#,
        // The end of the list is an end.
        r#"{"id":"m","type":"email","text":"M"}"#,
        // A remark that may be left out.
        r#"{"id":"t","type":"text","text":"T"},{"id":"u","type":"text","text":"U","if":[{"hours":"closed"}]}"#,
    ] {
        assert_eq!(after_question(steps), Vec::<String>::new(), "{steps}");
    }
}

#[test]
fn an_answer_counts_until_the_question_is_asked_again() {
    let found = after_question(
        r#"{"id":"t","type":"text","text":"T"},
{"id":"m","type":"email","text":"M","skip":"No"},
{"id":"u","type":"end","if":[{"answer":"q","is":["a"]}]},
{"id":"v","type":"end","if":[{"answer":"q","is":["b"]},{"answer":"m","is":["skip"]}]}"#,
    );
    one(&found, "6: nothing may follow a typed answer to `m`");
}

#[test]
fn a_forward_needs_something_to_say_when_there_is_nobody() {
    one(
        &after_question(r#"{"id":"f","type":"forward"}"#),
        "5: when `f` finds nobody, nothing may follow",
    );
    let fallback = r#"{"id":"f","type":"forward"},{"id":"e","type":"end","text":"Sorry"}"#;
    assert_eq!(after_question(fallback), Vec::<String>::new());
}

#[test]
fn steps_that_nobody_reaches_are_told() {
    one(
        &after_question(r#"{"id":"e","type":"end"},{"id":"t","type":"text","text":"T"}"#),
        "step `t` is never reached",
    );
    let impossible = r#"{"id":"e","type":"end","if":[{"answer":"q","is":["a"]}]},
{"id":"t","type":"text","text":"T","if":[{"answer":"q","is":["a"]}]},{"id":"z","type":"end"}"#;
    one(&after_question(impossible), "6: step `t` is never reached");
}

#[test]
fn circles_without_a_question_are_told_once() {
    for (steps, words) in [
        (
            r#"{"id":"t","type":"text","text":"T","go_to":"t"}"#,
            "`t` → `t` is a circle",
        ),
        (
            r#"{"id":"t","type":"text","text":"T"},{"id":"u","type":"text","text":"U","go_to":"t"}"#,
            "`t` → `u` → `t` is a circle",
        ),
        (
            r#"{"id":"f","type":"forward","if_nobody":"t"},{"id":"t","type":"text","text":"T","go_to":"f"}"#,
            "`f` → `t` → `f` is a circle",
        ),
    ] {
        one(&after_question(steps), words);
    }
}

#[test]
fn circles_with_a_question_are_welcome() {
    let steps = r#"{"id":"t","type":"text","text":"T","go_to":"q"}"#;
    assert_eq!(after_question(steps), Vec::<String>::new());
}

#[test]
fn conditions_may_break_a_circle_only_when_they_must() {
    // Who comes back from `u` has answered `b`, so `t` is passed over.
    let broken = r#"{"id":"t","type":"text","text":"T","if":[{"answer":"q","is":["a"]}],"go_to":"v"},
{"id":"u","type":"text","text":"U","go_to":"t2"},{"id":"v","type":"end"},
{"id":"t2","type":"text","text":"T","if":[{"answer":"q","is":["a"]}],"go_to":"u"},{"id":"w","type":"end"}"#;
    one(&after_question(broken), "step `t2` is never reached");
    let hours = r#"{"id":"t","type":"text","text":"T","if":[{"hours":"open"}],"go_to":"t"},{"id":"e","type":"end"}"#;
    one(&after_question(hours), "`t` → `t` is a circle");
}

#[test]
fn a_script_must_say_something_to_everybody() {
    one(
        &problems(r#"{"id":"t","type":"text","text":"T","if":[{"hours":"closed"}]}"#),
        "nothing is said at all",
    );
}

#[test]
fn many_combined_conditions_take_no_time_and_miss_nothing() {
    let mut steps = Vec::new();
    for at in 0..30 {
        steps.push(format!(
            "{{\"id\":\"q{at}\",\"type\":\"question\",\"text\":\"Q\",\"answers\":[{{\"id\":\"a\",\"text\":\"A\"}},{{\"id\":\"b\",\"text\":\"B\"}}]}}"
        ));
    }
    for at in 0..200 {
        let one = format!("{{\"answer\":\"q{}\",\"is\":[\"a\"]}}", at % 30);
        let two = format!("{{\"answer\":\"q{}\",\"is\":[\"b\"]}}", (at * 7 + 1) % 30);
        let page = format!("{{\"page\":\"/{at}\"}}");
        steps.push(format!(
            "{{\"id\":\"t{at}\",\"type\":\"end\",\"if\":[{one},{two},{page},{{\"hours\":\"open\"}}]}}"
        ));
    }
    let found = problems(&steps.join(",\n"));
    assert!(
        found
            .iter()
            .any(|line| line.contains("answer `a` of `q29`")),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.contains("answer `b` of `q29`")),
        "{found:#?}"
    );
    assert!(!found.iter().any(|line| line.contains("q28")), "{found:#?}");
}

#[test]
fn what_takes_too_long_to_follow_is_refused_in_words() {
    let mut steps = vec![r#"{"id":"q0","type":"line","text":"Q"}"#.to_owned()];
    for at in 1..500 {
        let conditions: Vec<String> = (1..4)
            .map(|by| {
                format!(
                    "{{\"answer\":\"q{}\",\"is\":[\"a\"]}}",
                    (at * by * 7) % 499 + 1
                )
            })
            .collect();
        steps.push(format!(
            "{{\"id\":\"q{at}\",\"type\":\"question\",\"text\":\"Q\",\"if\":[{},{{\"page\":\"/{at}\"}}],\"answers\":[{{\"id\":\"a\",\"text\":\"A\",\"go_to\":\"q1\"}},{{\"id\":\"b\",\"text\":\"B\",\"go_to\":\"q{}\"}}]}}",
            conditions.join(","),
            500 - at
        ));
    }
    let found = problems(&steps.join(",\n"));
    assert!(!found.is_empty());
}
