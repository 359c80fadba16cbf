//! A choice among few, by the browser's own list: it knows every keyboard, screen reader and
//! telephone.

use leptos::prelude::*;

use super::{Glyph, Take, Text, icon};
use crate::dom::{El, watch};

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is handed over.
    pub value: String,
    /// What is shown.
    pub text: String,
}

/// A list to choose from.
#[component]
pub fn Select(
    /// Its name.
    #[prop(into)]
    label: Text,
    /// The choices.
    options: Vec<SelectOption>,
    /// The value that is chosen.
    #[prop(into)]
    value: Text,
    /// Takes the value a person chose.
    #[prop(into)]
    on_choose: Take,
    /// An icon before the value.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Its name for designers.
    #[prop(default = "select")]
    part: &'static str,
) -> impl IntoView {
    let (select, control) = select(label, options, value, glyph);
    select.set("part", Some(part));
    let chosen = control.clone();
    let _ = control.on("change", move |_| on_choose.run(chosen.value()));
    select.view()
}

/// The same as elements: the whole, and the control whose `change` tells of a choice.
pub fn select(
    label: Text,
    options: Vec<SelectOption>,
    value: Text,
    glyph: Option<Glyph>,
) -> (El, El) {
    let control =
        El::new("select|class=select-control|part=select-control").live("aria-label", label);
    for option in options {
        let choice = El::new("option");
        choice.set("value", Some(&option.value));
        choice.say(&option.text);
        control.append(&choice);
    }
    let shown = control.clone();
    watch(move || shown.set_value(&value.get()));
    let select = El::new("span|class=select|part=select");
    if let Some(glyph) = glyph {
        select.append(&icon(glyph));
    }
    let select = select.child(&control).child(&icon(Glyph::CHEVRON_DOWN));
    (select, control)
}
