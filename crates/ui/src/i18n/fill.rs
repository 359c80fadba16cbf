//! Puts values into the places that a text keeps for them.

/// Replaces every `{name}` by its value. Values are put in as they are: braces inside a value
/// mean nothing.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(place, _)| *place == name)?;
            Some((*value, behind))
        });
        match known {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// What stands before and behind `{name}`, so that the name can have an element of its own.
pub fn split_at_name(text: &str) -> (String, String) {
    let (before, behind) = text.split_once("{name}").unwrap_or((text, ""));
    (before.to_owned(), behind.to_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{fill, split_at_name};

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
    }

    #[test]
    fn a_name_can_stand_anywhere() {
        let owned = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        assert_eq!(split_at_name("{name} joined"), owned(("", " joined")));
        assert_eq!(split_at_name("انضم {name}"), owned(("انضم ", "")));
        assert_eq!(split_at_name("It began"), owned(("It began", "")));
    }
}
