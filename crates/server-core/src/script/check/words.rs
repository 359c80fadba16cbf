//! Whether a text that is said is there in every language, and its variables are known.

use std::collections::BTreeSet;

use protocol::limits::TEXT_SCALARS;

use super::Known;
use crate::domain::language::is_tag;
use crate::script::problem::{Problems, hint};
use crate::script::source::{Node, Value};
use crate::script::template::{Piece, pieces};

/// Checks a string, or an object of one string for each language.
pub(super) fn said(node: &Node, what: &str, known: &Known<'_>, problems: &mut Problems) {
    match &node.value {
        Value::Text(text) => {
            if known.languages.len() > 1 {
                let sentence = format!(
                    "{what} is in one language only; write {{{}}}",
                    known
                        .languages
                        .iter()
                        .map(|tag| format!("\"{tag}\": \"…\""))
                        .collect::<Vec<_>>()
                        .join(", ")
                );
                problems.add(node.line, sentence);
            }
            one(node.line, text, what, known, problems);
        }
        Value::Object(entries) => {
            for tag in &known.languages {
                if !entries.iter().any(|entry| entry.name == *tag) {
                    let sentence = format!("{what} is missing in the language `{tag}`; add it");
                    problems.add(node.line, sentence);
                }
            }
            let mut seen = BTreeSet::new();
            for entry in entries {
                if problems.are_many() {
                    return;
                }
                let tag = &entry.name;
                if !seen.insert(tag.as_str()) {
                    let sentence = format!("{what} has `{tag}` twice; take one out");
                    problems.add(entry.line, sentence);
                } else if tag.starts_with("x-") {
                    continue;
                } else if !is_tag(tag) {
                    let sentence = format!("{what}: `{tag}` is no language tag (BCP 47)");
                    problems.add(entry.line, sentence);
                } else if !known.languages.contains(&tag.as_str()) {
                    let sentence = format!(
                        "{what} has the language `{tag}`, which `languages` does not name{}",
                        hint(tag, known.languages.iter().copied())
                    );
                    problems.add(entry.line, sentence);
                }
                match entry.node.text() {
                    Some(text) => one(entry.node.line, text, what, known, problems),
                    None => {
                        let sentence = format!("{what} in `{tag}` must be a string");
                        problems.add(entry.node.line, sentence);
                    }
                }
            }
        }
        _ => problems.add(
            node.line,
            format!("{what} must be a string, or an object with one string for each language"),
        ),
    }
}

fn one(line: usize, text: &str, what: &str, known: &Known<'_>, problems: &mut Problems) {
    if text.trim().is_empty() {
        problems.add(line, format!("{what} is empty; write something"));
    }
    let length = text.chars().count();
    if length > TEXT_SCALARS as usize {
        let sentence = format!(
            "{what} has {length} characters; a message has at most {TEXT_SCALARS}, so make it two steps"
        );
        problems.add(line, sentence);
        return;
    }
    for piece in pieces(text) {
        match piece {
            Piece::Variable { name, .. } if !known.variables.contains(name) => {
                let sentence = format!(
                    "{what} uses the variable `{name}`, which no step saves{}; two braces alone are written `{{{{{{{{`",
                    hint(name, known.variables.iter().copied())
                );
                problems.add(line, sentence);
                return;
            }
            Piece::Unclosed(_) => {
                let sentence = format!(
                    "{what} has `{{{{` without `}}}}`; close it, or write `{{{{{{{{` for two braces"
                );
                problems.add(line, sentence);
            }
            Piece::Variable { .. } | Piece::Words(_) => {}
        }
    }
}
