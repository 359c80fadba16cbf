//! From a file to a script, or to everything that is wrong with it.
//!
//! Three passes, each on what the one before found in order: the text is JSON, its objects have
//! the format's fields ([`form`]), the paths through its steps lead somewhere ([`flow`]). Only what
//! passed all three becomes a script.

mod build;
mod flow;
mod form;
mod groups;
mod paths;
mod strings;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::format::{Holds, SCRIPT};
use super::model::{SKIP, Script};
use super::problem::{Problem, Problems};
use super::source::{self, Node};

/// Largest file that is read at all.
pub const FILE_BYTES: usize = 1_000_000;
/// Most steps of a script; how long a check takes depends on it.
const STEPS: usize = 500;
/// Most entries of any other list. The check keeps answers as the bits of one number.
const ENTRIES: usize = 50;
/// Longest name, pattern or link, in bytes.
const STRING_BYTES: usize = 2_000;

/// Reads a script.
///
/// # Errors
/// Every problem of the file, in the order of its lines.
pub fn check(file: &[u8]) -> Result<Script, Vec<Problem>> {
    let mut problems = Problems::default();
    match read(file, &mut problems) {
        Some(script) if problems.is_empty() => Ok(script),
        _ => Err(problems.sorted()),
    }
}

fn read(file: &[u8], problems: &mut Problems) -> Option<Script> {
    if file.len() > FILE_BYTES {
        let sentence = format!(
            "the file has more than {FILE_BYTES} bytes; make it several scripts for several channels"
        );
        problems.add(1, sentence);
        return None;
    }
    let text = match std::str::from_utf8(file) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let before = file.iter().take(error.valid_up_to());
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            problems.add(line, "this is not UTF-8; save the file in that encoding");
            return None;
        }
    };
    let root = source::parse(text, problems)?;
    let steps = root.get("steps").map_or(&[] as &[Node], Node::list);
    if let Some(step) = steps.get(STEPS) {
        let sentence = format!("a script has at most {STEPS} steps; make it shorter");
        problems.add(step.line, sentence);
        return None;
    }
    let known = Known::of(&root);
    form::check(&root, &Holds::Object(&SCRIPT), "the file", &known, problems);
    form::whole(&root, &known, problems);
    if !problems.is_empty() {
        return None;
    }
    let built = build::script(&root, hash(text))?;
    flow::check(&built, problems);
    Some(built.script)
}

/// The names that a file gives, collected before anything is checked.
struct Known<'n> {
    languages: Vec<&'n str>,
    /// The answers of each step; none of a step that has no buttons.
    steps: BTreeMap<&'n str, Vec<&'n str>>,
    variables: BTreeSet<&'n str>,
}

impl<'n> Known<'n> {
    fn of(root: &'n Node) -> Self {
        let mut known = Self {
            languages: root.texts_of("languages").take(ENTRIES).collect(),
            steps: BTreeMap::new(),
            variables: super::template::GIVEN.into_iter().collect(),
        };
        for step in root.get("steps").map_or(&[] as &[Node], Node::list) {
            if let Some(id) = step.text_of("id") {
                let answers = step.get("answers").map_or(&[] as &[Node], Node::list);
                let mut answers: Vec<&str> = answers
                    .iter()
                    .take(ENTRIES)
                    .filter_map(|answer| answer.text_of("id"))
                    .collect();
                if step.get("skip").is_some() {
                    answers.push(SKIP);
                }
                known.steps.insert(id, answers);
            }
            known.variables.extend(step.text_of("save_as"));
        }
        known
    }
}

/// FNV-1a, 64 bits: tells versions of one operator's file apart, nothing more.
fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
