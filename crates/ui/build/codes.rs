//! Short stand-ins for the names of texts, for apps that people download.
//!
//! A name stands in the app and in every language's file; there it is for developers, and nobody
//! who downloads it is one. Invariant: the app and its files are made from the same English
//! catalogue in one build, so that a code means the same text in both.

use std::collections::BTreeMap;

/// The environment variable that asks for codes.
pub(crate) const VARIABLE: &str = "PARLOUR_TEXT_CODES";

/// The key under which a language calls itself by its own name. The apps name all languages, so
/// it is built into them and stands in none of their files.
pub(crate) const OWN_NAME: &str = "common.language.name";

/// CLDR's plural categories.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Splits `widget.unread.one` into what is counted and the plural category.
pub(crate) fn split_form(key: &str) -> Option<(&str, &str)> {
    let (base, form) = key.rsplit_once('.')?;
    FORMS.contains(&form).then_some((base, form))
}

/// A code for every name, plural categories apart; the keys come sorted.
pub(crate) fn codes<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeMap<&'k str, String> {
    let mut codes = BTreeMap::new();
    for key in keys {
        let base = split_form(key).map_or(key, |(base, _)| base);
        let next = codes.len();
        codes.entry(base).or_insert_with(|| code(next));
    }
    codes
}

/// A number in digits and small letters.
fn code(mut number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        digits.push(DIGITS[number % DIGITS.len()]);
        number /= DIGITS.len();
        if number == 0 {
            break;
        }
    }
    digits.reverse();
    digits.into_iter().map(char::from).collect()
}
