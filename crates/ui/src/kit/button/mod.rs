//! A button with a text, and an icon when it helps.

use leptos::prelude::*;

use super::{Flag, Glyph, Press, Text, icon};
use crate::dom::{El, watch};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here.
    Primary,
    /// One of several things to do.
    #[default]
    Secondary,
    /// Nearly a link.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Variant {
    fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// How big a control is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// Inside other things.
    Small,
    /// As usual.
    #[default]
    Medium,
    /// Alone on a page.
    Large,
}

impl Size {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    /// Its text, and so its name.
    #[prop(into)]
    label: Text,
    /// What it does.
    #[prop(into)]
    on_press: Press,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// How big it is.
    #[prop(optional)]
    size: Size,
    /// An icon before the text.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Whether it can be pressed.
    #[prop(optional, into)]
    disabled: Flag,
    /// Whether it submits the form around it; `on_press` is then left to the form.
    #[prop(optional)]
    submit: bool,
    /// Its name for designers.
    #[prop(default = "button")]
    part: &'static str,
) -> impl IntoView {
    let button = button(label, variant, size, glyph, part);
    if submit {
        button.set("type", Some("submit"));
    }
    let able = button.clone();
    watch(move || able.set("disabled", disabled.get().then_some("")));
    button.on("click", move |_| on_press.run()).view()
}

/// The same as an element; whoever makes it listens for `click`.
pub fn button(label: Text, variant: Variant, size: Size, glyph: Option<Glyph>, part: &str) -> El {
    let button = El::new("button|class=button|type=button");
    button.set("part", Some(part));
    button.set("data-variant", Some(variant.as_str()));
    button.set("data-size", Some(size.as_str()));
    if let Some(glyph) = glyph {
        button.append(&icon(glyph));
    }
    button.child(&El::new("span").live_text(label))
}
