//! The views: which conversations one looks at.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::bridge::use_mirror;
use ui::dom::{El, Placed, Rows, watch};
use ui::i18n::{Key, Plural, t, use_catalogue};
use ui::kit::{Glyph, badge, icon};

use super::account::Account;
use super::my_state::MyState;
use crate::routes;

/// The navigation.
#[component]
pub(crate) fn Views() -> impl IntoView {
    view! { class="p",
        <nav class="views" aria-label=move || t(Key::AGENT_VIEWS_LABEL)>
            <p class="views-brand">{move || t(Key::AGENT_APP_NAME)}</p>
            {items()}
            <MyState />
            <Account />
        </nav>
    }
}

/// A view: where it leads, what it is called, and how much in it is new.
struct Item {
    path: &'static str,
    name: Key,
    glyph: Glyph,
    news: Plural,
    count: Memo<u32>,
    is_here: Memo<bool>,
}

/// All views; the mentions only where the server keeps notes.
fn items() -> Placed {
    let mirror = use_mirror();
    let pathname = use_location().pathname;
    let in_mentions = Memo::new(move |_| routes::is_mentions(&pathname.get()));
    let all = Item {
        path: routes::INBOX,
        name: Key::AGENT_VIEWS_ALL,
        glyph: Glyph::INBOX,
        news: Plural::AGENT_LIST_UNREAD,
        count: Memo::new(move |_| mirror.roster.with(|roster| roster.unread)),
        is_here: Memo::new(move |_| !in_mentions.get()),
    };
    let mentions = Item {
        path: routes::MENTIONS,
        name: Key::AGENT_VIEWS_MENTIONS,
        glyph: Glyph::MENTION,
        news: Plural::AGENT_MENTIONS_UNSEEN,
        count: Memo::new(move |_| mirror.mentions.with(|mentions| mentions.unseen)),
        is_here: in_mentions,
    };
    let second = item(&mentions);
    let offered = Memo::new(move |_| mirror.mentions.with(|mentions| mentions.offered));
    let shown = second.clone();
    watch(move || shown.hide(!offered.get()));
    El::new("ul|class=views-list|role=list")
        .child(&item(&all))
        .child(&second)
        .view()
}

fn item(item: &Item) -> El {
    let link = El::new("a|class=views-item");
    link.set("href", Some(&routes::href(item.path)));
    let (here, is_here) = (link.clone(), item.is_here);
    watch(move || here.set("aria-current", is_here.get().then_some("page")));
    let link = link
        .child(&icon(item.glyph))
        .child(&El::new("span|class=views-text").live_text(item.name.into()));
    let (mut news, texts) = (Rows::new(&link, None), use_catalogue());
    let (count, words) = (item.count, item.news);
    watch(move || {
        let is_some = (count.get() > 0).then_some("news");
        news.show_one(is_some, || {
            let number = move || texts.with(|texts| texts.number(count.get()));
            let label = move || texts.with(|texts| texts.count(words, count.get()));
            badge(number.into(), label.into(), "accent")
        });
    });
    El::new("li").child(&link)
}
