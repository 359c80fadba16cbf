//! A line to type into, with its label above and its error below.

use leptos::prelude::*;

use super::{Text, fresh_id};

/// A field for one line.
#[component]
pub fn TextField(
    /// Its label, and so its name.
    #[prop(into)]
    label: Text,
    /// What is in it.
    value: RwSignal<String>,
    /// What is wrong with it; empty when nothing is.
    #[prop(optional, into)]
    error: Text,
    /// The kind of `input`: `text`, `email`, `password` …
    #[prop(default = "text")]
    kind: &'static str,
    /// The form's name for it.
    name: &'static str,
    /// What password managers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let id = fresh_id("field");
    let error_id = fresh_id("error");
    let described_by = error_id.clone();
    let (shown, invalid, described) = (error.clone(), error.clone(), error.clone());
    view! { class="p",
        <div class="text-field" part="field">
            <label class="text-field-label" part="field-label" for=id.clone()>
                {move || label.get()}
            </label>
            <input
                class="text-field-input"
                part="field-input"
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || if invalid.get().is_empty() { "false" } else { "true" }
                aria-describedby=move || (!described.get().is_empty()).then(|| described_by.clone())
            />
            <p
                class="text-field-error"
                part="field-error"
                id=error_id
                hidden=move || shown.get().is_empty()
            >
                {move || error.get()}
            </p>
        </div>
    }
}
