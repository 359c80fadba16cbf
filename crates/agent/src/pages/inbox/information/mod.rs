//! The information panel: who writes, what they told the chatbot, from where, who takes part.
//!
//! It shows what is known and nothing else; what is unknown has no line. Its elements are built
//! by functions: beside a `view!` of its own for every section they are a small download.

mod expertise;
mod files;
mod history;
mod notes;
#[cfg(all(test, target_arch = "wasm32"))]
mod notes_tests;
mod outcome;
#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;
mod section;

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::agent::GivenAnswer;
use protocol::conversation::{ConversationStatus, LiveStatus, Participant, ParticipantRole};
use ui::bridge::use_mirror;
use ui::dom::{El, Rows, watch};
use ui::i18n::{Catalogue, Key, use_catalogue};
use ui::kit::{Glyph, Size, avatar, icon_button};

use self::outcome::outcome_told;
use self::section::{Lines, headed, line_list, section};
use super::place::use_place;
use crate::browser::names::language_name;
use crate::contacts::{contact_name, country_of};

/// The panel. It is code of the second module, as all below.
#[inline(never)]
pub(super) fn information() -> El {
    let place = use_place();
    let close = icon_button(Key::COMMON_ACTION_CLOSE.into(), Glyph::CLOSE, "icon-button");
    let title = El::new("h2|class=information-title").live_text(Key::AGENT_INFO_LABEL.into());
    let head = El::new("header|class=information-head")
        .child(&title)
        .child(&close.on("click", move |_| place.toggle_information()));
    let body = El::new("div|class=information-body")
        .child(&contact())
        .child(&notes::notes())
        .child(&answers())
        .child(&expertise::expertise())
        .child(&origin())
        .child(&files::files())
        .child(&conversation())
        .child(&participants());
    El::new("aside|class=information")
        .live("aria-label", Key::AGENT_INFO_LABEL.into())
        .child(&head)
        .child(&body)
}

fn contact() -> El {
    let lines = facts(|texts, row| {
        let name = contact_name(texts, &row.summary.contact);
        vec![(Key::AGENT_INFO_NAME, Some(name))]
    });
    section(Key::AGENT_INFO_CONTACT, lines)
}

/// Questions with their answers, in order; those from before a restart are folded away.
fn answers() -> El {
    let panel = use_mirror().information;
    let latest = Signal::derive(move || panel.with(|view| lines_of(&view.answers.latest)));
    let earlier = Signal::derive(move || panel.with(|view| lines_of(&view.answers.earlier)));
    let summary = El::new("summary").live_text(Key::AGENT_INFO_ANSWERS_EARLIER.into());
    let fold = El::new("details|class=information-earlier")
        .child(&summary)
        .child(&line_list(earlier));
    let section = section(Key::AGENT_INFO_ANSWERS, latest).child(&fold);
    watch(move || fold.hide(earlier.with(Vec::is_empty)));
    section
}

fn lines_of(answers: &[GivenAnswer]) -> Lines {
    let lines = answers.iter();
    lines
        .map(|given| (given.question.clone(), given.answer.clone()))
        .collect()
}

fn origin() -> El {
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
    section(Key::AGENT_INFO_ORIGIN, lines)
}

fn conversation() -> El {
    let (roster, information) = (use_mirror().roster, use_mirror().information);
    let lines = facts(move |texts, row| {
        let summary = &row.summary;
        let ended = information.with(|view| view.standing.as_ref()?.outcome);
        let outcome = ended.and_then(|ended| outcome_told(texts, ended));
        let channel = roster.with(|roster| roster.channel_of(summary).map(str::to_owned));
        let status = status_word(summary.status).map(|key| texts.text(key));
        let session = summary.live_status.and_then(live_word);
        let session = session.map(|key| texts.text(key));
        vec![
            (Key::AGENT_INFO_CHANNEL, channel),
            (Key::AGENT_INFO_STATUS, status),
            (Key::AGENT_INFO_SESSION, session),
            (Key::AGENT_INFO_OUTCOME, outcome),
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
    section(Key::AGENT_INFO_CONVERSATION, lines)
}

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

fn participants() -> El {
    let place = use_place();
    let list = El::new("ul|class=information-people|role=list");
    let nobody = El::new("p|class=information-none").live_text(Key::AGENT_INFO_NOBODY.into());
    let section = headed(Key::AGENT_INFO_AGENTS).child(&nobody).child(&list);
    let mut rows = Rows::new(&list, None);
    watch(move || {
        place.row.with(|row| {
            let people = row.as_ref().map(|row| &row.summary.participants);
            let people = people.map_or(&[] as &[_], Vec::as_slice);
            let keys = people
                .iter()
                .map(|one| [one.agent.id.as_str(), one.role.as_str()].join("/"));
            nobody.hide(!people.is_empty());
            list.hide(people.is_empty());
            rows.show(keys.collect(), &mut |at| person(&people[at]));
        });
    });
    section
}

fn person(participant: &Participant) -> El {
    let agent = &participant.agent;
    let name = El::new("bdi");
    name.say(&agent.name);
    let role = El::new("span|class=information-person-role");
    let role = match role_word(participant.role) {
        Some(word) => role.live_text(word.into()),
        None => role,
    };
    El::new("li|class=information-person")
        .child(&avatar(&agent.name, agent.id.as_str(), Size::Small))
        .child(&El::new("span|class=information-person-name").child(&name))
        .child(&role)
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

fn live_word(status: LiveStatus) -> Option<Key> {
    Some(match status {
        LiveStatus::InProgress => Key::AGENT_LIVE_IN_PROGRESS,
        LiveStatus::WaitingForCustomer => Key::AGENT_LIVE_WAITING_FOR_CUSTOMER,
        LiveStatus::LookingForHelp => Key::AGENT_LIVE_LOOKING_FOR_HELP,
        LiveStatus::Unknown => return None,
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
