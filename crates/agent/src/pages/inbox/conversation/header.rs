//! The conversation's head: contact, channel, who takes part, where its session stands, and what can
//! be done about it.

use client_core::Intent;
use client_core::view::RosterPhase;
use leptos::prelude::*;
use protocol::conversation::ConversationStatus;
use protocol::ids::ConversationId;
use ui::bridge::{use_handle, use_mirror};
use ui::i18n::{Key, t, t_with, use_catalogue};
use ui::kit::{Avatar, Button, Glyph, Icon, IconButton, Size, Variant};

use super::actions::Actions;
use super::end::end_button;
use super::status::status;
use crate::client::use_client;
use crate::contacts::contact_name;
use crate::pages::inbox::place::use_place;
use crate::routes;

/// The head.
#[component]
pub(super) fn Header() -> impl IntoView {
    let (place, catalogue) = (use_place(), use_catalogue());
    let roster = use_mirror().roster;
    let name = Memo::new(move |_| {
        let listed = roster.with(|roster| roster.phase == RosterPhase::Ready);
        place.row.with(|row| match row {
            Some(row) => Some(catalogue.with(|texts| contact_name(texts, &row.summary.contact))),
            // The messages may be there before the row: then nobody is known by name.
            None => listed.then(|| t(Key::AGENT_LIST_NAMELESS)),
        })
    });
    let contact = Memo::new(move |_| {
        place
            .row
            .with(|row| Some(row.as_ref()?.summary.contact.id.to_string()))
    });
    let avatar = move || {
        let name = name.get()?;
        Some(view! { <Avatar name id=contact.get().unwrap_or_default() /> })
    };
    view! { class="p",
        <header class="conversation-head">
            <a
                class="conversation-back"
                data-mirrored=""
                href=routes::href(routes::INBOX)
                aria-label=move || t(Key::AGENT_CHAT_BACK)
                title=move || t(Key::AGENT_CHAT_BACK)
            >
                <Icon glyph=Glyph::BACK />
            </a>
            {avatar}
            <div class="conversation-who">
                <h2 class="conversation-name">
                    <bdi>{move || name.get()}</bdi>
                </h2>
                <Subtitle />
            </div>
            {status().view()}
            <div class="conversation-actions">
                <ActionButtons />
                {end_button().view()}
                <IconButton
                    label=Key::AGENT_INFO_LABEL
                    glyph=Glyph::INFO
                    on_press=move || place.toggle_information()
                    pressed=move || place.information.get()
                />
            </div>
        </header>
    }
}

/// Channel and who answers, in one line.
#[component]
fn Subtitle() -> impl IntoView {
    let (place, roster) = (use_place(), use_mirror().roster);
    let me = use_client().agent_id();
    let channel = move || {
        place.row.with(|row| {
            let summary = &row.as_ref()?.summary;
            roster.with(|roster| roster.channel_of(summary).map(str::to_owned))
        })
    };
    let people = move || {
        let row = place.row.get()?;
        let others = row.summary.participants.len();
        if row.summary.status == ConversationStatus::Resolved {
            return Some(t(Key::AGENT_STATUS_RESOLVED));
        }
        let words = match row.summary.owner() {
            None => t(Key::AGENT_CHAT_UNASSIGNED),
            Some(owner) if owner.id == me => t(Key::AGENT_CHAT_OWNED_BY_ME),
            Some(owner) => t_with(Key::AGENT_CHAT_OWNED_BY, &[("name", owner.name.as_str())]),
        };
        let beside = others.saturating_sub(usize::from(row.summary.owner().is_some()));
        Some(if beside > 0 {
            format!("{words} +{beside}")
        } else {
            words
        })
    };
    view! { class="p",
        <p class="conversation-sub">
            <bdi class="conversation-channel">{channel}</bdi>
            <span class="conversation-people">{people}</span>
        </p>
    }
}

/// Reopen, Take, Join, Leave: those that make sense.
#[component]
fn ActionButtons() -> impl IntoView {
    let (place, handle) = (use_place(), use_handle());
    let me = use_client().agent_id();
    let actions = Memo::new(move |_| {
        place.row.with(|row| {
            let row = row.as_ref();
            row.map(|row| Actions::of(row, &me)).unwrap_or_default()
        })
    });
    let press = move |intent: fn(ConversationId) -> Intent| {
        move || {
            if let Some(id) = place.selected.get_untracked() {
                handle.dispatch(intent(id));
            }
        }
    };
    let join = move || {
        let is_helping = actions.get_untracked().helping;
        press(if is_helping {
            Intent::HelpIn
        } else {
            Intent::JoinConversation
        })();
    };
    view! {
        <Show when=move || actions.get().reopen>
            <Button
                label=Key::AGENT_CHAT_REOPEN
                on_press=press(Intent::TakeConversation)
                size=Size::Small
            />
        </Show>
        <Show when=move || actions.get().take>
            <Button
                label=Key::AGENT_CHAT_TAKE
                on_press=press(Intent::TakeConversation)
                variant=Variant::Primary
                size=Size::Small
            />
        </Show>
        <Show when=move || actions.get().join>
            <Button
                label=Key::AGENT_CHAT_JOIN
                on_press=join
                variant=Variant::Primary
                size=Size::Small
                glyph=Glyph::SIGN_IN
            />
        </Show>
        <Show when=move || actions.get().leave>
            <Button
                label=Key::AGENT_CHAT_LEAVE
                on_press=press(Intent::LeaveConversation)
                size=Size::Small
            />
        </Show>
    }
}
