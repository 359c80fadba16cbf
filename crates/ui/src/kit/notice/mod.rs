//! A sentence that matters, on a strip of its own, with a button when something can be done.

use leptos::prelude::*;

use super::{Button, Glyph, Icon, Press, Size, Text, Variant};

/// What a notice is about; told by colour, icon and sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Not as it should be.
    Warning,
    /// Does not work.
    Danger,
}

impl Tone {
    fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A notice.
#[component]
pub fn Notice(
    /// The sentence.
    #[prop(into)]
    text: Text,
    /// What it is about.
    #[prop(optional)]
    tone: Tone,
    /// A picture of what it is about.
    #[prop(default = Glyph::INFO)]
    glyph: Glyph,
    /// The button's text and what it does.
    #[prop(optional_no_strip)]
    action: Option<(Text, Press)>,
    /// Its name for designers.
    #[prop(default = "notice")]
    part: &'static str,
) -> impl IntoView {
    let button = action.map(|(label, on_press)| {
        view! { <Button label on_press variant=Variant::Quiet size=Size::Small part="notice-action" /> }
    });
    view! { class="p",
        <div class="notice" part=part data-tone=tone.as_str()>
            <Icon glyph />
            <p class="notice-text" part="notice-text">{move || text.get()}</p>
            {button}
        </div>
    }
}
