//! A choice among few, by the browser's own list: it knows every keyboard, screen reader and
//! telephone.

use leptos::prelude::*;

use super::{Glyph, Icon, Take, Text};

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
    let chosen = value.clone();
    let options = options
        .into_iter()
        .map(|option| {
            let (value, chosen) = (option.value.clone(), chosen.clone());
            view! { class="p",
                <option value=option.value selected=move || chosen.get() == value>
                    {option.text}
                </option>
            }
        })
        .collect_view();
    view! { class="p",
        <span class="select" part=part>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            <select
                class="select-control"
                part="select-control"
                aria-label=move || label.get()
                prop:value=move || value.get()
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {options}
            </select>
            <Icon glyph=Glyph::CHEVRON_DOWN />
        </span>
    }
}
