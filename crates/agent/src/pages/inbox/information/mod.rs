//! The information panel: who writes, what they told the chatbot, from where, who takes part.
//!
//! It shows what is known and nothing else; what is unknown has no line.

#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::agent::GivenAnswer;
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
                <Answers />
                <Origin />
                <Conversation />
                <Participants />
            </div>
        </aside>
    }
}

#[component]
fn Contact() -> impl IntoView {
    let lines = facts(|texts, row| {
        let name = contact_name(texts, &row.summary.contact);
        vec![(Key::AGENT_INFO_NAME, Some(name))]
    });
    view! { <Section title=Key::AGENT_INFO_CONTACT lines /> }
}

/// Questions with their answers, in order; those from before a restart are folded away.
#[component]
fn Answers() -> impl IntoView {
    let answers = use_mirror().answers;
    let latest = Signal::derive(move || answers.with(|view| lines_of(&view.latest)));
    let earlier = Signal::derive(move || answers.with(|view| lines_of(&view.earlier)));
    view! { class="p",
        <Section title=Key::AGENT_INFO_ANSWERS lines=latest>
            <details
                class="information-earlier"
                hidden=move || earlier.with(Vec::is_empty)
            >
                <summary>{move || t(Key::AGENT_INFO_ANSWERS_EARLIER)}</summary>
                <LineList lines=earlier />
            </details>
        </Section>
    }
}

fn lines_of(answers: &[GivenAnswer]) -> Lines {
    let lines = answers.iter();
    lines
        .map(|given| (given.question.clone(), given.answer.clone()))
        .collect()
}

#[component]
fn Origin() -> impl IntoView {
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
            (Key::AGENT_INFO_COUNTRY, country_of(texts, contact)),
            (Key::AGENT_INFO_LANGUAGE, language),
        ]
    });
    view! { <Section title=Key::AGENT_INFO_ORIGIN lines /> }
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

/// Names and values.
type Lines = Vec<(String, String)>;

/// What can be said about the open conversation, in the reader's language. What is unknown has
/// no line.
fn facts(
    read: impl Fn(&Catalogue, &RosterRow) -> Vec<(Key, Option<String>)> + Send + Sync + 'static,
) -> Signal<Lines> {
    let (place, catalogue) = (use_place(), use_catalogue());
    Signal::derive(move || {
        place.row.with(|row| {
            let Some(row) = row else {
                return Lines::new();
            };
            catalogue.with(|texts| {
                let known = read(texts, row).into_iter();
                known
                    .filter_map(|(name, value)| Some((texts.text(name), value?)))
                    .collect()
            })
        })
    })
}

/// A heading and its lines; nothing while there are none.
#[component]
fn Section(
    title: Key,
    lines: Signal<Lines>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! { class="p",
        <section class="information-section" hidden=move || lines.with(Vec::is_empty)>
            <h3 class="information-heading">{move || t(title)}</h3>
            <LineList lines />
            {children.map(|children| children())}
        </section>
    }
}

#[component]
fn LineList(lines: Signal<Lines>) -> impl IntoView {
    let rows = move || {
        let rows = lines.get().into_iter().map(|(name, value)| {
            view! { class="p",
                <div class="information-fact">
                    <dt>
                        <bdi>{name}</bdi>
                    </dt>
                    <dd>
                        <bdi>{value}</bdi>
                    </dd>
                </div>
            }
        });
        rows.collect_view()
    };
    view! { class="p", <dl class="information-facts">{rows}</dl> }
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
