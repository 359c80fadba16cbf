//! The information panel, its first section: who writes, from where, who takes part.
//!
//! It shows what is known and nothing else; what is unknown has no line.

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::conversation::{ConversationStatus, ParticipantRole};
use ui::bridge::use_mirror;
use ui::i18n::{Catalogue, Key, t, use_catalogue};
use ui::kit::{Avatar, Glyph, IconButton, Size};

use super::place::use_place;
use crate::browser::names::language_name;
use crate::contacts::{contact_name, country_of};

/// The panel.
#[component]
pub(super) fn InformationPanel() -> impl IntoView {
    let place = use_place();
    view! { class="p",
        <aside class="information" aria-label=move || t(Key::AGENT_INFO_LABEL)>
            <header class="information-head">
                <h2 class="information-title">{move || t(Key::AGENT_INFO_LABEL)}</h2>
                <IconButton
                    label=Key::COMMON_ACTION_CLOSE
                    glyph=Glyph::CLOSE
                    on_press=move || place.toggle_information()
                />
            </header>
            <div class="information-body">
                <Contact />
                <Conversation />
                <Participants />
            </div>
        </aside>
    }
}

#[component]
fn Contact() -> impl IntoView {
    let lines = facts(|texts, row| {
        let contact = &row.summary.contact;
        let named = |tag: &String| language_name(texts.tag(), tag);
        let browser = contact.language.as_ref().map(named);
        let widget = contact.widget_language.as_ref().map(named);
        let language = match (browser, widget) {
            (Some(browser), Some(widget)) => Some(texts.text_with(
                Key::AGENT_INFO_LANGUAGE_WITH_WIDGET,
                &[("browser", &browser), ("widget", &widget)],
            )),
            (browser, widget) => browser.or(widget),
        };
        vec![
            (Key::AGENT_INFO_NAME, Some(contact_name(texts, contact))),
            (Key::AGENT_INFO_LANGUAGE, language),
            (Key::AGENT_INFO_COUNTRY, country_of(texts, contact)),
        ]
    });
    view! { <Section title=Key::AGENT_INFO_CONTACT lines /> }
}

#[component]
fn Conversation() -> impl IntoView {
    let roster = use_mirror().roster;
    let lines = facts(move |texts, row| {
        let summary = &row.summary;
        let channel = roster.with(|roster| {
            let mut groups = roster.groups.iter();
            let group = groups.find(|group| group.channel.id == summary.channel)?;
            Some(group.channel.name.clone())
        });
        let status = status_word(summary.status).map(|key| texts.text(key));
        vec![
            (Key::AGENT_INFO_CHANNEL, channel),
            (Key::AGENT_INFO_STATUS, status),
            (
                Key::AGENT_INFO_STARTED,
                Some(texts.moment(summary.started_at)),
            ),
            (
                Key::AGENT_INFO_LAST_ACTIVITY,
                Some(texts.moment(summary.last_activity_at)),
            ),
        ]
    });
    view! { <Section title=Key::AGENT_INFO_CONVERSATION lines /> }
}

#[component]
fn Participants() -> impl IntoView {
    let place = use_place();
    let people = Memo::new(move |_| {
        place.row.with(|row| {
            let row = row.as_ref();
            row.map(|row| row.summary.participants.clone())
                .unwrap_or_default()
        })
    });
    let list = move || {
        let people = people.get().into_iter().map(|participant| {
            let role = role_word(participant.role);
            view! { class="p",
                <li class="information-person">
                    <Avatar
                        name=participant.agent.name.clone()
                        id=participant.agent.id.to_string()
                        size=Size::Small
                    />
                    <span class="information-person-name">
                        <bdi>{participant.agent.name}</bdi>
                    </span>
                    <span class="information-person-role">{role.map(t)}</span>
                </li>
            }
        });
        people.collect_view()
    };
    view! { class="p",
        <section class="information-section">
            <h3 class="information-heading">{move || t(Key::AGENT_INFO_AGENTS)}</h3>
            <Show
                when=move || !people.with(Vec::is_empty)
                fallback=|| view! { class="p",
                    <p class="information-none">{move || t(Key::AGENT_INFO_NOBODY)}</p>
                }
            >
                <ul class="information-people" role="list">{list}</ul>
            </Show>
        </section>
    }
}

type Facts = Vec<(Key, Option<String>)>;

/// What can be said about the open conversation, in the reader's language.
fn facts(read: impl Fn(&Catalogue, &RosterRow) -> Facts + Send + Sync + 'static) -> Signal<Facts> {
    let (place, catalogue) = (use_place(), use_catalogue());
    Signal::derive(move || {
        place.row.with(|row| {
            let row = row.as_ref();
            let read = |row| catalogue.with(|texts| read(texts, row));
            row.map(read).unwrap_or_default()
        })
    })
}

/// A heading and lines of name and value. Lines without a value are left out.
#[component]
fn Section(title: Key, lines: Signal<Facts>) -> impl IntoView {
    let rows = move || {
        let known = lines.get().into_iter().filter_map(|(name, value)| {
            let value = value?;
            Some(view! { class="p",
                <div class="information-fact">
                    <dt>{t(name)}</dt>
                    <dd><bdi>{value}</bdi></dd>
                </div>
            })
        });
        known.collect_view()
    };
    view! { class="p",
        <section class="information-section">
            <h3 class="information-heading">{move || t(title)}</h3>
            <dl class="information-facts">{rows}</dl>
        </section>
    }
}

fn status_word(status: ConversationStatus) -> Option<Key> {
    Some(match status {
        ConversationStatus::Open => Key::AGENT_STATUS_OPEN,
        ConversationStatus::Pending => Key::AGENT_STATUS_PENDING,
        ConversationStatus::Snoozed => Key::AGENT_STATUS_SNOOZED,
        ConversationStatus::Resolved => Key::AGENT_STATUS_RESOLVED,
        ConversationStatus::Unknown => return None,
    })
}

fn role_word(role: ParticipantRole) -> Option<Key> {
    Some(match role {
        ParticipantRole::Owner => Key::AGENT_ROLE_OWNER,
        ParticipantRole::Member => Key::AGENT_ROLE_MEMBER,
        ParticipantRole::Reader => Key::AGENT_ROLE_READER,
        ParticipantRole::Unknown => return None,
    })
}
