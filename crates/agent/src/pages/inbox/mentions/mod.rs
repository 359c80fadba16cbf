//! The notes that mention the agent, newest first. One opens the conversation it is in; then it is
//! seen. The keys are those of the other list.

use client_core::view::MentionsView;
use leptos::either::Either;
use leptos::prelude::*;
use protocol::agent::Mention;
use protocol::ids::MessageId;
use ui::bridge::use_mirror;
use ui::i18n::{Key, author_name, t, use_catalogue};
use ui::kit::{Avatar, EmptyState, Glyph, Icon};

use super::list::Cursor;
use super::place::use_place;
use crate::contacts::contact_name;
use crate::routes;

/// The attribute that names rows: several may lead to one conversation.
const NOTE: &str = "data-note";

/// The area.
#[component]
pub(super) fn MentionList() -> impl IntoView {
    let mentions = use_mirror().mentions;
    let order = Memo::new(move |_| {
        let ids = |view: &MentionsView| {
            let ids = view.mentions.iter().map(|mention| mention.note.clone());
            ids.collect::<Vec<_>>()
        };
        mentions.with(ids)
    });
    let names = Memo::new(move |_| {
        order.with(|order| order.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    let cursor = Cursor::new(names, NOTE);
    let body = move || {
        if order.with(Vec::is_empty) {
            Either::Left(view! {
                <EmptyState
                    title=Key::AGENT_MENTIONS_EMPTY_TITLE
                    text=Key::AGENT_MENTIONS_EMPTY_TEXT
                    glyph=Glyph::MENTION
                />
            })
        } else {
            Either::Right(view! { class="p",
                <ul class="list-rows" role="list">
                    <For each=move || order.get() key=MessageId::clone let:note>
                        <li>
                            <Row note cursor />
                        </li>
                    </For>
                </ul>
            })
        }
    };
    view! { class="p",
        <section class="list" id="conversations" tabindex="-1" aria-labelledby="mentions-title">
            <h2 class="list-title" id="mentions-title">
                {move || t(Key::AGENT_VIEWS_MENTIONS)}
            </h2>
            <div
                class="list-panel mention-list"
                on:keydown=move |event| cursor.take_key(&event)
            >
                {body}
            </div>
        </section>
    }
}

/// A mention: who, when, where, and how the note begins.
#[component]
fn Row(note: MessageId, cursor: Cursor) -> impl IntoView {
    let (mirror, catalogue, place) = (use_mirror(), use_catalogue(), use_place());
    let mention = Memo::new(move |_| {
        let find = |view: &MentionsView| {
            let mut all = view.mentions.iter();
            all.find(|mention| mention.note == note).cloned()
        };
        mirror.mentions.with(find)
    });
    let show = move |mention: Mention| {
        let author = catalogue.with(|texts| author_name(texts, &mention.author));
        let id = mention.author.agent.as_ref().map(ToString::to_string);
        let contact = mention.contact.clone();
        let whose = author.clone();
        let origin = move || {
            catalogue.with(|texts| {
                let name = contact_name(texts, &contact);
                let words = [("author", whose.as_str()), ("name", name.as_str())];
                texts.text_with(Key::AGENT_MENTIONS_FROM, &words)
            })
        };
        let at = mention.posted_at;
        let when = move || {
            let now = place.time.get().max(at);
            catalogue.with(|texts| texts.relative(at, now))
        };
        let conversation = mention.conversation.clone();
        let is_open = move || place.selected.get().as_ref() == Some(&conversation);
        let is_new = !mention.seen;
        let at_row = mention.note.to_string();
        let touched = at_row.clone();
        view! { class="p",
            <a
                class="list-row mention-row"
                href=routes::href(&routes::mention_path(Some(&mention.conversation)))
                data-conversation=mention.conversation.to_string()
                data-note=mention.note.to_string()
                data-unread=is_new.then_some("")
                aria-current=move || is_open().then_some("true")
                tabindex=move || if cursor.is_at(&at_row) { "0" } else { "-1" }
                on:focus=move |_| cursor.touch(&touched)
            >
                <Avatar name=author id=id.unwrap_or_default() />
                <span class="list-row-body">
                    <span class="list-row-line">
                        <span class="list-row-name">
                            <bdi>{origin}</bdi>
                        </span>
                        <time
                            class="list-row-time"
                            datetime=at.to_string()
                            title=move || catalogue.with(|texts| texts.moment(at))
                        >
                            {when}
                        </time>
                    </span>
                    <span class="list-row-line">
                        <span class="list-row-preview">
                            <Icon glyph=Glyph::LOCK />
                            <bdi class="list-row-words">{mention.text}</bdi>
                        </span>
                        {is_new
                            .then(|| {
                                view! { class="p",
                                    <span class="list-row-new">
                                        {move || t(Key::AGENT_MENTIONS_NEW)}
                                    </span>
                                }
                            })}
                    </span>
                </span>
            </a>
        }
    };
    move || mention.get().map(show)
}
