//! Scripts made at random, and visitors who do anything: what passed the check never goes round
//! without asking, and always waits, forwards or ends.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const MOST_STEPS: usize = 8;

/// A step as it was made: kind, two places to go to, conditions.
type Made = (usize, Option<usize>, Option<usize>, Vec<String>);

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{\"hours\":\"open\"}".to_owned()),
        Just("{\"hours\":\"closed\"}".to_owned()),
        Just("{\"available\":true}".to_owned()),
        Just("{\"page\":\"/shop/*\"}".to_owned()),
        Just("{\"language\":[\"es\"]}".to_owned()),
        (0..MOST_STEPS, select(vec!["a", "b"]))
            .prop_map(|(step, answer)| format!("{{\"answer\":\"s{step}\",\"is\":[\"{answer}\"]}}")),
    ]
}

fn step() -> impl Strategy<Value = Made> {
    (
        0..8_usize,
        proptest::option::weighted(0.4, 0..MOST_STEPS),
        proptest::option::weighted(0.4, 0..MOST_STEPS),
        prop_oneof![3 => Just(Vec::new()), 2 => vec(condition(), 1..3)],
    )
}

/// The steps as a file. Names that are given to no step, and answers that no question has, are
/// taken out, so that many files have the right form.
fn steps_of(made: &[Made]) -> String {
    let asks = |at: usize| made.get(at).is_some_and(|step| step.0 == 1 || step.0 == 2);
    let mut steps = Vec::new();
    for (at, (kind, one, other, conditions)) in made.iter().enumerate() {
        let to = |field: &str, target: &Option<usize>| match target {
            Some(target) if *target < made.len() => format!(",\"{field}\":\"s{target}\""),
            _ => String::new(),
        };
        let answers = format!(
            ",\"answers\":[{{\"id\":\"a\",\"text\":\"A\"{}}},{{\"id\":\"b\",\"text\":\"B\"}}]",
            to("go_to", other)
        );
        let rest = match kind {
            0 => format!("\"text\",\"text\":\"T\"{}", to("go_to", one)),
            1 => format!("\"question\",\"text\":\"Q\"{answers}{}", to("go_to", one)),
            2 => format!(
                "\"question\",\"required\":false,\"text\":\"Q\"{answers}{}",
                to("on_text", one)
            ),
            3 => format!(
                "\"email\",\"text\":\"M\",\"skip\":\"No\"{}",
                to("go_to", one)
            ),
            4 => format!("\"forward\"{}", to("if_nobody", one)),
            5 => "\"end\"".to_owned(),
            _ => format!("\"text\",\"text\":\"T\"{}", to("go_to", one)),
        };
        let conditions: Vec<&str> = conditions
            .iter()
            .filter(|condition| {
                let asked = (0..MOST_STEPS).find(|at| condition.contains(&format!("\"s{at}\"")));
                asked.is_none_or(asks)
            })
            .map(String::as_str)
            .collect();
        let when = if conditions.is_empty() {
            String::new()
        } else {
            format!(",\"if\":[{}]", conditions.join(","))
        };
        steps.push(format!("{{\"id\":\"s{at}\"{when},\"type\":{rest}}}"));
    }
    steps.join(",\n")
}

/// A script of these steps, if they are in order.
fn checked(mut made: Vec<Made>) -> Option<Script> {
    // A greeting and a last word without conditions leave few dead ends.
    made.insert(0, (0, None, None, Vec::new()));
    made.push((5, None, None, Vec::new()));
    check(file(&steps_of(&made)).as_bytes()).ok()
}

fn facts(chosen: u32) -> Facts {
    Facts {
        language: Some(if chosen & 1 == 0 { "en" } else { "es" }.to_owned()),
        page: Some(format!(
            "https://x.example/{}",
            if chosen & 2 == 0 { "" } else { "shop/" }
        )),
        hours_open: chosen & 4 == 0,
        somebody_available: chosen & 8 == 0,
        ..Facts::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn a_checked_script_always_waits_forwards_or_ends(
        made in vec(step(), 1..MOST_STEPS - 1),
        visits in vec(any::<u32>(), 1..20),
    ) {
        let script = checked(made);
        prop_assume!(script.is_some());
        let script = script.unwrap();
        let mut run = engine::begin(&script);
        let mut unasked = 0;
        for chosen in visits {
            // What is true changes between any two actions.
            let mut turn = chosen;
            while engine::next(&script, &mut run, &facts(turn)).is_some() {
                unasked += 1;
                turn = turn.rotate_left(5) ^ 0x9e37;
                // Each step at most once, and the end.
                prop_assert!(unasked <= script.steps.len() + 2, "{run:?}\n{script:?}");
            }
            match run.status.clone() {
                Status::Awaiting { asked } => {
                    unasked = 0;
                    let button = asked.buttons.get(chosen as usize % 3);
                    match button {
                        Some(button) => {
                            engine::answer_button(&script, &mut run, &asked.step, &button.id);
                        }
                        None => {
                            let text = ["ana@example.com", "hello", ""][chosen as usize / 3 % 3];
                            engine::answer_text(&script, &mut run, text);
                        }
                    }
                }
                Status::Forwarding { .. } => {
                    prop_assert!(engine::forward_failed(&script, &mut run));
                }
                Status::Forwarded | Status::Ended => {
                    prop_assert!(chosen % 2 == 1 || engine::restart(&script, &mut run));
                    unasked = 0;
                }
                Status::Speaking { .. } => prop_assert!(false, "{run:?}"),
            }
        }
    }

    #[test]
    fn no_text_makes_the_check_fail_otherwise_than_in_words(text in "\\PC{0,80}") {
        let problems = check(text.as_bytes());
        prop_assert!(problems.is_err_and(|problems| !problems.is_empty()));
    }

    #[test]
    fn a_damaged_script_is_refused_or_still_one(at in 0..10_000_usize, put in any::<u8>()) {
        let mut file = include_bytes!("../../../../server/scripts/demo.json").to_vec();
        let at = at % file.len();
        file[at] = put;
        if let Err(problems) = check(&file) {
            let lines = file.split(|byte| *byte == b'\n').count();
            prop_assert!(problems.iter().all(|problem| (1..=lines + 1).contains(&problem.line)));
        }
    }
}
