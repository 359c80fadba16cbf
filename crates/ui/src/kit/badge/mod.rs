//! A small number or word beside something, such as how many messages are unread.

use leptos::prelude::*;

use super::{Text, visually_hidden};
use crate::dom::El;

/// A badge.
#[component]
pub fn Badge(
    /// What it shows.
    #[prop(into)]
    text: Text,
    /// What it says to those who do not see it.
    #[prop(into)]
    label: Text,
    /// `"accent"` or `"neutral"`.
    #[prop(default = "accent")]
    tone: &'static str,
) -> impl IntoView {
    badge(text, label, tone).view()
}

/// The same as an element.
pub fn badge(text: Text, label: Text, tone: &str) -> El {
    let shown = El::new("span|aria-hidden=true").live_text(text);
    let badge = El::new("span|class=badge|part=badge")
        .child(&shown)
        .child(&visually_hidden(label));
    badge.set("data-tone", Some(tone));
    badge
}
