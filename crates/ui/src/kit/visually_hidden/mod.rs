//! Text for those who listen: on no screen, but in the accessibility tree.

use leptos::prelude::*;

use super::Text;

/// Text that is only heard.
#[component]
pub fn VisuallyHidden(
    /// The text.
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    view! { class="p", <span class="visually-hidden">{move || text.get()}</span> }
}
