//! Scripts from the file to the last action.

mod answering;
mod checking;
mod demo;
mod flow;
mod forwarding;
mod schema;
mod speaking;
mod wandering;

use super::*;

/// A script in one language, without pauses, that must be in order.
fn script(steps: &str) -> Script {
    match check(file(steps).as_bytes()) {
        Ok(script) => script,
        Err(problems) => panic!("{problems:#?}"),
    }
}

/// The file of such a script; the steps begin in line 2.
fn file(steps: &str) -> String {
    format!(
        "{{\"name\": \"Bot\", \"languages\": [\"en\"], \"typing\": \"none\", \"steps\": [\n{steps}\n]}}"
    )
}

/// The problems of such a file, as `line: sentence`.
fn problems(steps: &str) -> Vec<String> {
    problems_of(&file(steps))
}

fn problems_of(file: &str) -> Vec<String> {
    let problems = check(file.as_bytes()).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// What the bot says and does until it waits or is done; a line for each action.
fn speak(script: &Script, run: &mut Run, facts: &Facts) -> Vec<String> {
    let mut told = Vec::new();
    // Stored and read again between any two actions, as a server does.
    while let Some(action) = {
        *run = Run::from_text(&run.to_text()).unwrap();
        engine::next(script, run, facts)
    } {
        told.push(match action {
            Action::Say { text, question, .. } => match question {
                None => text,
                Some(asked) => {
                    let buttons: Vec<&str> =
                        asked.buttons.iter().map(|b| b.id.0.as_str()).collect();
                    format!("{text} {:?} [{}]", asked.input, buttons.join(" "))
                }
            },
            Action::Forward { expertise, .. } => format!("forward to {}", expertise.join(" ")),
            Action::End => "end".to_owned(),
        });
    }
    told
}

fn press(script: &Script, run: &mut Run, step: &str, answer: &str) -> engine::ButtonOutcome {
    let (step, answer) = (StepId(step.to_owned()), AnswerId(answer.to_owned()));
    engine::answer_button(script, run, &step, &answer)
}
