//! Something is on its way.

use leptos::prelude::*;

use super::{Text, visually_hidden};
use crate::dom::El;

/// A turning ring with a text that says what is awaited.
#[component]
pub fn Spinner(
    /// What is awaited.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    spinner(label).view()
}

pub(crate) fn spinner(label: Text) -> El {
    El::new("span|class=spinner|part=spinner")
        .child(&El::new("span|class=spinner-ring|aria-hidden=true"))
        .child(&visually_hidden(label))
}
