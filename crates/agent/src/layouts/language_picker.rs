//! The language picker of the sign-in page and the account menu.

use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::i18n::{Key, LANGUAGES, t, use_catalogue};
use ui::kit::{Glyph, Select, SelectOption};

use crate::boot::switch_language;

/// Chooses the language of the app; remembered in this browser.
#[component]
pub(crate) fn LanguagePicker() -> impl IntoView {
    let current = use_catalogue();
    // What the list shows: ahead of the catalogue while that is on its way.
    let shown = RwSignal::new(current.get_untracked().tag().to_owned());
    let choose = move |tag: String| {
        shown.set(tag.clone());
        spawn_local(async move {
            if !switch_language(current, &tag).await {
                shown.set(current.get_untracked().tag().to_owned());
            }
        });
    };
    let options = LANGUAGES
        .iter()
        .map(|(tag, name)| SelectOption {
            value: (*tag).to_owned(),
            text: (*name).to_owned(),
        })
        .collect();
    view! { class="p",
        <Select
            label=move || t(Key::COMMON_LANGUAGE_LABEL)
            options
            value=move || shown.get()
            on_choose=choose
            glyph=Glyph::GLOBE
        />
    }
}
