//! JSON that remembers its lines.
//!
//! serde_json reads; its raw values are slices of the file, so where a slice begins says in which
//! line it stands. Invariant: what is kept is at most [`DEEPEST`] levels deep, however deep the
//! file is.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::problem::Problems;

/// Deeper than any script; files may be deeper than a stack.
const DEEPEST: usize = 12;

/// A value and the line it begins in.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// A value as far as scripts have them.
#[derive(Debug)]
pub(super) enum Value {
    /// `null`, a number, or what stands too deep.
    Other,
    Flag(bool),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Entry>),
}

/// One field of an object.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    /// A field of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        let entry = self.entries().iter().find(|entry| entry.name == name);
        entry.map(|entry| &entry.node)
    }

    /// A field that holds a string.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::text)
    }

    /// The strings of a field that holds a list.
    pub(super) fn texts_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.get(name).map_or(&[] as &[Node], Node::list);
        list.iter().filter_map(Node::text)
    }
}

/// Reads a whole file; nothing when it is not JSON.
pub(super) fn parse(file: &str, problems: &mut Problems) -> Option<Node> {
    match serde_json::from_str::<&RawValue>(file) {
        Ok(raw) => Some(Reader::new(file).node(raw, 0, problems)),
        Err(error) => {
            // A whole reading has better words for the commonest slip, a comma too many.
            let error = serde_json::from_str::<serde_json::Value>(file)
                .err()
                .unwrap_or(error);
            let sentence = error.to_string();
            let what = sentence.split(" at line ").next().unwrap_or_default();
            problems.add(
                error.line().max(1),
                format!("this is not JSON: {what}, at column {}", error.column()),
            );
            None
        }
    }
}

struct Reader<'f> {
    file: &'f str,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f str) -> Self {
        let ends = file.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            file,
            lines: std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// The line a slice of the file begins in.
    fn line(&self, slice: &str) -> usize {
        let at = (slice.as_ptr() as usize).saturating_sub(self.file.as_ptr() as usize);
        self.lines.partition_point(|begin| *begin <= at)
    }

    fn node(&self, raw: &RawValue, depth: usize, problems: &mut Problems) -> Node {
        let text = raw.get();
        let line = self.line(text);
        let value = match text.as_bytes().first() {
            Some(b'{' | b'[') if depth == DEEPEST => {
                problems.add(line, "this is nested deeper than scripts go; take it out");
                Value::Other
            }
            Some(b'{') => Value::Object(
                read::<Fields<'_>>(text)
                    .map(|fields| fields.0)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(key, value)| Entry {
                        name: read::<String>(key.get()).unwrap_or_default(),
                        line: self.line(key.get()),
                        node: self.node(value, depth + 1, problems),
                    })
                    .collect(),
            ),
            Some(b'[') => Value::List(
                read::<Vec<&RawValue>>(text)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|value| self.node(value, depth + 1, problems))
                    .collect(),
            ),
            Some(b'"') => match serde_json::from_str(text) {
                Ok(text) => Value::Text(text),
                Err(error) => {
                    let sentence = error.to_string();
                    let what = sentence.split(" at line ").next().unwrap_or_default();
                    problems.add(line, format!("this is not a string: {what}"));
                    Value::Other
                }
            },
            Some(b't') => Value::Flag(true),
            Some(b'f') => Value::Flag(false),
            _ => Value::Other,
        };
        Node { line, value }
    }
}

/// Reads what was found to be JSON before.
fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// The fields of an object in their order, repeated ones included.
struct Fields<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Deserialize<'t> for Fields<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct All;
        impl<'t> Visitor<'t> for All {
            type Value = Fields<'t>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Fields<'t>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(file: &str) -> Vec<(usize, String)> {
        let mut problems = Problems::default();
        parse(file, &mut problems);
        let sorted = problems.sorted().into_iter();
        sorted
            .map(|problem| (problem.line, problem.sentence))
            .collect()
    }

    #[test]
    fn keys_and_values_know_their_lines() {
        let mut problems = Problems::default();
        let file = "{\n \"a\":\n  [true,\n \"x\\ny\" ],\n\n \"b\\u0063\" : { \"d\":\nfalse } }";
        let root = parse(file, &mut problems).unwrap();
        assert!(problems.is_empty());
        let list = root.get("a").unwrap();
        assert_eq!((root.line, root.entries()[0].line, list.line), (1, 2, 3));
        assert_eq!(list.list()[1].line, 4);
        assert_eq!(list.list()[1].text(), Some("x\ny"));
        assert_eq!(root.entries()[1].name, "bc");
        assert_eq!(root.entries()[1].line, 6);
        assert_eq!(root.get("bc").unwrap().get("d").unwrap().line, 7);
    }

    #[test]
    fn what_is_not_json_is_told_with_its_line() {
        for (file, line, words) in [
            ("", 1, "EOF"),
            ("{\n \"a\": 1,\n}", 3, "trailing comma"),
            ("{\n 'a': 1}", 2, "key must be a string"),
            ("{\"a\": 1}\n{", 2, "trailing characters"),
        ] {
            let problems = problems_of(file);
            assert_eq!((problems.len(), problems[0].0), (1, line), "{file}");
            assert!(problems[0].1.contains(words), "{}", problems[0].1);
        }
    }

    #[test]
    fn half_a_character_is_told_where_it_stands() {
        let problems = problems_of("{\n\"a\": \"\\ud800\"}");
        assert_eq!((problems.len(), problems[0].0), (1, 2), "{problems:?}");
    }

    #[test]
    fn depth_without_end_is_refused_and_overflows_nothing() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        let problems = problems_of(&deep);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].1.contains("nested"));
    }
}
