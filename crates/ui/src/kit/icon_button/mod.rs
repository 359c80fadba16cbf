//! A button that shows an icon only. Its label is required: it is the name and the tooltip.

use leptos::prelude::*;

use super::{Flag, Glyph, Icon, Press, Size, Text};

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
    let title = label.clone();
    let pressed = move || {
        pressed
            .as_ref()
            .map(|pressed| if pressed.get() { "true" } else { "false" })
    };
    view! { class="p",
        <button
            class="icon-button"
            part=part
            type="button"
            data-size=size.as_str()
            aria-label=move || label.get()
            title=move || title.get()
            aria-pressed=pressed
            on:click=move |_| on_press.run()
        >
            <Icon glyph />
        </button>
    }
}
