//! A heading and lines of name and value.
//!
//! Invariant: a line that says what it said before keeps its nodes, and with them what a reader
//! has selected.

use leptos::prelude::*;
use ui::dom::{El, Rows, watch};
use ui::i18n::Key;

/// Names and values.
pub(super) type Lines = Vec<(String, String)>;

/// The section; not shown while it has no lines.
pub(super) fn section(title: Key, lines: Signal<Lines>) -> El {
    let section = headed(title).child(&line_list(lines));
    let shown = section.clone();
    watch(move || shown.hide(lines.with(Vec::is_empty)));
    section
}

/// A section with nothing but its heading.
pub(super) fn headed(title: Key) -> El {
    let heading = El::new("h3|class=information-heading").live_text(title.into());
    El::new("section|class=information-section").child(&heading)
}

/// The lines alone.
pub(super) fn line_list(lines: Signal<Lines>) -> El {
    let list = El::new("dl|class=information-facts");
    let mut rows = Rows::new(&list, None);
    watch(move || {
        lines.with(|lines| {
            let keys = lines.iter().enumerate();
            let keys = keys.map(|(place, line)| key(place, line)).collect();
            rows.show(keys, &mut |place| line_of(&lines[place]));
        });
    });
    list
}

fn key(place: usize, (name, value): &(String, String)) -> String {
    [place.to_string().as_str(), name, value].join("\n")
}

fn line_of((name, value): &(String, String)) -> El {
    El::new("div|class=information-fact")
        .child(&part("dt", name))
        .child(&part("dd", value))
}

/// Either may run in another direction than the page.
fn part(tag: &str, text: &str) -> El {
    let words = El::new("bdi");
    words.say(text);
    El::new(tag).child(&words)
}
