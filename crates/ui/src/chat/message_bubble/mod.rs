//! A message: who, what, when, how far it got, and what to do when it failed.
//!
//! The text is shown character for character (mission W5): it goes into text nodes, its own
//! direction is found by the browser, and only addresses the core has vetted become links.

use client_core::Intent;
use client_core::view::{DeliveryState, Grouping, MessageRow, Segment};
use leptos::either::Either;
use leptos::prelude::*;
use protocol::message::MessageKind;

use super::{DeliveryMark, MeSide};
use crate::bridge::use_handle;
use crate::i18n::{Catalogue, Key, author_name, error_sentence};
use crate::kit::{Avatar, Button, Glyph, Icon, Size, Variant};

/// A message as a bubble. Drawn again as a whole when the row or the language changes; the
/// nodes stay.
#[component]
pub fn MessageBubble(
    /// The row's key, for what can be done about it.
    key: String,
    /// The message.
    row: MessageRow,
    /// Whose screen this is.
    me_side: MeSide,
    /// The texts; taken by the list, which draws the row again when they change.
    texts: Catalogue,
) -> impl IntoView {
    let name = author_name(&texts, &row.author);
    let label = label(&texts, &row, &name);
    let (time, moment) = (texts.time(row.at), texts.moment(row.at));
    let at_end = match me_side {
        MeSide::Visitor => row.own || row.kind == MessageKind::Visitor,
        MeSide::Agent => row.kind != MessageKind::Visitor,
    };
    let starts = matches!(row.grouping, Grouping::Single | Grouping::First);
    let ends = matches!(row.grouping, Grouping::Single | Grouping::Last);
    let automated = row.kind == MessageKind::Automated;
    // Agents see every agent's name with pointer or focus; visitors see each name once a run.
    let named = match me_side {
        MeSide::Visitor => !at_end && starts,
        MeSide::Agent => row.kind == MessageKind::Agent || (starts && automated),
    };
    let avatar = (me_side == MeSide::Visitor && !at_end && ends)
        .then(|| view! { <Avatar name=name.clone() size=Size::Small /> });
    let mark = row
        .state
        .filter(|state| {
            ends || !matches!(
                state,
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read
            )
        })
        .map(|state| view! { <DeliveryMark state /> });
    let closing = ends || mark.is_some();
    let failed = (row.state == Some(DeliveryState::Failed)).then(|| failure(key, &row, &texts));
    view! { class="p",
        <div
            class="message"
            part=part(row.kind)
            role="article"
            aria-label=label
            tabindex="-1"
            data-kind=row.kind.as_str()
            data-state=row.state.map(DeliveryState::as_str)
            data-side=if at_end { "end" } else { "start" }
            data-group=group(row.grouping)
        >
            <span class="message-avatar">{avatar}</span>
            <div class="message-body">
                <div class="message-author" part="message-author" hidden=!named>
                    {automated.then(|| view! { <Icon glyph=Glyph::BOT /> })}
                    <bdi>{name}</bdi>
                    {automated.then(|| view! { class="p", <span class="message-tag">{texts.text(Key::COMMON_KIND_AUTOMATED_SHORT)}</span> })}
                </div>
                <div class="message-bubble" part="message-bubble">
                    <div class="message-text" part="message-text" dir="auto">
                        {row.segments.into_iter().map(segment).collect_view()}
                    </div>
                </div>
                <div class="message-meta" part="message-meta" hidden=!closing>
                    <time class="message-time" part="message-time" title=moment>{time}</time>
                    {mark}
                </div>
                {failed}
            </div>
        </div>
    }
}

/// What the message is, for those who hear it: kinds never differ by colour alone.
fn label(catalogue: &Catalogue, row: &MessageRow, name: &str) -> String {
    let key = match row.kind {
        _ if row.own => return catalogue.text(Key::COMMON_KIND_OWN),
        MessageKind::Automated => Key::COMMON_KIND_AUTOMATED_FROM,
        _ => Key::COMMON_KIND_FROM,
    };
    catalogue.text_with(key, &[("name", name)])
}

fn segment(segment: Segment) -> impl IntoView {
    match segment {
        Segment::Text(text) => Either::Left(text),
        Segment::Link { text, href } => Either::Right(view! { class="p",
            <a
                class="message-link"
                part="message-link"
                href=href
                target="_blank"
                rel="noopener noreferrer nofollow ugc"
            >
                {text}
            </a>
        }),
    }
}

/// The reason as a sentence, and the person's two choices.
fn failure(key: String, row: &MessageRow, texts: &Catalogue) -> impl IntoView + use<> {
    let handle = use_handle();
    let reason = row
        .problem
        .map_or(Key::COMMON_ERROR_UNKNOWN, error_sentence);
    let again = key.clone();
    let retry = move || handle.dispatch(Intent::RetryMessage { key: again.clone() });
    let discard = move || handle.dispatch(Intent::DiscardMessage { key: key.clone() });
    view! { class="p",
        <div class="message-failure" part="message-failure">
            <p class="message-problem" part="message-problem">{texts.text(reason)}</p>
            <Button
                label=texts.text(Key::COMMON_ACTION_RETRY)
                on_press=retry
                variant=Variant::Quiet
                size=Size::Small
                glyph=Glyph::RETRY
                part="message-retry"
            />
            <Button
                label=texts.text(Key::COMMON_ACTION_DISCARD)
                on_press=discard
                variant=Variant::Quiet
                size=Size::Small
                glyph=Glyph::TRASH
                part="message-discard"
            />
        </div>
    }
}

fn part(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Visitor => "message message-visitor",
        MessageKind::Agent => "message message-agent",
        MessageKind::Automated => "message message-automated",
        MessageKind::System => "message message-system",
        MessageKind::Unknown => "message",
    }
}

fn group(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Single => "single",
        Grouping::First => "first",
        Grouping::Middle => "middle",
        Grouping::Last => "last",
    }
}
