//! The mention somebody is writing: an `@` before the caret, and what is written of a name.

use protocol::author::AgentRef;

/// Longest part of a name that is still sought.
const LONGEST: usize = 40;
/// Names that are offered at once.
pub(super) const MOST: usize = 8;

/// What stands before the caret of a mention that is being written: the text before its `@`, and
/// the part of the name behind it.
pub(super) fn sought(before_caret: &str) -> Option<(&str, &str)> {
    let at = before_caret.rfind('@')?;
    let (before, part) = (&before_caret[..at], &before_caret[at + 1..]);
    let is_free = !before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let is_name = !part.contains('\n')
        && !part.starts_with(char::is_whitespace)
        && part.chars().count() <= LONGEST;
    (is_free && is_name).then_some((before, part))
}

/// The agents whose name, or a word of it, begins like that.
pub(super) fn matching(colleagues: &[AgentRef], part: &str) -> Vec<AgentRef> {
    let part = lower(part);
    let is_meant = |agent: &&AgentRef| {
        let name = lower(&agent.name);
        name.starts_with(&part) || name.split_whitespace().any(|word| word.starts_with(&part))
    };
    let meant = colleagues.iter().filter(is_meant);
    meant.take(MOST).cloned().collect()
}

/// In small letters. The browser knows them; to know them ourselves would cost kilobytes.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(test)]
mod tests {
    use protocol::ids::AgentId;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn agent(name: &str) -> AgentRef {
        AgentRef {
            id: AgentId::parse("a").unwrap(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn name_behind_an_at_sign_is_sought() {
        assert_eq!(sought("@"), Some(("", "")));
        assert_eq!(sought("ask @Be"), Some(("ask ", "Be")));
        assert_eq!(sought("ask @Ben Or"), Some(("ask ", "Ben Or")));
        assert_eq!(sought("(@مر"), Some(("(", "مر")));
    }

    #[test]
    fn addresses_lines_and_lone_signs_are_not() {
        for text in ["", "ben", "ben@example", "@ ben", "@Ben\nand"] {
            assert_eq!(sought(text), None, "{text}");
        }
        assert_eq!(sought(&format!("@{}", "x".repeat(41))), None);
    }

    #[test]
    fn any_word_of_a_name_may_begin_like_that() {
        let all = [agent("Ben Ortiz"), agent("Olga"), agent("Örjan")];
        let names = |part: &str| {
            let found = matching(&all, part).into_iter();
            found.map(|agent| agent.name).collect::<Vec<_>>()
        };
        assert_eq!(names("o"), ["Ben Ortiz", "Olga"]);
        assert_eq!(names("BEN"), ["Ben Ortiz"]);
        assert_eq!(names("ö"), ["Örjan"]);
        assert_eq!(names("ben ortiz "), Vec::<String>::new());
        assert_eq!(names("").len(), 3);
    }
}
