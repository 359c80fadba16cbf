//! Language tags: which are tags at all, and when two of them mean one language.
//!
//! Tags are maximised before they are compared (`model.md`, Language), so that `zh-SG` is the
//! language of a `zh-CN` widget and `zh-TW` is not.

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

/// Language and script. Only Chinese is written in two scripts among the catalogues.
fn maximised(tag: &str) -> (String, &'static str) {
    let lower = tag.to_ascii_lowercase();
    let mut parts = lower.split('-');
    let language = parts.next().unwrap_or_default().to_owned();
    if language != "zh" {
        return (language, "");
    }
    let script = parts
        .find_map(|part| match part {
            "hans" => Some("Hans"),
            "hant" | "tw" | "hk" | "mo" => Some("Hant"),
            _ => None,
        })
        .unwrap_or("Hans");
    (language, script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_one_language_and_chinese_scripts_are_two() {
        assert!(same_language("es-MX", "es"));
        assert!(same_language("zh-SG", "zh-CN"));
        assert!(same_language("zh-hans-TW", "zh"));
        assert!(!same_language("zh-TW", "zh-CN"));
        assert!(!same_language("en", "es"));
    }

    #[test]
    fn only_tags_are_tags() {
        for tag in ["en", "zh-Hans-CN", "es-419", "sl-rozaj-biske"] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in ["", "e", "1a", "en_US", "en--US", "<b>", &"en-".repeat(20)] {
            assert!(!is_tag(text), "{text}");
        }
    }

    #[test]
    fn widget_language_counts_only_when_it_differs() {
        let told = |browser: &str, widget| Languages::told(&[browser.to_owned()], widget);
        assert_eq!(told("es-MX", "es").widget_if_different(), None);
        assert_eq!(
            told("de", "en").widget_if_different().as_deref(),
            Some("en")
        );
        assert_eq!(told("!", "en").browser, None);
    }
}
