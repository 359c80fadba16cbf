//! A file's name as a line that may become too long: its middle is left out and its end stays, so
//! that nobody takes one kind of file for another.
//!
//! Invariant: nothing in a name turns the direction of what stands around it, or of its own end.

use crate::dom::El;

/// Letters that stay before the last dot.
const BEFORE_DOT: usize = 4;
/// Letters that stay in all.
const LONGEST_END: usize = 14;

/// The name without signs that only turn the direction of writing.
pub(super) fn shown_name(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for letter in name.chars() {
        shown.push(match letter {
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                continue;
            }
            '\0'..='\u{1f}' | '\u{7f}' => ' ',
            letter => letter,
        });
    }
    shown
}

/// The name as an element.
pub fn file_name(name: &str) -> El {
    let name = shown_name(name);
    let name = name.as_str();
    let (head, end) = name.split_at(end_of(name));
    let place = El::new("bdi|class=file-name|part=file-name");
    place.set("title", Some(name));
    for (written, part) in [
        ("bdi|class=file-name-head", head),
        ("bdi|class=file-name-end", end),
    ] {
        let piece = El::new(written);
        piece.say(part);
        place.append(&piece);
    }
    place
}

/// Where the part begins that always stays.
fn end_of(name: &str) -> usize {
    let dot = name.rfind('.').unwrap_or(name.len());
    let (mut at, mut letters) = (name.len(), 0);
    for (place, _) in name.char_indices().rev() {
        letters += 1;
        let is_before = place < dot && name[place..dot].chars().count() > BEFORE_DOT;
        if letters > LONGEST_END || is_before {
            break;
        }
        at = place;
    }
    at
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{end_of, shown_name};

    fn split(name: &str) -> (&str, &str) {
        name.split_at(end_of(name))
    }

    #[test]
    fn the_end_of_a_name_holds_its_real_extension() {
        assert_eq!(
            split("holiday pictures.jpeg"),
            ("holiday pict", "ures.jpeg")
        );
        assert_eq!(split("a.gz"), ("", "a.gz"));
        assert_eq!(split("no extension here"), ("no extension ", "here"));
        assert_eq!(split(""), ("", ""));
        let long = "x.thisisnotreallyanextension";
        assert_eq!(split(long).1.len(), 14);
        assert_eq!(split("ملف طويل.pdf"), ("ملف ", "طويل.pdf"));
    }

    #[test]
    fn what_turns_the_direction_is_not_shown() {
        assert_eq!(shown_name("gnp\u{202e}exe.\u{2066}a\n"), "gnpexe.a ");
    }
}
