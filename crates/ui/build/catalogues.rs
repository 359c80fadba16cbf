//! The rules every catalogue keeps, and the Rust names made from the English one.
//!
//! Invariant: a build that succeeds has every text in every language, with the same
//! placeholders, so that no screen can ever show a key instead of a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::codes::{OWN_NAME, codes, split_form};

/// One language: its tag and its texts by key.
#[derive(Clone, Debug)]
pub(crate) struct Catalogue {
    pub(crate) tag: String,
    pub(crate) texts: BTreeMap<String, String>,
}

/// What is wrong, one sentence each.
pub(crate) type Problems = Vec<String>;

/// The language all others are held against.
const SOURCE: &str = "en";

/// How the app and its files call a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// By the key, for people who look into it.
    Keys,
    /// By a short code, for people who download it.
    Codes,
}

pub(crate) fn read_folder(folder: &Path) -> Result<Vec<Catalogue>, Problems> {
    let cannot = |error: std::io::Error| vec![format!("{}: {error}", folder.display())];
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let tag = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| vec![format!("{}: {error}", path.display())])?;
        all.push(parse(&tag, &text)?);
    }
    all.sort_by(|left, right| {
        (left.tag != SOURCE, &left.tag).cmp(&(right.tag != SOURCE, &right.tag))
    });
    Ok(all)
}

pub(crate) fn parse(tag: &str, text: &str) -> Result<Catalogue, Problems> {
    let texts = serde_json::from_str(text)
        .map_err(|error| vec![format!("{tag}.json is not a flat object of texts: {error}")])?;
    Ok(Catalogue {
        tag: tag.to_owned(),
        texts,
    })
}

/// Checks all languages and writes `keys.rs`.
pub(crate) fn generate(all: &[Catalogue], naming: Naming) -> Result<String, Problems> {
    let problems = check(all);
    if !problems.is_empty() {
        return Err(problems);
    }
    let Some(source) = all.first() else {
        return Err(vec![format!("{SOURCE}.json is missing")]);
    };
    let codes = codes(source.texts.keys().map(String::as_str));
    let named = |base: &str| match naming {
        Naming::Keys => base.to_owned(),
        Naming::Codes => codes.get(base).cloned().unwrap_or_default(),
    };
    let mut plain = String::new();
    let mut counted = String::new();
    let mut last = "";
    for (key, text) in &source.texts {
        match split_form(key) {
            None => constant(&mut plain, "Key", key, &named(key), text),
            Some((base, _)) if base != last => {
                last = base;
                let shown = source.texts.get(&format!("{base}.other"));
                constant(
                    &mut counted,
                    "Plural",
                    base,
                    &named(base),
                    shown.map_or("", String::as_str),
                );
            }
            Some(_) => {}
        }
    }
    let mut languages = String::new();
    for catalogue in all {
        let name = catalogue.texts.get(OWN_NAME).map_or("", String::as_str);
        let _ = writeln!(languages, "    ({:?}, {name:?}),", catalogue.tag);
    }
    Ok(format!(
        "impl Key {{\n{plain}}}\n\nimpl Plural {{\n{counted}}}\n\n\
         /// Every language there is a catalogue for: its tag, and its name in itself.\n\
         pub const LANGUAGES: &[(&str, &str)] = &[\n{languages}];\n"
    ))
}

fn constant(out: &mut String, kind: &str, key: &str, value: &str, text: &str) {
    let name = constant_name(key);
    let shown = text.replace('`', "'");
    let _ = writeln!(
        out,
        "    /// `{shown}`\n    pub const {name}: {kind} = {kind}({value:?});"
    );
}

fn constant_name(key: &str) -> String {
    key.replace(['.', '-'], "_").to_ascii_uppercase()
}

/// Everything that is wrong with the catalogues; empty when they agree.
pub(crate) fn check(all: &[Catalogue]) -> Problems {
    let Some(source) = all.iter().find(|catalogue| catalogue.tag == SOURCE) else {
        return vec![format!("{SOURCE}.json is missing")];
    };
    let mut problems = check_names(source);
    for catalogue in all {
        check_language(source, catalogue, &mut problems);
    }
    problems
}

fn check_names(source: &Catalogue) -> Problems {
    let mut problems = Vec::new();
    let mut taken = BTreeMap::new();
    for key in source.texts.keys() {
        let well_formed = key.contains('.')
            && key
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.'));
        if !well_formed {
            problems.push(format!(
                "key {key:?} must be lower-case words joined by dots"
            ));
        }
        if let Some(other) = taken.insert(constant_name(key), key) {
            problems.push(format!(
                "keys {other:?} and {key:?} would have the same name in Rust"
            ));
        }
    }
    problems
}

fn check_language(source: &Catalogue, catalogue: &Catalogue, problems: &mut Problems) {
    let tag = &catalogue.tag;
    for (key, wanted) in &source.texts {
        // Languages differ in their plural forms; every one has `other`.
        if split_form(key).is_some_and(|(_, form)| form != "other") {
            continue;
        }
        match catalogue.texts.get(key) {
            None => problems.push(format!("{tag}.json lacks {key:?} (English: {wanted:?})")),
            Some(text) if placeholders(text) != placeholders(wanted) => problems.push(format!(
                "{tag}.json {key:?} must use the placeholders of the English text {wanted:?}"
            )),
            Some(_) => {}
        }
    }
    for (key, text) in &catalogue.texts {
        if text.trim().is_empty() {
            problems.push(format!("{tag}.json {key:?} is empty"));
        }
        let reference = match split_form(key) {
            Some((base, _)) => source.texts.get(&format!("{base}.other")),
            None => source.texts.get(key),
        };
        match reference {
            None => problems.push(format!("{tag}.json has {key:?}, which en.json lacks")),
            Some(wanted) if !placeholders(text).is_subset(&placeholders(wanted)) => {
                problems.push(format!(
                    "{tag}.json {key:?} uses a placeholder that {wanted:?} lacks"
                ));
            }
            Some(_) => {}
        }
    }
}

/// The names in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
