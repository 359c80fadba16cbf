//! From a file in good form to a script, with the lines that later sentences need.

use crate::script::condition::{Condition, PagePattern};
use crate::script::model::{Choice, Input, Kind, Script, Step, Target, Texts, Typing};
use crate::script::run::{AnswerId, StepId};
use crate::script::source::Node;

/// A script and where its steps and answers stand in the file.
pub(super) struct Built {
    pub(super) script: Script,
    pub(super) lines: Vec<Lines>,
}

/// Where one step stands.
pub(super) struct Lines {
    pub(super) step: usize,
    pub(super) answers: Vec<usize>,
}

/// Builds it; nothing when the form was not in order after all.
pub(super) fn script(root: &Node, hash: String) -> Option<Built> {
    let nodes = root.get("steps")?.list();
    let languages: Vec<String> = root.texts_of("languages").map(str::to_owned).collect();
    let builder = Builder {
        ids: nodes
            .iter()
            .map(|node| node.text_of("id").unwrap_or_default())
            .collect(),
        languages: &languages,
    };
    let steps = nodes.iter().enumerate();
    let steps: Option<Vec<Step>> = steps.map(|(at, node)| builder.step(at, node)).collect();
    let lines = nodes.iter().map(|node| Lines {
        step: node.line,
        answers: answers_of(node).iter().map(|answer| answer.line).collect(),
    });
    let lines = lines.collect();
    Some(Built {
        script: Script {
            hash,
            name: root.text_of("name")?.to_owned(),
            typing: match root.text_of("typing") {
                Some("none") => Typing::None,
                _ => Typing::Natural,
            },
            steps: steps?,
            languages,
        },
        lines,
    })
}

fn answers_of(node: &Node) -> &[Node] {
    node.get("answers").map_or(&[], Node::list)
}

struct Builder<'n> {
    ids: Vec<&'n str>,
    languages: &'n [String],
}

impl Builder<'_> {
    fn step(&self, at: usize, node: &Node) -> Option<Step> {
        let next = self.target(node, "go_to").unwrap_or(Target(at + 1));
        let input = |input| Kind::Input {
            input,
            again: self.texts(node, "again"),
            skip: self.texts(node, "skip"),
        };
        let kind = match node.text_of("type")? {
            "text" => Kind::Text,
            "question" => Kind::Question {
                choices: self.choices(node, next)?,
                required: node.get("required").and_then(Node::flag).unwrap_or(true),
                on_text: self.target(node, "on_text").unwrap_or(next),
            },
            "email" => input(Input::Email),
            "phone" => input(Input::Phone),
            "line" => input(Input::Line),
            "lines" => input(Input::Lines),
            "forward" => Kind::Forward {
                expertise: node.texts_of("expertise").map(str::to_owned).collect(),
                if_nobody: self.target(node, "if_nobody").unwrap_or(next),
            },
            "end" => Kind::End,
            _ => return None,
        };
        Some(Step {
            id: StepId(node.text_of("id")?.to_owned()),
            conditions: conditions(node)?,
            text: self.texts(node, "text"),
            save_as: node.text_of("save_as").map(str::to_owned),
            next,
            kind,
        })
    }

    fn choices(&self, node: &Node, next: Target) -> Option<Vec<Choice>> {
        let choice = |answer: &Node| {
            Some(Choice {
                id: AnswerId(answer.text_of("id")?.to_owned()),
                text: self.texts(answer, "text")?,
                link: answer.text_of("link").map(str::to_owned),
                next: self.target(answer, "go_to").unwrap_or(next),
            })
        };
        answers_of(node).iter().map(choice).collect()
    }

    fn target(&self, node: &Node, field: &str) -> Option<Target> {
        let name = node.text_of(field)?;
        self.ids.iter().position(|id| *id == name).map(Target)
    }

    /// The versions of a text in the order of the script's languages.
    fn texts(&self, node: &Node, field: &str) -> Option<Texts> {
        let node = node.get(field)?;
        let versions = self.languages.iter().filter_map(|tag| {
            let text = node.text().or_else(|| node.text_of(tag))?;
            Some((tag.clone(), text.to_owned()))
        });
        Some(Texts(versions.collect()))
    }
}

fn conditions(node: &Node) -> Option<Vec<Condition>> {
    let nodes = node.get("if").map_or(&[] as &[Node], Node::list);
    nodes.iter().map(condition).collect()
}

fn condition(node: &Node) -> Option<Condition> {
    if let Some(step) = node.text_of("answer") {
        return Some(Condition::Answer {
            step: StepId(step.to_owned()),
            is: node
                .texts_of("is")
                .map(|id| AnswerId(id.to_owned()))
                .collect(),
        });
    }
    if let Some(page) = node.text_of("page") {
        return PagePattern::read(page).map(Condition::Page);
    }
    if node.get("language").is_some() {
        let tags = node.texts_of("language").map(str::to_owned);
        return Some(Condition::Language(tags.collect()));
    }
    if let Some(hours) = node.text_of("hours") {
        return Some(Condition::Hours(hours == "open"));
    }
    let available = node.get("available").and_then(Node::flag)?;
    Some(Condition::Available(available))
}
