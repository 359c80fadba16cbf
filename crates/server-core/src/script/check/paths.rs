//! Every path through a script at once.
//!
//! The walk keeps, for each step, which answers may have been given when it is reached. Conditions
//! on page, language, hours and availability may turn out either way each time, but the same way
//! for all steps that are passed over together. Invariant: a path that a run can take is never
//! missed; a path that none can take may be seen when conditions are combined in very many ways.
//! What takes too long to follow is cut short and says so.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::{BUTTONS_FROM, Group, Groups, Possible, TYPED, UNANSWERED};
use crate::script::model::{Kind, Script, Step, Target};

/// How often one search for the next step may split in two.
const SPLITS: usize = 200;
/// How often a step's conditions are looked at, all in all.
const WORK: usize = 1_000_000;

/// How a step is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// By itself.
    Spoken,
    /// By the button of this index.
    Pressed(usize),
    /// By a typed answer.
    Typed,
    /// With nobody found.
    Nobody,
}

/// What was seen on the way.
pub(super) struct Walk<'s> {
    script: &'s Script,
    groups: Groups<'s>,
    /// The answers that are possible at each step that is reached.
    pub(super) reached: Vec<Option<Possible>>,
    /// From a step that goes on by itself to the next.
    unasked: BTreeSet<(usize, usize)>,
    /// Ways that may lead nowhere although something stands there.
    pub(super) dead_ends: BTreeSet<(usize, Way)>,
    /// Whether it may be that no step takes place at all.
    pub(super) nothing_begins: bool,
    /// How often conditions were looked at.
    work: usize,
}

impl<'s> Walk<'s> {
    /// Goes along every path.
    pub(super) fn of(script: &'s Script) -> Self {
        let mut walk = Self {
            script,
            groups: Groups::of(script),
            reached: vec![None; script.steps.len()],
            unasked: BTreeSet::new(),
            dead_ends: BTreeSet::new(),
            nothing_begins: false,
            work: 0,
        };
        walk.all();
        walk
    }

    /// Whether there was more to see than there was time.
    pub(super) fn is_cut_short(&self) -> bool {
        self.work >= WORK
    }

    /// Goes on until nothing new is found.
    fn all(&mut self) {
        let beginning = vec![UNANSWERED; self.groups.facts_from];
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
                if let Some(variable) = self.groups.answers[at] {
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
        possible.extend_from_slice(&self.groups.everything[self.groups.facts_from..]);
        let mut open = vec![(from.0, possible)];
        while let Some((mut at, mut possible)) = open.pop() {
            while self.work < WORK {
                self.work += 1;
                let Some(groups) = self.groups.of_step.get(at) else {
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
                    let mut here = possible[..self.groups.facts_from].to_vec();
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
    pub(super) fn circles(&self) -> Vec<Vec<usize>> {
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
