//! Something is on its way.

use leptos::prelude::*;

use super::{Text, VisuallyHidden};

/// A turning ring with a text that says what is awaited.
#[component]
pub fn Spinner(
    /// What is awaited.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    view! { class="p",
        <span class="spinner" part="spinner">
            <span class="spinner-ring" aria-hidden="true"></span>
            <VisuallyHidden text=label />
        </span>
    }
}
