//! Where the paths through a script lead: steps nobody reaches, answers nothing follows, circles
//! without a question.
//!
//! The check goes along every path at once and keeps, for each step, which answers may have been
//! given when it is reached. Conditions on page, language, hours and availability may turn out
//! either way each time, but the same way for all steps that are passed over together.
//! Invariant: a path that a run can take is never missed; a path that none can take may be seen
//! when conditions are combined in very many ways. What takes too long to follow is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Built;
use crate::domain::language::same_language;
use crate::script::condition::Condition;
use crate::script::model::{Kind, SKIP, Script, Step, Target};
use crate::script::problem::Problems;

/// How often one search for the next step may split in two.
const SPLITS: usize = 200;
/// How often a step's conditions are looked at, all in all.
const WORK: usize = 1_000_000;

/// What may have been answered, or be so: for each variable the set of its possible values.
type Possible = Vec<u64>;

/// No answer yet; a typed answer; the first of the buttons.
const UNANSWERED: u64 = 1;
const TYPED: u64 = 2;
const BUTTONS_FROM: usize = 2;

/// How a step is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// By itself.
    Spoken,
    /// By the button of this index.
    Pressed(usize),
    /// By a typed answer.
    Typed,
    /// With nobody found.
    Nobody,
}

/// Adds what is wrong with the paths.
pub(super) fn check(built: &Built, problems: &mut Problems) {
    let script = &built.script;
    let mut walk = Walk::new(script);
    walk.all();
    if walk.work >= WORK {
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

/// One group of alternatives: holds when the variable's value is in the set.
#[derive(Clone, Copy)]
struct Group {
    variable: usize,
    holds: u64,
}

struct Walk<'s> {
    script: &'s Script,
    /// Which variable keeps the answer to a step, if any condition asks for it.
    answers: Vec<Option<usize>>,
    groups: Vec<Vec<Group>>,
    /// Everything that is possible; and from which variable on they are facts, not answers.
    everything: Possible,
    facts_from: usize,
    reached: Vec<Option<Possible>>,
    /// From a step that goes on by itself to the next.
    unasked: BTreeSet<(usize, usize)>,
    dead_ends: BTreeSet<(usize, Way)>,
    nothing_begins: bool,
    /// How often conditions were looked at.
    work: usize,
}

impl<'s> Walk<'s> {
    fn new(script: &'s Script) -> Self {
        let mut walk = Self {
            script,
            answers: vec![None; script.steps.len()],
            groups: Vec::new(),
            everything: Vec::new(),
            facts_from: 0,
            reached: vec![None; script.steps.len()],
            unasked: BTreeSet::new(),
            dead_ends: BTreeSet::new(),
            nothing_begins: false,
            work: 0,
        };
        walk.name_answers();
        walk.facts_from = walk.everything.len();
        walk.name_facts();
        walk
    }

    /// Gives a variable to every step whose answer is asked for.
    fn name_answers(&mut self) {
        for step in &self.script.steps {
            for condition in &step.conditions {
                let Condition::Answer { step: asked, .. } = condition else {
                    continue;
                };
                let Some((at, asked)) = self.script.find(asked) else {
                    continue;
                };
                if self.answers[at].is_none() {
                    self.answers[at] = Some(self.everything.len());
                    self.everything
                        .push(ones(BUTTONS_FROM + buttons(asked).len()));
                }
            }
        }
    }

    /// Turns every step's conditions into groups, giving variables to facts on the way.
    fn name_facts(&mut self) {
        let (hours, available, language) =
            (self.facts_from, self.facts_from + 1, self.facts_from + 2);
        let tags = self.tags();
        self.everything
            .extend([ones(2), ones(2), ones(tags.len() + 1)]);
        let mut pages: Vec<Vec<&Condition>> = Vec::new();
        for step in &self.script.steps {
            let mut groups = Vec::new();
            for (at, condition) in step.conditions.iter().enumerate() {
                let about = |other: &&Condition| condition.same_thing(other);
                if step.conditions[..at].iter().any(|other| about(&other)) {
                    continue;
                }
                let alternatives: Vec<&Condition> = step.conditions.iter().filter(about).collect();
                let variable = match condition {
                    Condition::Answer { step, .. } => {
                        let asked = self.script.find(step);
                        asked.and_then(|(at, _)| self.answers[at])
                    }
                    Condition::Hours(_) => Some(hours),
                    Condition::Available(_) => Some(available),
                    Condition::Language(_) => Some(language),
                    Condition::Page(_) => {
                        let known = pages.iter().position(|page| *page == alternatives);
                        let page = known.unwrap_or_else(|| {
                            pages.push(alternatives.clone());
                            self.everything.push(ones(2));
                            pages.len() - 1
                        });
                        Some(language + 1 + page)
                    }
                };
                let holds = alternatives
                    .iter()
                    .fold(0, |set, other| set | self.holding(other, &tags));
                groups.extend(variable.map(|variable| Group { variable, holds }));
            }
            self.groups.push(groups);
        }
    }

    /// The languages that conditions name, each once; as many as a set has room for.
    fn tags(&self) -> Vec<&'s str> {
        let mut tags: Vec<&str> = Vec::new();
        let conditions = self.script.steps.iter().flat_map(|step| &step.conditions);
        for condition in conditions {
            if let Condition::Language(named) = condition {
                for tag in named {
                    if tags.len() < 60 && !tags.iter().any(|other| same_language(tag, other)) {
                        tags.push(tag);
                    }
                }
            }
        }
        tags
    }

    /// The values of its variable for which one condition holds.
    fn holding(&self, condition: &Condition, tags: &[&str]) -> u64 {
        let bits =
            |chosen: &mut dyn Iterator<Item = usize>| chosen.fold(0, |set, at| set | 1 << at);
        match condition {
            Condition::Answer { step, is } => {
                let buttons = self
                    .script
                    .find(step)
                    .map_or(Vec::new(), |(_, step)| buttons(step));
                let chosen = buttons.iter().enumerate();
                let chosen = chosen.filter(|(_, id)| is.iter().any(|answer| answer.0 == **id));
                bits(&mut chosen.map(|(at, _)| at + BUTTONS_FROM))
            }
            Condition::Language(named) => {
                let tags = tags.iter().enumerate();
                let named = tags.filter(|(_, tag)| named.iter().any(|own| same_language(own, tag)));
                bits(&mut named.map(|(at, _)| at))
            }
            Condition::Hours(yes) | Condition::Available(yes) => 1 << usize::from(!*yes),
            Condition::Page(_) => 1,
        }
    }

    /// Goes along every path until nothing new is found.
    fn all(&mut self) {
        let beginning = vec![UNANSWERED; self.facts_from];
        let mut waiting = BTreeSet::new();
        for (next, possible) in self.search(Target(0), beginning) {
            match next {
                Some(next) => self.reach(next, possible, &mut waiting),
                None => self.nothing_begins = true,
            }
        }
        while let Some(at) = waiting.pop_first() {
            let Some(possible) = self.reached[at].clone() else {
                continue;
            };
            for (way, target) in ways(&self.script.steps[at]) {
                let mut possible = possible.clone();
                if let Some(variable) = self.answers[at] {
                    possible[variable] = match way {
                        Way::Pressed(button) => 1 << (button + BUTTONS_FROM),
                        _ => TYPED,
                    };
                }
                for (next, possible) in self.search(target, possible) {
                    match next {
                        Some(next) => {
                            if matches!(way, Way::Spoken | Way::Nobody) {
                                self.unasked.insert((at, next));
                            }
                            self.reach(next, possible, &mut waiting);
                        }
                        // The end of the list is an end; being silent after an answer is not.
                        None if way == Way::Nobody => {
                            self.dead_ends.insert((at, way));
                        }
                        None if way != Way::Spoken && target.0 < self.script.steps.len() => {
                            self.dead_ends.insert((at, way));
                        }
                        None => {}
                    }
                }
            }
        }
    }

    /// Adds what is possible at a step, and has it looked at again if that is new.
    fn reach(&mut self, at: usize, possible: Possible, waiting: &mut BTreeSet<usize>) {
        match &mut self.reached[at] {
            Some(known) => {
                for (known, new) in known.iter_mut().zip(possible) {
                    if new & !*known != 0 {
                        *known |= new;
                        waiting.insert(at);
                    }
                }
            }
            none => {
                *none = Some(possible);
                waiting.insert(at);
            }
        }
    }

    /// The steps that may come next, with the answers that are possible there; none for the end
    /// of the list.
    fn search(&mut self, from: Target, answers: Possible) -> BTreeMap<Option<usize>, Possible> {
        let mut found = BTreeMap::new();
        let mut splits = SPLITS;
        let mut possible = answers;
        possible.extend_from_slice(&self.everything[self.facts_from..]);
        let mut open = vec![(from.0, possible)];
        while let Some((mut at, mut possible)) = open.pop() {
            while self.work < WORK {
                self.work += 1;
                let Some(groups) = self.groups.get(at) else {
                    found.insert(None, Vec::new());
                    break;
                };
                let may_hold = groups
                    .iter()
                    .all(|group| possible[group.variable] & group.holds != 0);
                let may_fail: Vec<&Group> = groups
                    .iter()
                    .filter(|group| possible[group.variable] & !group.holds != 0)
                    .collect();
                if may_hold {
                    let mut here = possible[..self.facts_from].to_vec();
                    for group in groups {
                        if let Some(answers) = here.get_mut(group.variable) {
                            *answers &= group.holds;
                        }
                    }
                    let known = found.entry(Some(at)).or_insert_with(|| vec![0; here.len()]);
                    for (known, new) in known.iter_mut().zip(here) {
                        *known |= new;
                    }
                }
                at += 1;
                match may_fail.as_slice() {
                    [] => break,
                    _ if !may_hold => {}
                    [group] => possible[group.variable] &= !group.holds,
                    // Beyond the bound all of it stays possible.
                    _ if splits < may_fail.len() => {}
                    several => {
                        splits -= several.len();
                        for group in several {
                            let mut failing = possible.clone();
                            failing[group.variable] &= !group.holds;
                            open.push((at, failing));
                        }
                        break;
                    }
                }
            }
        }
        found
    }

    /// Circles of steps that go on by themselves; each step is in one of them at most.
    fn circles(&self) -> Vec<Vec<usize>> {
        let mut circles = Vec::new();
        let mut done = vec![false; self.script.steps.len()];
        for begin in 0..done.len() {
            let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
            if !done[begin] {
                path.push((begin, self.follow(begin)));
            }
            while let Some((at, open)) = path.last_mut() {
                let at = *at;
                let Some(next) = open.pop() else {
                    done[at] = true;
                    path.pop();
                    continue;
                };
                if let Some(place) = path.iter().position(|(step, _)| *step == next) {
                    let circle: Vec<usize> = path[place..].iter().map(|(step, _)| *step).collect();
                    // What is left of the path is told already.
                    for step in &circle {
                        done[*step] = true;
                    }
                    circles.push(circle);
                } else if !done[next] {
                    path.push((next, self.follow(next)));
                }
            }
        }
        circles
    }

    fn follow(&self, at: usize) -> Vec<usize> {
        let edges = self.unasked.range((at, 0)..=(at, usize::MAX));
        edges.map(|(_, next)| *next).collect()
    }
}

/// Ways out of a step, and where each begins to look for the next.
fn ways(step: &Step) -> Vec<(Way, Target)> {
    match &step.kind {
        Kind::Text => vec![(Way::Spoken, step.next)],
        Kind::Question {
            choices,
            required,
            on_text,
        } => {
            let pressed = choices.iter().enumerate();
            let pressed = pressed.map(|(at, choice)| (Way::Pressed(at), choice.next));
            let typed = (!required).then_some((Way::Typed, *on_text));
            pressed.chain(typed).collect()
        }
        Kind::Input { skip, .. } => {
            let skip = skip.as_ref().map(|_| (Way::Pressed(0), step.next));
            std::iter::once((Way::Typed, step.next))
                .chain(skip)
                .collect()
        }
        Kind::Forward { if_nobody, .. } => vec![(Way::Nobody, *if_nobody)],
        Kind::End => Vec::new(),
    }
}

/// The names of a step's buttons.
fn buttons(step: &Step) -> Vec<&str> {
    match &step.kind {
        Kind::Question { choices, .. } => {
            choices.iter().map(|choice| choice.id.0.as_str()).collect()
        }
        Kind::Input { skip: Some(_), .. } => vec![SKIP],
        _ => Vec::new(),
    }
}

/// A set of the first so many values.
fn ones(count: usize) -> u64 {
    (0..count.min(64)).fold(0, |set, at| set | 1 << at)
}
