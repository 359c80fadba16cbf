//! What a place shows while nothing is in it: what will be there, and how it gets there.

use leptos::prelude::*;

use super::{Glyph, Text, icon};
use crate::dom::El;

/// A friendly emptiness.
#[component]
pub fn EmptyState(
    /// What is the case.
    #[prop(into)]
    title: Text,
    /// What to do, or what will happen.
    #[prop(into)]
    text: Text,
    /// A picture.
    glyph: Glyph,
) -> impl IntoView {
    empty_state(title, text, glyph).view()
}

/// The same as an element.
pub fn empty_state(title: Text, text: Text, glyph: Glyph) -> El {
    let picture = El::new("span|class=empty-state-icon|part=empty-icon").child(&icon(glyph));
    El::new("div|class=empty-state|part=empty")
        .child(&picture)
        .child(&El::new("p|class=empty-state-title|part=empty-title").live_text(title))
        .child(&El::new("p|class=empty-state-text|part=empty-text").live_text(text))
}
