//! Where the paths through a script lead: steps nobody reaches, answers nothing follows, circles
//! without a question. What `paths` found, in sentences.

use super::build::Built;
use super::paths::{Walk, Way};
use crate::script::model::{Kind, Step};
use crate::script::problem::Problems;

/// Adds what is wrong with the paths.
pub(super) fn check(built: &Built, problems: &mut Problems) {
    let script = &built.script;
    let walk = Walk::of(script);
    if walk.is_cut_short() {
        problems.add(
            1,
            "conditions and jumps are too entangled to be followed; make several scripts of it",
        );
        return;
    }
    for (at, step) in script.steps.iter().enumerate() {
        let line = built.lines.get(at).map_or(1, |lines| lines.step);
        if walk.reached[at].is_none() {
            let sentence = format!(
                "step `{}` is never reached; let a step go to it or take it out",
                step.id.0
            );
            problems.add(line, sentence);
        }
    }
    if walk.nothing_begins {
        problems.add(
            built.lines.first().map_or(1, |lines| lines.step),
            "it may be that the conditions of no step hold and nothing is said at all; add a step without `if`",
        );
    }
    for (at, way) in &walk.dead_ends {
        let (Some(step), Some(lines)) = (script.steps.get(*at), built.lines.get(*at)) else {
            continue;
        };
        let (line, sentence) = dead_end(step, *way, lines.step, &lines.answers);
        problems.add(line, sentence);
    }
    for circle in walk.circles() {
        let line = circle.first().and_then(|at| built.lines.get(*at));
        let names: Vec<String> = circle
            .iter()
            .chain(circle.first())
            .filter_map(|at| script.steps.get(*at))
            .map(|step| format!("`{}`", step.id.0))
            .collect();
        let sentence = format!(
            "{} is a circle in which nothing is asked, so it would never stop; ask something or go elsewhere",
            names.join(" → ")
        );
        problems.add(line.map_or(1, |lines| lines.step), sentence);
    }
}

fn dead_end(step: &Step, way: Way, line: usize, answers: &[usize]) -> (usize, String) {
    let name = &step.id.0;
    let mend = "it may be that no later step's conditions hold; add a step without `if`";
    match (way, &step.kind) {
        (Way::Nobody, _) => (
            line,
            format!(
                "when `{name}` finds nobody, nothing may follow; add steps after it, or `if_nobody`"
            ),
        ),
        (Way::Pressed(at), Kind::Question { choices, .. }) => {
            let answer = choices.get(at).map_or("", |choice| choice.id.0.as_str());
            (
                answers.get(at).copied().unwrap_or(line),
                format!("nothing may follow the answer `{answer}` of `{name}`: {mend}"),
            )
        }
        (Way::Pressed(_), _) => (
            line,
            format!("nothing may follow `skip` of `{name}`: {mend}"),
        ),
        (Way::Typed | Way::Spoken, _) => (
            line,
            format!("nothing may follow a typed answer to `{name}`: {mend}"),
        ),
    }
}
