//! A person as a coloured circle with initials. The colour follows from the name, so that it is
//! the same on every screen; it is decoration, the name is always told beside it.

use leptos::prelude::*;

use super::Size;

/// How many hues `avatar.css` has.
const HUES: u32 = 8;

/// A person's circle.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: String,
    /// How big it is.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    view! { class="p",
        <span
            class="avatar"
            part="avatar"
            aria-hidden="true"
            data-hue=hue(&name).to_string()
            data-size=size.as_str()
        >
            {initials(&name)}
        </span>
    }
}

/// First letters of the first and the last word. The style sheet makes capitals of them: the
/// tables for it would be 15 KB in every visitor's download, and the browser has its own.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let mut words = name.split_whitespace().filter_map(first);
    let letters = words.next().into_iter().chain(words.next_back());
    letters.collect()
}

fn hue(name: &str) -> u32 {
    name.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % HUES
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
    fn a_name_keeps_its_hue() {
        assert_eq!(hue("Ana"), hue("Ana"));
        assert!(
            ["Ana", "Ben", "", "王小明"]
                .iter()
                .all(|name| hue(name) < HUES)
        );
    }
}
