//! The list of conversations: three tabs, rows under the channel they began in; above them those in
//! which help is wanted (mission P6).
//!
//! One tab stop: the arrow keys, J and K move between rows, Enter opens. Rows are keyed by
//! conversation; what they show changes inside them, so nothing jumps that did not move.
//! Each is an element before it is a part of the list: that is compiled once.

mod cursor;
mod empty;
mod help;
mod row;
#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;
mod tab_bar;
mod tabs;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use client_core::Intent;
use client_core::view::{RosterGroup, RosterHeading, RosterPhase, RosterRow};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use protocol::ids::ConversationId;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Rows as Children, watch};
use ui::i18n::{Key, t};
use ui::kit::{Button, Glyph, Spinner, Variant, icon};

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
    keep_focus(groups, cursor);
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

/// The headings, each with its conversations.
#[component]
fn Groups(groups: Memo<Vec<RosterGroup>>, cursor: Cursor) -> impl IntoView {
    let rows: Rows = Memo::new(move |_| {
        groups.with(|groups| {
            let rows = groups.iter().flat_map(|group| &group.rows);
            rows.map(|row| (row.summary.id.clone(), row.clone()))
                .collect()
        })
    });
    let headings = Memo::new(move |_| {
        groups.with(|groups| {
            let headings = groups.iter().map(|group| group.heading.clone());
            headings.collect::<Vec<_>>()
        })
    });
    let place = El::new("div");
    let mut shown = Children::new(&place, None);
    watch(move || {
        let headings = headings.get();
        let keys = headings.iter().map(|heading| match heading {
            RosterHeading::Help => "help".to_owned(),
            RosterHeading::Channel(channel) => format!("{}/{}", channel.id, channel.name),
        });
        shown.show(keys.collect(), &mut |at| {
            let (heading, own) = (&headings[at], headings[at].clone());
            let order = Memo::new(move |_| {
                groups.with(|groups| {
                    let group = groups.iter().find(|group| group.heading == own);
                    let ids = |group: &RosterGroup| {
                        let rows = group.rows.iter();
                        rows.map(|row| row.summary.id.clone()).collect()
                    };
                    group.map(ids).unwrap_or_default()
                })
            });
            group(heading, order, rows, cursor)
        });
    });
    place.view()
}

/// A heading and the conversations under it.
fn group(
    heading: &RosterHeading,
    order: Memo<Vec<ConversationId>>,
    rows: Rows,
    cursor: Cursor,
) -> El {
    let title = El::new("h3|class=list-heading");
    let named_by = match heading {
        RosterHeading::Help => {
            let words = El::new("span").live_text(Key::AGENT_LIVE_LOOKING_FOR_HELP.into());
            title.set("data-help", Some(""));
            title.append(&icon(Glyph::ALERT));
            title.append(&words);
            "help-wanted".to_owned()
        }
        RosterHeading::Channel(channel) => {
            let name = El::new("bdi");
            name.say(&channel.name);
            title.append(&name);
            format!("channel-{}", channel.id)
        }
    };
    title.set("id", Some(&named_by));
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
    let section = El::new("section|class=list-channel|role=group")
        .child(&title)
        .child(&list);
    section.set("aria-labelledby", Some(&named_by));
    section
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

/// A row under another heading is another element. Where it had the focus, it gets it back.
fn keep_focus(groups: Memo<Vec<RosterGroup>>, cursor: Cursor) {
    Effect::new(move |before: Option<Option<(String, RosterHeading)>>| {
        let now = cursor.touched().and_then(|id| {
            groups.with(|groups| {
                let is_it = |row: &RosterRow| row.summary.id.as_str() == id;
                let group = groups.iter().find(|group| group.rows.iter().any(is_it))?;
                Some((id, group.heading.clone()))
            })
        });
        if let (Some((id, heading)), Some((was_at, was_under))) = (&now, before.flatten())
            && *id == was_at
            && *heading != was_under
        {
            // The row is not there before the screen was drawn again.
            request_animation_frame(move || cursor::go_on(&was_at));
        }
        now
    });
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
