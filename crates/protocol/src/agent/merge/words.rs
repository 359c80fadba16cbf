//! A text as words and what lies between them.

use crate::letters;

/// Splits a text into words and single other characters.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, sign) in text.char_indices() {
        let belongs = is_letter(sign);
        if at > start && !(in_word && belongs) {
            parts.push(&text[start..at]);
            start = at;
        }
        in_word = belongs;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// Whether a part is a word that would become another one without a space beside it.
pub(super) fn is_word(part: &str) -> bool {
    part.chars().next_back().is_some_and(is_letter)
}

/// Whether a character belongs to the word beside it. Scripts that are written without spaces
/// have no such words: each of their characters stands for itself.
fn is_letter(sign: char) -> bool {
    match sign {
        // Joiners within words.
        '\u{200c}' | '\u{200d}' => true,
        '\u{2e80}'..'\u{ac00}' | '\u{d7a4}'.. => false,
        _ => letters::is_word(sign),
    }
}
