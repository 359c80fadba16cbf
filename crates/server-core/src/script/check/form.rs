//! Whether a file has the form of a script: its fields, their values, the names they use.
//!
//! One walk over the tree along the table of the format.

use std::collections::{BTreeMap, BTreeSet};

use super::strings::{self, listed, shortened};
use super::words;
use super::{ENTRIES, Known};
use crate::script::format::{Field, Holds, Shape};
use crate::script::problem::{Problems, hint};
use crate::script::source::{Entry, Node, Value};

/// Checks one value. `what` names it in sentences.
pub(super) fn check(
    node: &Node,
    holds: &Holds,
    what: &str,
    known: &Known<'_>,
    problems: &mut Problems,
) {
    match holds {
        Holds::Said => words::said(node, what, known, problems),
        Holds::Flag => {
            if node.flag().is_none() {
                problems.add(node.line, format!("{what} must be `true` or `false`"));
            }
        }
        Holds::List(inner) => list(node, inner, what, known, problems),
        Holds::Object(shape) => object(node, shape, what, known, problems),
        Holds::Typed(shapes) => typed(node, shapes, known, problems),
        Holds::Keyed(shapes) => keyed(node, shapes, known, problems),
        _ => match node.text() {
            Some(text) => {
                if let Some(fault) = strings::fault(text, holds, known) {
                    problems.add(node.line, format!("{what} `{}` {fault}", shortened(text)));
                }
            }
            None => problems.add(node.line, format!("{what} must be a string")),
        },
    }
}

fn list(node: &Node, inner: &Holds, what: &str, known: &Known<'_>, problems: &mut Problems) {
    let Value::List(nodes) = &node.value else {
        problems.add(node.line, format!("{what} must be a list: `[…]`"));
        return;
    };
    if nodes.is_empty() {
        problems.add(
            node.line,
            format!("{what} is empty; put something in or take it out"),
        );
    }
    if !matches!(inner, Holds::Typed(_))
        && let Some(node) = nodes.get(ENTRIES)
    {
        problems.add(
            node.line,
            format!("{what} has more than {ENTRIES} entries; make it shorter"),
        );
        return;
    }
    for node in nodes {
        if problems.are_many() {
            return;
        }
        check(node, inner, what, known, problems);
    }
}

fn typed(node: &Node, shapes: &[Shape], known: &Known<'_>, problems: &mut Problems) {
    let name = node.text_of("id").unwrap_or_default();
    let what = if name.is_empty() {
        "this step".to_owned()
    } else {
        format!("step `{}`", shortened(name))
    };
    let types: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
    match node.get("type") {
        None if matches!(node.value, Value::Object(_)) => problems.add(
            node.line,
            format!("{what} has no `type`; use one of {}", listed(&types)),
        ),
        Some(kind) if kind.text().is_some() => {
            let kind_name = kind.text().unwrap_or_default();
            match shapes.iter().find(|shape| shape.name == kind_name) {
                Some(shape) => object(node, shape, &what, known, problems),
                None => problems.add(
                    kind.line,
                    format!(
                        "{what}: the type `{}` is unknown{}; use one of {}",
                        shortened(kind_name),
                        hint(kind_name, types.iter().copied()),
                        listed(&types)
                    ),
                ),
            }
        }
        Some(kind) => problems.add(kind.line, format!("{what}: `type` must be a string")),
        None => problems.add(node.line, "a step must be an object: `{…}`"),
    }
}

fn keyed(node: &Node, shapes: &[Shape], known: &Known<'_>, problems: &mut Problems) {
    let keys: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
    let mut told = shapes.iter().filter(|shape| node.get(shape.name).is_some());
    let shape = told.next();
    if told.next().is_some() {
        problems.add(
            node.line,
            "this condition says several things; write an object for each",
        );
        return;
    }
    match shape {
        Some(shape) => object(node, shape, "this condition", known, problems),
        None => problems.add(
            node.line,
            format!(
                "a condition must be an object with one of {}",
                listed(&keys)
            ),
        ),
    }
}

fn object(node: &Node, shape: &Shape, what: &str, known: &Known<'_>, problems: &mut Problems) {
    let Value::Object(entries) = &node.value else {
        problems.add(node.line, format!("{what} must be an object: `{{…}}`"));
        return;
    };
    for field in shape.fields.iter().filter(|field| field.required) {
        if node.get(field.name).is_none() {
            problems.add(
                node.line,
                format!("{what} has no `{}`: {}", field.name, field.means),
            );
        }
    }
    let mut seen = BTreeSet::new();
    for entry in entries {
        if problems.are_many() {
            return;
        }
        if !seen.insert(entry.name.as_str()) {
            let sentence = format!(
                "{what} has `{}` twice; take one out",
                shortened(&entry.name)
            );
            problems.add(entry.line, sentence);
        }
        let field = shape.fields.iter().find(|field| field.name == entry.name);
        match field {
            Some(field) => one(node, entry, field, what, known, problems),
            None if entry.name.starts_with("x-") => {}
            None => {
                let names = shape.fields.iter().map(|field| field.name);
                let sentence = format!(
                    "{what} has the unknown field `{}`{}",
                    shortened(&entry.name),
                    hint(&entry.name, names)
                );
                problems.add(entry.line, sentence);
            }
        }
    }
    if shape.name == "question" {
        question(node, what, problems);
    }
}

fn one(
    node: &Node,
    entry: &Entry,
    field: &Field,
    what: &str,
    known: &Known<'_>,
    problems: &mut Problems,
) {
    let inner = format!("{what}: `{}`", field.name);
    check(&entry.node, &field.holds, &inner, known, problems);
    if field.name != "is" {
        return;
    }
    let Some((step, answers)) = node
        .text_of("answer")
        .and_then(|step| known.steps.get_key_value(step))
    else {
        return;
    };
    for answer in entry.node.list() {
        if let Some(id) = answer.text().filter(|id| !answers.contains(id)) {
            let sentence = format!(
                "step `{step}` has no answer `{}`{}",
                shortened(id),
                hint(id, answers.iter().copied())
            );
            problems.add(answer.line, sentence);
        }
    }
}

fn question(node: &Node, what: &str, problems: &mut Problems) {
    let answers = node.get("answers").map_or(&[] as &[Node], Node::list);
    repeated(answers, &format!("{what}: the answer"), problems);
    let locked = node.get("required").and_then(Node::flag).unwrap_or(true);
    if let (true, Some(on_text)) = (locked, node.get("on_text")) {
        let sentence = format!(
            "{what} has `on_text`, but nobody can type there; add `\"required\": false` or take it out"
        );
        problems.add(on_text.line, sentence);
    }
}

/// What concerns the file as a whole.
pub(super) fn whole(root: &Node, known: &Known<'_>, problems: &mut Problems) {
    let languages = root.get("languages").map_or(&[] as &[Node], Node::list);
    for (at, node) in languages.iter().enumerate().take(ENTRIES) {
        let again = known.languages[..at.min(known.languages.len())]
            .iter()
            .any(|other| {
                node.text()
                    .is_some_and(|tag| tag.eq_ignore_ascii_case(other))
            });
        if again {
            problems.add(node.line, "this language is named twice; take one out");
        }
    }
    let steps = root.get("steps").map_or(&[] as &[Node], Node::list);
    repeated(steps, "the step", problems);
    if let Some(first) = steps.first()
        && first.text_of("type") == Some("forward")
    {
        problems.add(
            first.line,
            "the script begins with a forward; greet or ask first, or let the channel do without a script",
        );
    }
}

/// Names that are given twice.
fn repeated(nodes: &[Node], what: &str, problems: &mut Problems) {
    let mut seen = BTreeMap::new();
    for node in nodes {
        let Some(id) = node.get("id") else { continue };
        let Some(name) = id.text() else { continue };
        if let Some(line) = seen.get(name) {
            let sentence = format!(
                "{what} `{}` is there already, in line {line}; rename one",
                shortened(name)
            );
            problems.add(id.line, sentence);
        } else {
            seen.insert(name, id.line);
        }
    }
}
