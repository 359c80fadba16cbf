//! The panel's head: what this is, who answers, in which language, and the way out.

use leptos::prelude::{
    ClassAttribute, ElementChild, GlobalAttributes, IntoView, With, WithValue, component, view,
};
use ui::bridge::use_mirror;
use ui::i18n::{Catalogue, Key, LANGUAGES, t, use_catalogue};
use ui::kit::{Glyph, IconButton, Select, SelectOption};

use crate::app::StoredHost;

/// The head. Its heading names the dialog around it.
#[component]
pub(crate) fn Header(
    /// The loader.
    host: StoredHost,
) -> impl IntoView {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    let answering = move || {
        head.with(|head| {
            let names: Vec<&str> = head
                .agents
                .iter()
                .map(|agent| agent.name.as_str())
                .collect();
            let is_waiting = head.conversation.is_some();
            catalogue.with(|catalogue| sentence(catalogue, &names, is_waiting))
        })
    };
    let options = LANGUAGES.iter().map(|(tag, name)| SelectOption {
        value: (*tag).to_owned(),
        text: (*name).to_owned(),
    });
    view! { class="p",
        <div class="header" part="header">
            <div class="header-names">
                // The loader's box names itself after this id.
                <h2 class="header-title" part="title" id="title">{move || t(Key::WIDGET_PANEL_TITLE)}</h2>
                <p class="header-agents" part="agents" dir="auto">{answering}</p>
            </div>
            <Select
                label=Key::COMMON_LANGUAGE_LABEL
                options=options.collect()
                value=move || catalogue.with(|catalogue| catalogue.tag().to_owned())
                on_choose=move |tag: String| host.with_value(|host| host.ask_for(&tag))
                glyph=Glyph::GLOBE
                part="language"
            />
            <IconButton
                label=Key::WIDGET_LAUNCHER_CLOSE
                glyph=Glyph::CLOSE
                on_press=move || host.with_value(crate::host::Host::close)
                part="close"
            />
        </div>
    }
}

/// Who answers, or that somebody will.
fn sentence(catalogue: &Catalogue, names: &[&str], is_waiting: bool) -> String {
    if !names.is_empty() {
        catalogue.text_with(Key::WIDGET_HEADER_WITH, &[("name", &names.join(", "))])
    } else if is_waiting {
        catalogue.text(Key::WIDGET_HEADER_WAITING)
    } else {
        String::new()
    }
}
