//! Text for those who listen: on no screen, but in the accessibility tree.

use leptos::prelude::*;

use super::Text;
use crate::dom::El;

/// Text that is only heard.
#[component]
pub fn VisuallyHidden(
    /// The text.
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    visually_hidden(text).view()
}

pub(crate) fn visually_hidden(text: Text) -> El {
    El::new("span|class=visually-hidden").live_text(text)
}
