//! The views: which conversations one looks at.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::bridge::use_mirror;
use ui::i18n::{Key, Plural, t, t_count, use_catalogue};
use ui::kit::{Badge, Glyph, Icon};

use super::account::Account;
use super::my_state::MyState;
use crate::routes;

/// The navigation.
#[component]
pub(crate) fn Views() -> impl IntoView {
    let (mirror, catalogue) = (use_mirror(), use_catalogue());
    let unread = Memo::new(move |_| mirror.roster.with(|roster| roster.unread));
    let unseen = Memo::new(move |_| mirror.mentions.with(|mentions| mentions.unseen));
    let has_mentions = Memo::new(move |_| mirror.mentions.with(|mentions| mentions.offered));
    let pathname = use_location().pathname;
    let in_mentions = Memo::new(move |_| routes::is_mentions(&pathname.get()));
    view! { class="p",
        <nav class="views" aria-label=move || t(Key::AGENT_VIEWS_LABEL)>
            <p class="views-brand">{move || t(Key::AGENT_APP_NAME)}</p>
            <ul class="views-list" role="list">
                <li>
                    <a
                        class="views-item"
                        href=routes::href(routes::INBOX)
                        aria-current=move || (!in_mentions.get()).then_some("page")
                    >
                        <Icon glyph=Glyph::INBOX />
                        <span class="views-text">{move || t(Key::AGENT_VIEWS_ALL)}</span>
                        <Show when=move || { unread.get() > 0 }>
                            <Badge
                                text=move || catalogue.with(|texts| texts.number(unread.get()))
                                label=move || t_count(Plural::AGENT_LIST_UNREAD, unread.get())
                            />
                        </Show>
                    </a>
                </li>
                <Show when=move || has_mentions.get()>
                    <li>
                        <a
                            class="views-item"
                            href=routes::href(routes::MENTIONS)
                            aria-current=move || in_mentions.get().then_some("page")
                        >
                            <Icon glyph=Glyph::MENTION />
                            <span class="views-text">{move || t(Key::AGENT_VIEWS_MENTIONS)}</span>
                            <Show when=move || { unseen.get() > 0 }>
                                <Badge
                                    text=move || catalogue.with(|texts| texts.number(unseen.get()))
                                    label=move || t_count(Plural::AGENT_MENTIONS_UNSEEN, unseen.get())
                                />
                            </Show>
                        </a>
                    </li>
                </Show>
            </ul>
            <MyState />
            <Account />
        </nav>
    }
}
