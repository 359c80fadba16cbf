//! Puts values into the places that a text keeps for them.

/// A piece of a filled text, so that a name can have an element, and a direction, of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Of the sentence.
    Text(String),
    /// Of what was put in.
    Value(String),
}

/// Replaces every `{name}` by its value. Values are put in as they are: braces inside a value
/// mean nothing.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    scan(text, values, |_, piece| filled.push_str(piece));
    filled
}

/// The same, in pieces.
pub(super) fn pieces(text: &str, values: &[(&str, &str)]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(3);
    scan(text, values, |is_value, piece| {
        let piece = piece.to_owned();
        pieces.push(if is_value {
            Piece::Value(piece)
        } else {
            Piece::Text(piece)
        });
    });
    pieces
}

fn scan(text: &str, values: &[(&str, &str)], mut put: impl FnMut(bool, &str)) {
    let (mut rest, mut from) = (text, 0);
    while let Some(open) = rest[from..].find('{').map(|at| at + from) {
        let known = rest[open + 1..].split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(place, _)| *place == name)?;
            Some((*value, behind))
        });
        match known {
            Some((value, behind)) => {
                if open > 0 {
                    put(false, &rest[..open]);
                }
                put(true, value);
                (rest, from) = (behind, 0);
            }
            None => from = open + 1,
        }
    }
    if !rest.is_empty() {
        put(false, rest);
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Piece, fill, pieces};

    #[test]
    fn every_place_gets_its_value() {
        let values = [("name", "Ana"), ("text", "hi")];
        assert_eq!(fill("{name}: {text} ({name})", &values), "Ana: hi (Ana)");
    }

    #[test]
    fn braces_in_a_value_stay_what_they_are() {
        let values = [("name", "{text}"), ("text", "{{name}}")];
        assert_eq!(fill("{name}: {text}", &values), "{text}: {{name}}");
    }

    #[test]
    fn a_place_without_a_value_is_left_alone() {
        assert_eq!(fill("a {b} { c", &[("x", "y")]), "a {b} { c");
        assert_eq!(fill("{{x}}", &[("x", "y")]), "{y}");
    }

    #[test]
    fn a_name_can_stand_anywhere_and_is_a_piece_of_its_own() {
        let values = [("name", "Ana")];
        let text = |text: &str| Piece::Text(text.to_owned());
        let ana = || Piece::Value("Ana".to_owned());
        assert_eq!(pieces("{name} joined", &values), [ana(), text(" joined")]);
        assert_eq!(pieces("انضم {name}", &values), [text("انضم "), ana()]);
        assert_eq!(pieces("It began", &values), [text("It began")]);
    }
}
