//! Conditions as sets: for each thing that a condition asks about a variable, and for each group of
//! alternatives the values of its variable for which it holds.
//!
//! Invariant: the answers' variables come first. They are remembered from step to step; those of
//! facts are not, for facts may change at any time.

use crate::domain::language::same_language;
use crate::script::condition::Condition;
use crate::script::model::{Kind, SKIP, Script, Step};

/// What may have been answered, or be so: for each variable the set of its possible values.
pub(super) type Possible = Vec<u64>;

/// No answer yet; a typed answer; the first of the buttons.
pub(super) const UNANSWERED: u64 = 1;
pub(super) const TYPED: u64 = 2;
pub(super) const BUTTONS_FROM: usize = 2;

/// One group of alternatives: holds when the variable's value is in the set.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) variable: usize,
    pub(super) holds: u64,
}

/// The conditions of a script.
pub(super) struct Groups<'s> {
    script: &'s Script,
    /// Which variable keeps the answer to a step, if any condition asks for it.
    pub(super) answers: Vec<Option<usize>>,
    /// The groups of each step; all must hold.
    pub(super) of_step: Vec<Vec<Group>>,
    /// Everything that is possible.
    pub(super) everything: Possible,
    /// From which variable on they are facts, not answers.
    pub(super) facts_from: usize,
}

impl<'s> Groups<'s> {
    pub(super) fn of(script: &'s Script) -> Self {
        let mut groups = Self {
            script,
            answers: vec![None; script.steps.len()],
            of_step: Vec::new(),
            everything: Vec::new(),
            facts_from: 0,
        };
        groups.name_answers();
        groups.facts_from = groups.everything.len();
        groups.name_facts();
        groups
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
            self.of_step.push(groups);
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
