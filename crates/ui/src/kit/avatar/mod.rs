//! A person as a coloured circle with initials. The colour follows from the person's id, so that
//! it is the same on every screen and in every language; it is decoration, the name is always
//! told beside it.

use leptos::prelude::*;

use super::Size;
use crate::characters::is_word;
use crate::dom::El;

/// The hues that `avatar.css` has.
const HUES: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];

/// A person's circle.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: String,
    /// The person's id; without one the name decides.
    #[prop(optional, into)]
    id: String,
    /// How big it is.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    let id = if id.is_empty() { &name } else { &id };
    avatar(&name, id, size).view()
}

/// The same as an element.
pub fn avatar(name: &str, id: &str, size: Size) -> El {
    let circle = El::new("span|class=avatar|part=avatar|aria-hidden=true");
    circle.set("data-hue", Some(hue(id)));
    circle.set("data-size", Some(size.as_str()));
    circle.say(&initials(name));
    circle
}

/// First letters of the first and the last word. The style sheet makes capitals of them: the
/// tables for it would be 15 KB in every visitor's download, and the browser has its own.
fn initials(name: &str) -> String {
    let (mut initials, mut first_length, mut is_inside) = (String::new(), 0, false);
    for letter in name.chars() {
        if letter.is_whitespace() {
            is_inside = false;
        } else if !is_inside && is_word(letter) {
            is_inside = true;
            // Of all words behind the first only the last one's letter stays.
            initials.truncate(first_length);
            initials.push(letter);
            if first_length == 0 {
                first_length = initials.len();
            }
        }
    }
    initials
}

fn hue(id: &str) -> &'static str {
    let sum = id.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    HUES[sum as usize % HUES.len()]
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{HUES, hue, initials};

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Ana"), "A");
        assert_eq!(initials("ana maría de la o"), "ao");
        assert_eq!(initials("王小明"), "王");
        assert_eq!(initials("  <b>  "), "b");
        assert_eq!(initials("\u{202e}!?"), "");
    }

    #[test]
    fn every_id_has_a_hue_and_keeps_it() {
        assert_eq!(hue("ana"), hue("ana"));
        assert!(
            ["ana", "ben", "", "7f3a"]
                .iter()
                .all(|id| HUES.contains(&hue(id)))
        );
    }
}
