//! The list of conversations: three tabs, rows under the channel they began in.
//!
//! One tab stop: the arrow keys, J and K move between rows, Enter opens. Rows are keyed by
//! conversation; what they show changes inside them, so nothing jumps that did not move.
//! Each is an element before it is a part of the list: that is compiled once.

mod cursor;
mod empty;
mod row;
#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;
mod tab_bar;
mod tabs;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use client_core::Intent;
use client_core::view::{RosterGroup, RosterPhase, RosterRow};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use protocol::ids::ConversationId;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Rows as Children, watch};
use ui::i18n::{Key, t};
use ui::kit::{Button, Spinner, Variant};

use super::place::use_place;
use crate::browser::preferences::Choice;
pub(super) use cursor::{Cursor, focus_row, is_typing};
use empty::EmptyList;
use row::Row;
use tab_bar::TabBar;
use tabs::Tab;

const PANEL: &str = "conversation-list";

/// Rows by conversation.
type Rows = Memo<BTreeMap<ConversationId, RosterRow>>;

/// The area.
#[component]
pub(super) fn ConversationList() -> impl IntoView {
    let roster = use_mirror().roster;
    let tab = remembered_tab();
    let groups = Memo::new(move |_| roster.with(|roster| tab.get().groups(roster)));
    let order = Memo::new(move |_| {
        groups.with(|groups| {
            let rows = groups.iter().flat_map(|group| &group.rows);
            rows.map(|row| row.summary.id.to_string())
                .collect::<Vec<_>>()
        })
    });
    let cursor = Cursor::new(order, cursor::CONVERSATION);
    // What kind of thing is shown changes rarely; rows redraw themselves.
    let kind = Memo::new(move |_| {
        let loading = roster.with(|roster| roster.phase == RosterPhase::Loading);
        (groups.with(Vec::is_empty), loading)
    });
    let body = move || match kind.get() {
        (true, true) => EitherOf3::A(view! { class="p",
            <div class="list-waiting">
                <Spinner label=Key::AGENT_LIST_LOADING />
            </div>
        }),
        (true, false) => EitherOf3::B(view! { <EmptyList tab /> }),
        (false, _) => EitherOf3::C(view! { <Groups groups cursor /> }),
    };
    view! { class="p",
        <section class="list" id="conversations" tabindex="-1" aria-labelledby="list-title">
            <h2 class="list-title" id="list-title">{move || t(Key::AGENT_LIST_LABEL)}</h2>
            <TabBar tab panel=PANEL />
            <div
                class="list-panel"
                id=PANEL
                role="tabpanel"
                aria-labelledby=move || tab_bar::tab_id(tab.get())
                on:keydown=move |event| cursor.take_key(&event)
            >
                {body}
                <More />
            </div>
        </section>
    }
}

/// The channels, each with its conversations.
#[component]
fn Groups(groups: Memo<Vec<RosterGroup>>, cursor: Cursor) -> impl IntoView {
    let rows: Rows = Memo::new(move |_| {
        groups.with(|groups| {
            let rows = groups.iter().flat_map(|group| &group.rows);
            rows.map(|row| (row.summary.id.clone(), row.clone()))
                .collect()
        })
    });
    let channels = Memo::new(move |_| {
        groups.with(|groups| {
            groups
                .iter()
                .map(|group| group.channel.clone())
                .collect::<Vec<_>>()
        })
    });
    let place = El::new("div");
    let mut shown = Children::new(&place, None);
    watch(move || {
        let channels = channels.get();
        let keys = channels
            .iter()
            .map(|channel| format!("{}/{}", channel.id, channel.name));
        shown.show(keys.collect(), &mut |at| {
            let channel = &channels[at];
            let (id, name) = (channel.id.clone(), channel.name.clone());
            let own = id.clone();
            let order = Memo::new(move |_| {
                groups.with(|groups| {
                    let group = groups.iter().find(|group| group.channel.id == own);
                    let ids = |group: &RosterGroup| {
                        let rows = group.rows.iter();
                        rows.map(|row| row.summary.id.clone()).collect()
                    };
                    group.map(ids).unwrap_or_default()
                })
            });
            El::of_view(view! { <Channel id=id.to_string() name order rows cursor /> })
        });
    });
    place.view()
}

#[component]
fn Channel(
    id: String,
    name: String,
    order: Memo<Vec<ConversationId>>,
    rows: Rows,
    cursor: Cursor,
) -> impl IntoView {
    let heading = format!("channel-{id}");
    let named_by = heading.clone();
    let list = El::new("ul|class=list-rows|role=list");
    let mut shown = Children::new(&list, None);
    watch(move || {
        let ids = order.get();
        let keys = ids.iter().map(ToString::to_string);
        shown.show(keys.collect(), &mut |at| {
            let id = ids[at].clone();
            El::new("li").child(&El::of_view(view! { <Row id rows cursor /> }))
        });
    });
    view! { class="p",
        <section class="list-channel" aria-labelledby=named_by role="group">
            <h3 class="list-heading" id=heading>
                <bdi>{name}</bdi>
            </h3>
            {list.view()}
        </section>
    }
}

/// The rest of the list, on request.
#[component]
fn More() -> impl IntoView {
    let (roster, handle) = (use_mirror().roster, use_handle());
    view! { class="p",
        <Show when=move || roster.with(|roster| roster.has_more)>
            <div class="list-more">
                <Button
                    label=Key::AGENT_LIST_SHOW_MORE
                    on_press=move || handle.dispatch(Intent::LoadMoreConversations)
                    variant=Variant::Quiet
                />
            </div>
        </Show>
    }
}

/// The tab, as it was left. It goes along when the open conversation leaves it.
fn remembered_tab() -> RwSignal<Tab> {
    let word = Choice::Tab.read();
    let tab = RwSignal::new(word.map(|word| Tab::read(&word)).unwrap_or_default());
    let place = use_place();
    Effect::new(move |before: Option<Option<RosterRow>>| {
        let after = place.row.get();
        let followed = tab
            .get_untracked()
            .follow(before.flatten().as_ref(), after.as_ref());
        if followed != tab.get_untracked() {
            tab.set(followed);
        }
        after
    });
    Effect::new(move || Choice::Tab.write(tab.get().as_str()));
    tab
}
