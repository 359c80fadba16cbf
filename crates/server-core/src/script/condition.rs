//! When a step takes place.
//!
//! Conditions about the same thing are alternatives, conditions about different things must all
//! hold: two answers of one question, or; answers of two questions, and.

use super::run::{AnswerId, Facts, Run, StepId};
use crate::domain::language::same_language;

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The latest answer to a step is one of these.
    Answer {
        /// The step that asked.
        step: StepId,
        /// The answers that will do.
        is: Vec<AnswerId>,
    },
    /// The page the visitor is on.
    Page(PagePattern),
    /// The visitor's language is one of these.
    Language(Vec<String>),
    /// Whether the channel is open (`true`) or closed.
    Hours(bool),
    /// Whether somebody could take the conversation now.
    Available(bool),
}

impl Condition {
    fn holds(&self, run: &Run, facts: &Facts) -> bool {
        match self {
            Self::Answer { step, is } => run
                .latest_answer(step)
                .and_then(|answered| answered.answer.as_ref())
                .is_some_and(|answer| is.contains(answer)),
            Self::Page(pattern) => facts.page.as_deref().is_some_and(|page| pattern.fits(page)),
            Self::Language(tags) => facts
                .language
                .as_deref()
                .is_some_and(|language| tags.iter().any(|tag| same_language(tag, language))),
            Self::Hours(open) => facts.hours_open == *open,
            Self::Available(available) => facts.somebody_available == *available,
        }
    }

    /// Whether both are about the same thing.
    pub(super) fn same_thing(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Answer { step, .. }, Self::Answer { step: theirs, .. }) => step == theirs,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// Whether the conditions of a step hold.
pub(super) fn hold(conditions: &[Condition], run: &Run, facts: &Facts) -> bool {
    conditions.iter().all(|condition| {
        let mut alternatives = conditions
            .iter()
            .filter(|other| condition.same_thing(other));
        alternatives.any(|alternative| alternative.holds(run, facts))
    })
}

/// Addresses of pages: a path (`/shop/*`) or a whole address (`https://*.example.com/*`), where
/// `*` stands for anything, `/` included.
///
/// What follows `#` never counts, what follows `?` only when the pattern has a `?` itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePattern(String);

impl PagePattern {
    /// Reads a pattern; nothing when it can be no address.
    pub fn read(text: &str) -> Option<Self> {
        let whole = text.starts_with("http://") || text.starts_with("https://");
        let plain = !text.contains(|character: char| character.is_whitespace() || character == '#');
        let begins = whole || text.starts_with('/') || text.starts_with('*');
        (plain && begins).then(|| Self(text.to_owned()))
    }

    /// Whether a page's whole address fits.
    pub fn fits(&self, page: &str) -> bool {
        let page = page.split('#').next().unwrap_or_default();
        let page = if self.0.contains('?') {
            page
        } else {
            page.split('?').next().unwrap_or_default()
        };
        let (site, path) = parted(page);
        if self.0.starts_with("http") {
            let (wanted_site, wanted_path) = parted(&self.0);
            // A `*` in the site may not reach into the path, or other sites could be let in.
            return fits(
                &wanted_site.to_ascii_lowercase(),
                &site.to_ascii_lowercase(),
            ) && fits(wanted_path, path);
        }
        fits(&self.0, path)
    }
}

/// Site and path of an address; a site alone has the path `/`.
fn parted(address: &str) -> (&str, &str) {
    let host = address.find("://").map_or(0, |at| at + 3);
    match address[host..].find(['/', '?']) {
        Some(at) => address.split_at(host + at),
        None => (address, "/"),
    }
}

/// Whether a text fits a pattern with `*`. Goes back to the last `*` only, so that it takes at most
/// pattern × text steps.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    while read < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at + 1, read));
            at += 1;
        } else if pattern.get(at) == Some(&text[read]) {
            at += 1;
            read += 1;
        } else if let Some((after, from)) = star {
            star = Some((after, from + 1));
            at = after;
            read = from + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(pattern: &str, page: &str) -> bool {
        PagePattern::read(pattern).unwrap().fits(page)
    }

    #[test]
    fn paths_and_whole_addresses() {
        for (pattern, page) in [
            ("/", "https://shop.example"),
            ("/shop/*", "https://shop.example/shop/a/b?c=d#e"),
            ("*/checkout", "https://shop.example/en/checkout"),
            ("/find?q=*", "https://shop.example/find?q=tea"),
            ("https://*.example/*", "https://shop.example/a"),
            ("https://Shop.example/*", "https://shop.example/"),
            ("http://localhost:8080/*", "http://localhost:8080/demo/"),
            ("*", "https://shop.example/a"),
            ("/a*b*c", "https://x.example/a-b-b-c"),
        ] {
            assert!(on(pattern, page), "{pattern} {page}");
        }
        for (pattern, page) in [
            ("/shop", "https://shop.example/shop/"),
            ("/shop/*", "https://shop.example/Shop/a"),
            ("https://*.example/*", "https://evil.test/shop.example/a"),
            ("https://shop.example/*", "http://shop.example/a"),
            ("/find?q=*", "https://shop.example/find"),
            ("/a*b*c", "https://x.example/a-c-b"),
        ] {
            assert!(!on(pattern, page), "{pattern} {page}");
        }
    }

    #[test]
    fn what_can_be_no_address_is_no_pattern() {
        for text in ["", "shop", "ftp://a/", "/a b", "/a#b", "javascript:*"] {
            assert_eq!(PagePattern::read(text), None, "{text}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = format!("/{}b", "*a".repeat(200));
        assert!(!on(
            &pattern,
            &format!("https://x.example/{}", "a".repeat(5_000))
        ));
    }
}
