//! Variables in texts: `{{name}}`, `{{name:there}}`, and `{{{{` for two braces.
//!
//! Invariant: a text is read once, from left to right. What is inserted is never read again, so
//! a visitor whose name is `{{email}}` is called just that.

use protocol::limits::TEXT_SCALARS;

/// What every script can say without asking.
pub(super) const GIVEN: [&str; 4] = ["name", "email", "phone", "channel"];

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Words(&'t str),
    Variable {
        name: &'t str,
        otherwise: &'t str,
    },
    /// Braces that are never closed.
    Unclosed(&'t str),
}

/// Takes a text apart.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (words, braces) = rest.split_at(at);
        pieces.push(Piece::Words(words));
        let inside = &braces[2..];
        if let Some(after) = inside.strip_prefix("{{") {
            pieces.push(Piece::Words("{{"));
            rest = after;
        } else if let Some((variable, after)) = inside.split_once("}}") {
            let (name, otherwise) = variable.split_once(':').unwrap_or((variable, ""));
            pieces.push(Piece::Variable {
                name: name.trim(),
                otherwise: otherwise.trim(),
            });
            rest = after;
        } else {
            pieces.push(Piece::Unclosed(braces));
            return pieces;
        }
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// Puts values in; at most as long as a message may be.
pub(super) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut room = TEXT_SCALARS as usize;
    for piece in pieces(text) {
        let part = match piece {
            Piece::Words(words) | Piece::Unclosed(words) => words,
            Piece::Variable { name, otherwise } => match value(name) {
                Some(value) if !value.trim().is_empty() => value,
                _ => otherwise,
            },
        };
        for character in part.chars().take(room) {
            filled.push(character);
            room -= 1;
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(text: &str) -> String {
        fill(text, |name| match name {
            "name" => Some("{{email:x}}"),
            "email" => Some("a@b.example"),
            "empty" => Some("  "),
            _ => None,
        })
    }

    #[test]
    fn values_fallbacks_and_braces() {
        for (text, said) in [
            ("Hello!", "Hello!"),
            ("{{email}}", "a@b.example"),
            ("Hi {{ nobody : there }}, hi", "Hi there, hi"),
            ("Hi {{nobody}}.", "Hi ."),
            ("Hi {{empty:you: two}}.", "Hi you: two."),
            ("{{{{email}} {{email}}", "{{email}} a@b.example"),
            ("a { b } {{email", "a { b } {{email"),
        ] {
            assert_eq!(say(text), said, "{text}");
        }
    }

    #[test]
    fn what_is_inserted_is_not_read_again() {
        assert_eq!(say("{{name}} {{email}}"), "{{email:x}} a@b.example");
    }

    #[test]
    fn a_filled_text_is_never_longer_than_a_message() {
        let long = "ü".repeat(9_999);
        let filled = fill("{{a}}{{a}}", |_| Some(&long));
        assert_eq!(filled.chars().count(), 10_000);
    }
}
