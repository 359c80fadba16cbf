//! Whether a string is what its field holds: a name, a variable, a link, one of some words.

use super::{Known, STRING_BYTES};
use crate::domain::language::is_tag;
use crate::script::condition::PagePattern;
use crate::script::format::Holds;
use crate::script::problem::hint;

/// What is wrong with a string, if anything is.
pub(super) fn fault(text: &str, holds: &Holds, known: &Known<'_>) -> Option<String> {
    let fault = match holds {
        _ if text.len() > STRING_BYTES => Some("is too long; make it shorter"),
        Holds::Words => text
            .trim()
            .is_empty()
            .then_some("is empty; write something"),
        Holds::Name => (!is_name(text))
            .then_some("is no name; use 1 to 64 letters (a to z), digits, `-` and `_`"),
        Holds::Variable => (!is_variable(text))
            .then_some("is no variable; use small letters, digits and `_`, a letter first")
            .or_else(|| {
                (text == "channel").then_some("is always the channel's name; choose another")
            }),
        Holds::Language => (!is_tag(text))
            .then_some("is no language tag (BCP 47); write one such as `en` or `zh-CN`"),
        Holds::Page => PagePattern::read(text)
            .is_none()
            .then_some("is no page; begin with `/`, `*`, `http://` or `https://`, without spaces and `#`"),
        Holds::Link => (!is_link(text)).then_some(
            "is no link; use `https://…`, `http://…` or an address relative to the page, such as `/help`",
        ),
        Holds::OneOf(words) if !words.contains(&text) => {
            return Some(format!("is unknown; use one of {}", listed(words)));
        }
        Holds::StepName if !known.steps.contains_key(text) => {
            let near = hint(text, known.steps.keys().copied());
            return Some(format!("is the name of no step{near}"));
        }
        _ => None,
    };
    fault.map(str::to_owned)
}

fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn is_variable(text: &str) -> bool {
    is_name(text)
        && text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a page may open it: the web, or relative to the page, and nothing that a browser
/// would read as another scheme.
fn is_link(text: &str) -> bool {
    let plain = !text.is_empty()
        && !text.contains(|character: char| {
            character.is_whitespace() || character.is_control() || character == '\\'
        });
    let lower = text.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    plain
        && match rest {
            Some(rest) => rest.starts_with(|first: char| first.is_alphanumeric() || first == '['),
            None => {
                let first_part = text.split(['/', '?', '#']).next().unwrap_or_default();
                !first_part.contains(':') && !text.starts_with("//")
            }
        }
}

/// Words as sentences list them.
pub(super) fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// A name as sentences can bear it.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(64).filter(|c| !c.is_control()).collect();
    if text.chars().nth(64).is_some() {
        short.push('…');
    }
    short
}
