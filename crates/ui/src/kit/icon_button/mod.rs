//! A button that shows an icon only. Its label is required: it is the name and the tooltip.

use leptos::prelude::*;

use super::{Flag, Glyph, Press, Size, Text, icon};
use crate::dom::{El, watch};

/// A button with an icon.
#[component]
pub fn IconButton(
    /// Its name.
    #[prop(into)]
    label: Text,
    /// What it shows.
    glyph: Glyph,
    /// What it does.
    #[prop(into)]
    on_press: Press,
    /// For a button that stays down: whether it is.
    #[prop(optional, into)]
    pressed: Option<Flag>,
    /// How big it is.
    #[prop(optional)]
    size: Size,
    /// Its name for designers.
    #[prop(default = "icon-button")]
    part: &'static str,
) -> impl IntoView {
    let button = icon_button(label, glyph, part);
    button.set("data-size", Some(size.as_str()));
    if let Some(pressed) = pressed {
        let button = button.clone();
        watch(move || button.set_state("aria-pressed", pressed.get()));
    }
    button.on("click", move |_| on_press.run()).view()
}

/// The same as an element of usual size; whoever makes it listens for `click`.
pub fn icon_button(label: Text, glyph: Glyph, part: &str) -> El {
    let button = El::new("button|class=icon-button|type=button|data-size=medium")
        .live("aria-label", label.clone())
        .live("title", label)
        .child(&icon(glyph));
    button.set("part", Some(part));
    button
}
