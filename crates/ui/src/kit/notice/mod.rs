//! A sentence that matters, on a strip of its own, with a button when something can be done.

use leptos::prelude::*;

use super::{Glyph, Press, Size, Text, Variant, button, icon};
use crate::dom::El;

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
    notice(text, tone, glyph, action, part).view()
}

pub(crate) fn notice(
    text: Text,
    tone: Tone,
    glyph: Glyph,
    action: Option<(Text, Press)>,
    part: &str,
) -> El {
    let notice = El::new("div|class=notice")
        .child(&icon(glyph))
        .child(&El::new("p|class=notice-text|part=notice-text").live_text(text));
    notice.set("part", Some(part));
    notice.set("data-tone", Some(tone.as_str()));
    if let Some((label, press)) = action {
        let button = button(label, Variant::Quiet, Size::Small, None, "notice-action");
        notice.append(&button.on("click", move |_| press.run()));
    }
    notice
}
