//! A line to type into, with its label above and its error below.

use leptos::prelude::*;

use super::{Text, fresh_id};
use crate::dom::{El, watch};

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
    let (id, error_id) = (fresh_id("field"), fresh_id("error"));
    let named = El::new("label|class=text-field-label|part=field-label").live_text(label);
    named.set("for", Some(&id));
    let input = El::new("input|class=text-field-input|part=field-input");
    for (name, value) in [
        ("id", id.as_str()),
        ("name", name),
        ("type", kind),
        ("autocomplete", autocomplete),
    ] {
        input.set(name, Some(value));
    }
    let problem = El::new("p|class=text-field-error|part=field-error");
    problem.set("id", Some(&error_id));
    let field = El::new("div|class=text-field|part=field")
        .child(&named)
        .child(&input)
        .child(&problem);
    let shown = input.clone();
    watch(move || {
        let value = value.get();
        // Writing the same value again would move the caret.
        if shown.value() != value {
            shown.set_value(&value);
        }
    });
    let typed = input.clone();
    let input = input.on("input", move |_| value.set(typed.value()));
    watch(move || {
        let error = error.get();
        let wrong = !error.is_empty();
        input.set_state("aria-invalid", wrong);
        input.set("aria-describedby", wrong.then_some(error_id.as_str()));
        problem.hide(!wrong);
        problem.set_text(&error);
    });
    field.view()
}
