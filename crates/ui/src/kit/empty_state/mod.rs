//! What a place shows while nothing is in it: what will be there, and how it gets there.

use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// A friendly emptiness.
#[component]
pub fn EmptyState(
    /// What is the case.
    #[prop(into)]
    title: Text,
    /// What to do, or what will happen.
    #[prop(into)]
    text: Text,
    /// A picture.
    glyph: Glyph,
) -> impl IntoView {
    view! { class="p",
        <div class="empty-state" part="empty">
            <span class="empty-state-icon" part="empty-icon">
                <Icon glyph />
            </span>
            <p class="empty-state-title" part="empty-title">{move || title.get()}</p>
            <p class="empty-state-text" part="empty-text">{move || text.get()}</p>
        </div>
    }
}
