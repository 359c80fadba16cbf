//! A small number or word beside something, such as how many messages are unread.

use leptos::prelude::*;

use super::{Text, VisuallyHidden};

/// A badge.
#[component]
pub fn Badge(
    /// What it shows.
    #[prop(into)]
    text: Text,
    /// What it says to those who do not see it.
    #[prop(into)]
    label: Text,
    /// `"accent"` or `"neutral"`.
    #[prop(default = "accent")]
    tone: &'static str,
) -> impl IntoView {
    view! { class="p",
        <span class="badge" part="badge" data-tone=tone>
            <span aria-hidden="true">{move || text.get()}</span>
            <VisuallyHidden text=label />
        </span>
    }
}
