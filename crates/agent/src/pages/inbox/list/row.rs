//! A conversation as a row: whose, the last words, when, what waits, who answers (mission C3).

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::conversation::{ConversationStatus, LiveStatus, Preview};
use protocol::ids::ConversationId;
use protocol::message::MessageKind;
use protocol::time::Timestamp;
use ui::bridge::use_mirror;
use ui::i18n::{
    Catalogue, Key, Plural, system_sentence, t, t_count, t_with, use_catalogue, with_attachment,
};
use ui::kit::{Avatar, Badge, Glyph, Icon, Size, VisuallyHidden};

use super::Rows;
use super::cursor::Cursor;
use super::help;
use crate::client::use_client;
use crate::contacts::contact_name;
use crate::pages::inbox::place::use_place;
use crate::routes;

/// From here on a day says more than a number of hours.
const LONG_AGO_MS: i64 = 24 * 3600 * 1000;

/// The row.
#[component]
pub(super) fn Row(
    /// Whose.
    id: ConversationId,
    /// Where its content is.
    rows: Rows,
    /// The keyboard.
    cursor: Cursor,
) -> impl IntoView {
    let catalogue = use_catalogue();
    let key = id.clone();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(&key).cloned()));
    let name = Memo::new(move |_| {
        let name =
            |row: &RosterRow| catalogue.with(|texts| contact_name(texts, &row.summary.contact));
        row.with(|row| row.as_ref().map(name).unwrap_or_default())
    });
    let contact = Memo::new(move |_| {
        let id = |row: &RosterRow| row.summary.contact.id.to_string();
        row.with(|row| row.as_ref().map(id).unwrap_or_default())
    });
    let is = move |test: fn(&RosterRow) -> bool| row.with(|row| row.as_ref().is_some_and(test));
    let status = move || {
        let status = row.with(|row| row.as_ref().map(|row| row.summary.status));
        status.unwrap_or(ConversationStatus::Unknown).as_str()
    };
    let live_status = move || {
        let status = row.with(|row| row.as_ref().and_then(|row| row.summary.live_status));
        status.map(LiveStatus::as_str)
    };
    let (text, at, touched) = (id.to_string(), id.to_string(), id.to_string());
    view! { class="p",
        <a
            class="list-row"
            href=routes::href(&routes::conversation_path(Some(&id)))
            data-conversation=text
            data-status=status
            data-live-status=live_status
            data-unread=move || is(|row| row.summary.unread > 0).then_some("")
            aria-current=move || is(|row| row.selected).then_some("true")
            tabindex=move || if cursor.is_at(&at) { "0" } else { "-1" }
            on:focus=move |_| cursor.touch(&touched)
        >
            {move || view! { <Avatar name=name.get() id=contact.get() /> }}
            <span class="list-row-body">
                <span class="list-row-line">
                    <span class="list-row-name">
                        <bdi>{move || name.get()}</bdi>
                    </span>
                    <Time row />
                </span>
                <span class="list-row-line">
                    <span class="list-row-preview">
                        <Show when=move || is(|row| row.has_draft)>
                            <span class="list-row-draft">{move || t(Key::AGENT_LIST_DRAFT)}</span>
                        </Show>
                        <LastWords row />
                    </span>
                    <Waiting row />
                    {help::awaiting_customer(row).view()}
                    <OwnerMark row />
                    <Show when=move || is(|row| row.is_new)>
                        <span class="list-row-new">{move || t(Key::AGENT_LIST_IS_NEW)}</span>
                    </Show>
                    <Unread row />
                </span>
                {help::call(row).view()}
            </span>
        </a>
    }
}

#[component]
fn Time(row: Memo<Option<RosterRow>>) -> impl IntoView {
    let (catalogue, place) = (use_catalogue(), use_place());
    let at = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.summary.last_activity_at))
            .unwrap_or_default()
    });
    let written = move || {
        let (at, now) = (at.get(), place.time.get());
        catalogue.with(|texts| ago(texts, at, now))
    };
    let full = move || catalogue.with(|texts| texts.moment(at.get()));
    view! { class="p",
        <time class="list-row-time" datetime=move || at.get().to_string() title=full>
            {written}
        </time>
    }
}

/// The beginning of the last message, or what happened last.
#[component]
fn LastWords(row: Memo<Option<RosterRow>>) -> impl IntoView {
    let catalogue = use_catalogue();
    let preview = Memo::new(move |_| {
        row.with(|row| row.as_ref().and_then(|row| row.summary.preview.clone()))
    });
    let glyph = move || preview.with(|preview| preview.as_ref().and_then(glyph_of));
    let is_automated = move || {
        preview.with(|preview| {
            let preview = preview.as_ref();
            preview.is_some_and(|preview| preview.kind == MessageKind::Automated)
        })
    };
    let words = move || {
        preview.with(|preview| {
            catalogue.with(|texts| match preview {
                Some(preview) => last_words(texts, preview),
                None => texts.text(Key::AGENT_LIST_NO_TEXT),
            })
        })
    };
    view! { class="p",
        {move || glyph().map(|glyph| view! { <Icon glyph /> })}
        {move || is_automated().then(|| view! { <VisuallyHidden text=Key::AGENT_LIST_AUTOMATED /> })}
        <bdi class="list-row-words">{words}</bdi>
    }
}

/// How long the visitor has waited for somebody.
#[component]
fn Waiting(row: Memo<Option<RosterRow>>) -> impl IntoView {
    let (catalogue, desk) = (use_catalogue(), use_mirror().desk);
    let offered = Memo::new(move |_| desk.with(|desk| desk.state.is_some()));
    let since = Memo::new(move |_| {
        let since = row.with(|row| row.as_ref().and_then(|row| row.summary.waiting_since));
        since.filter(|_| offered.get())
    });
    let time = Memo::new(move |_| {
        let since = since.get()?;
        let millis = desk.with(|desk| desk.time.since(since)).max(0);
        let seconds = u32::try_from(millis / 1000).unwrap_or(u32::MAX);
        Some(catalogue.with(|texts| texts.lasting(seconds)))
    });
    move || {
        let time = time.get()?;
        let label = t_with(Key::AGENT_LIST_WAITING, &[("time", time.as_str())]);
        Some(view! { class="p",
            <span class="list-row-waiting" role="img" aria-label=label.clone() title=label>
                <Icon glyph=Glyph::CLOCK />
                <span aria-hidden="true">{time}</span>
            </span>
        })
    }
}

/// Who answers.
#[component]
fn OwnerMark(row: Memo<Option<RosterRow>>) -> impl IntoView {
    let me = use_client().agent_id();
    let owner = Memo::new(move |_| {
        row.with(|row| row.as_ref().and_then(|row| row.summary.owner().cloned()))
    });
    move || {
        let owner = owner.get()?;
        let label = if owner.id == me {
            t(Key::AGENT_CHAT_OWNED_BY_ME)
        } else {
            t_with(Key::AGENT_CHAT_OWNED_BY, &[("name", owner.name.as_str())])
        };
        Some(view! { class="p",
            <span class="list-row-owner" role="img" aria-label=label.clone() title=label>
                <Avatar name=owner.name id=owner.id.to_string() size=Size::Small />
            </span>
        })
    }
}

#[component]
fn Unread(row: Memo<Option<RosterRow>>) -> impl IntoView {
    let catalogue = use_catalogue();
    let unread =
        Memo::new(move |_| row.with(|row| row.as_ref().map_or(0, |row| row.summary.unread)));
    view! {
        <Show when=move || { unread.get() > 0 }>
            <Badge
                text=move || catalogue.with(|texts| texts.number(unread.get()))
                label=move || t_count(Plural::AGENT_LIST_UNREAD, unread.get())
            />
        </Show>
    }
}

fn ago(texts: &Catalogue, at: Timestamp, now: Timestamp) -> String {
    // A device whose clock is behind the server's must not speak of the future.
    let now = now.max(at);
    if now.since(at) < LONG_AGO_MS {
        texts.relative(at, now)
    } else {
        texts.short(at, now)
    }
}

fn last_words(texts: &Catalogue, preview: &Preview) -> String {
    match &preview.event {
        Some(event) => {
            let name = event.agent.as_ref().map_or("", |agent| agent.name.as_str());
            texts.text_with(system_sentence(event.kind), &[("name", name)])
        }
        None if preview.deleted_at.is_some() => texts.text(Key::COMMON_MESSAGE_DELETED),
        None => match preview.attachment {
            Some(kind) => with_attachment(texts, kind, &preview.text),
            None => preview.text.clone(),
        },
    }
}

/// Whose words they are, where they are not the visitor's.
fn glyph_of(preview: &Preview) -> Option<Glyph> {
    match preview.kind {
        MessageKind::Agent => Some(Glyph::SEND),
        MessageKind::Automated => Some(Glyph::BOT),
        _ => None,
    }
}
