//! The views: which conversations one looks at. For now there is one; the others come here.

use leptos::prelude::*;
use ui::bridge::use_mirror;
use ui::i18n::{Key, t, t_count, use_catalogue};
use ui::kit::{Badge, Glyph, Icon};

use super::account::Account;
use super::my_state::MyState;
use crate::routes;

/// The navigation.
#[component]
pub(crate) fn Views() -> impl IntoView {
    let (mirror, catalogue) = (use_mirror(), use_catalogue());
    let unread = move || mirror.roster.with(|roster| roster.unread);
    view! { class="p",
        <nav class="views" aria-label=move || t(Key::AGENT_VIEWS_LABEL)>
            <p class="views-brand">{move || t(Key::AGENT_APP_NAME)}</p>
            <ul class="views-list" role="list">
                <li>
                    <a class="views-item" href=routes::href(routes::INBOX) aria-current="page">
                        <Icon glyph=Glyph::INBOX />
                        <span class="views-text">{move || t(Key::AGENT_VIEWS_ALL)}</span>
                        <Show when=move || { unread() > 0 }>
                            <Badge
                                text=move || catalogue.with(|texts| texts.number(unread()))
                                label=move || t_count(ui::i18n::Plural::AGENT_LIST_UNREAD, unread())
                            />
                        </Show>
                    </a>
                </li>
            </ul>
            <MyState />
            <Account />
        </nav>
    }
}
