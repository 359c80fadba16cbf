//! Language tags: which are tags at all, when two of them mean one language, and which of several
//! offered ones suits a reader.
//!
//! Tags are maximised before they are compared (`model.md`, Language), so that `zh-SG` is the
//! language of a `zh-CN` widget and `zh-TW` is not. What counts is what is written: language and
//! script. Regions only decide between offers that are the same in both.

mod scripts;

use std::borrow::Cow;

/// Longest tag that is kept, in bytes (RFC 5646, section 4.4.1).
const LONGEST_TAG: usize = 35;

/// What a visitor's client says about languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// First language of the browser.
    pub browser: Option<String>,
    /// Language the widget shows.
    pub widget: Option<String>,
}

impl Languages {
    /// Takes what a client told; texts that are no tags are left out.
    pub fn told(browser: &[String], widget: &str) -> Self {
        Self {
            browser: browser.iter().find(|tag| is_tag(tag)).cloned(),
            widget: is_tag(widget).then(|| widget.to_owned()),
        }
    }

    /// The widget's language, when agents should see it beside the browser's.
    pub fn widget_if_different(&self) -> Option<String> {
        let widget = self.widget.as_deref()?;
        let same = self
            .browser
            .as_deref()
            .is_some_and(|browser| same_language(browser, widget));
        (!same).then(|| widget.to_owned())
    }
}

/// A written language: a tag reduced to language and script. Equal ones are read by the same
/// people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Written {
    language: String,
    script: String,
}

impl Written {
    /// What the tag means, with the script it leaves out; nothing when the text is no tag.
    pub fn of(tag: &str) -> Option<Self> {
        is_tag(tag).then(|| maximised(tag))
    }
}

/// Whether the text has the form of a BCP 47 tag.
pub fn is_tag(text: &str) -> bool {
    text.len() <= LONGEST_TAG
        && text.split('-').enumerate().all(|(at, part)| {
            let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let known = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            known && (1..=8).contains(&part.len()) && (at > 0 || (letters && part.len() > 1))
        })
}

/// Whether both tags mean one written language.
pub fn same_language(one: &str, other: &str) -> bool {
    maximised(one) == maximised(other)
}

/// The offered tag that suits the reader best, as it was offered: one preference after the other,
/// each by [`lookup`]. Nothing when none suits; what then is the caller's to say.
pub fn negotiate<'a>(preferred: &[String], offered: &[&'a str]) -> Option<&'a str> {
    preferred.iter().find_map(|wanted| lookup(wanted, offered))
}

/// RFC 4647 lookup (section 3.4): the tag itself, then shortened from the right until an offer is
/// met. An offer in another script is none, however alike the tags are; and one that only differs
/// in region is one, when no shorter tag is offered.
pub fn lookup<'a>(wanted: &str, offered: &[&'a str]) -> Option<&'a str> {
    if !is_tag(wanted) {
        return None;
    }
    let written = maximised(wanted);
    let readable: Vec<&'a str> = offered
        .iter()
        .copied()
        .filter(|offer| is_tag(offer) && maximised(offer) == written)
        .collect();
    let mut range = wanted;
    loop {
        let same = readable
            .iter()
            .find(|offer| offer.eq_ignore_ascii_case(range));
        if let Some(offer) = same {
            return Some(offer);
        }
        let Some((shorter, _)) = range.rsplit_once('-') else {
            return readable.first().copied();
        };
        range = match shorter.rsplit_once('-') {
            // A single letter or digit only introduces what was cut off.
            Some((before, single)) if single.len() == 1 => before,
            _ => shorter,
        };
    }
}

/// Language and script, both as they are usually written: `zh` and `Hans`.
fn maximised(tag: &str) -> Written {
    let lower = tag.to_ascii_lowercase();
    // What follows a single letter is an extension or private and names no script or region.
    let mut parts = lower.split('-').take_while(|part| part.len() > 1);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    // `zh-yue` is the old way to write `yue`, `zh-cmn` that to write `zh`.
    let extended = rest
        .first()
        .filter(|part| first == "zh" && part.len() == 3 && is_alphabetic(part));
    let language = scripts::modern(extended.copied().unwrap_or(first));
    let script = rest
        .iter()
        .find(|part| part.len() == 4 && is_alphabetic(part));
    let region = rest
        .iter()
        .find(|part| part.len() == 2 && is_alphabetic(part));
    let script: Cow<'_, str> = match script {
        Some(script) => title(script).into(),
        None => scripts::usual(language, region.copied()).into(),
    };
    Written {
        language: language.to_owned(),
        script: script.into_owned(),
    }
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn title(script: &str) -> String {
    let mut text = script.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests;
