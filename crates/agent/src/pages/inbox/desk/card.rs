//! One offer: who, where, what was said, why this agent, how long; and the two answers.

use client_core::Intent;
use client_core::view::{OfferAnswer, OfferView};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use protocol::agent::{DeclineReason, Offer};
use protocol::ids::OfferId;
use ui::bridge::{Handle, use_handle, use_mirror};
use ui::i18n::{Key, t, t_with, use_catalogue};
use ui::kit::{Avatar, Button, Glyph, IconButton, Size, Variant};

use super::channel_name;
use super::facts::Facts;
use super::thread::Thread;
use crate::contacts::contact_name;

/// From so many seconds on time is short, and then nearly over.
const SHORT: u32 = 10;
const NEARLY_OVER: u32 = 5;

const REASONS: [(DeclineReason, Key); 4] = [
    (DeclineReason::Busy, Key::AGENT_OFFERS_REASON_BUSY),
    (
        DeclineReason::NotMyField,
        Key::AGENT_OFFERS_REASON_NOT_MY_FIELD,
    ),
    (DeclineReason::Language, Key::AGENT_OFFERS_REASON_LANGUAGE),
    (DeclineReason::Other, Key::AGENT_OFFERS_REASON_OTHER),
];

/// An offer without its clocks.
pub(super) type Still = Memo<Option<Offer>>;

/// The card. Enter on it accepts.
#[component]
pub(super) fn Card(id: OfferId) -> impl IntoView {
    let (desk, handle, catalogue) = (use_mirror().desk, use_handle(), use_catalogue());
    let key = id.clone();
    let view = Memo::new(move |_| {
        desk.with(|desk| {
            let mut offers = desk.offers.iter();
            offers.find(|view| view.offer.id == key).cloned()
        })
    });
    let offer: Still = Memo::new(move |_| view.with(|view| Some(view.as_ref()?.offer.clone())));
    let answer = Memo::new(move |_| view.with(|view| view.as_ref()?.answer));
    let name = Memo::new(move |_| {
        offer
            .with(|offer| {
                let contact = offer.as_ref().map(|offer| &offer.contact);
                catalogue.with(|texts| contact.map(|contact| contact_name(texts, contact)))
            })
            .unwrap_or_default()
    });
    let label = move || t_with(Key::AGENT_OFFERS_FROM, &[("name", name.get().as_str())]);
    let (accepted, shown) = (id.clone(), id.to_string());
    let conversation = move || {
        let id = offer.with(|offer| Some(offer.as_ref()?.conversation.to_string()));
        id.unwrap_or_default()
    };
    view! { class="p",
        <article
            class="offer"
            tabindex="0"
            data-offer=shown
            data-offered-conversation=conversation
            data-urgency=move || view.with(|view| urgency(view.as_ref()))
            aria-label=label
            aria-busy=move || answer.get().map(|_| "true")
            on:keydown=move |event| accept_by_key(&event, handle, &accepted)
        >
            <Head view offer name />
            <Facts offer />
            <Thread offer />
            <Answers id answer />
        </article>
    }
}

fn urgency(view: Option<&OfferView>) -> &'static str {
    match view.map_or(0, |view| view.left) {
        left if left <= NEARLY_OVER => "high",
        left if left <= SHORT => "medium",
        _ => "low",
    }
}

/// Only on the card itself: inside it Enter means what it means there.
fn accept_by_key(event: &KeyboardEvent, handle: Handle, id: &OfferId) {
    let on_card = event.target() == event.current_target();
    if event.key() == "Enter" && on_card && !event.is_composing() && !event.repeat() {
        event.prevent_default();
        handle.dispatch(Intent::AcceptOffer(id.clone()));
    }
}

/// Who, in which channel, since when; and what is left, as a number and as a bar.
#[component]
fn Head(view: Memo<Option<OfferView>>, offer: Still, name: Memo<String>) -> impl IntoView {
    let catalogue = use_catalogue();
    let contact = Memo::new(move |_| {
        let id = offer.with(|offer| Some(offer.as_ref()?.contact.id.to_string()));
        id.unwrap_or_default()
    });
    let channel = move || offer.with(|offer| channel_name(&offer.as_ref()?.channel));
    let count = move |read: fn(&OfferView) -> u32| {
        Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, read)))
    };
    let (waited, left, total) = (
        count(|view| view.waited),
        count(|view| view.left),
        count(|view| view.total),
    );
    let waiting = move || {
        let time = catalogue.with(|texts| texts.clock(waited.get()));
        t_with(Key::AGENT_OFFERS_WAITING, &[("time", time.as_str())])
    };
    let left_words = move || catalogue.with(|texts| texts.lasting(left.get()));
    let left_label = move || t_with(Key::AGENT_OFFERS_LEFT, &[("time", left_words().as_str())]);
    view! { class="p",
        <div class="offer-head">
            {move || view! { <Avatar name=name.get() id=contact.get() /> }}
            <div class="offer-who">
                <h3 class="offer-name">
                    <bdi>{move || name.get()}</bdi>
                </h3>
                <p class="offer-sub">
                    <bdi class="offer-channel">{channel}</bdi>
                    <span class="offer-waiting" role="timer">
                        {waiting}
                    </span>
                </p>
            </div>
            <span class="offer-left" role="timer" aria-label=left_label title=left_label>
                {left_words}
            </span>
        </div>
        <progress
            class="offer-bar"
            aria-hidden="true"
            prop:max=move || f64::from(total.get().max(1))
            prop:value=move || f64::from(left.get())
        ></progress>
    }
}

/// Yes, no, and no with a reason.
#[component]
fn Answers(id: OfferId, answer: Memo<Option<OfferAnswer>>) -> impl IntoView {
    let handle = use_handle();
    let reasons = RwSignal::new(false);
    let answered = move || answer.get().is_some();
    let accept_label = move || match answer.get() {
        Some(OfferAnswer::Accepting) => t(Key::AGENT_OFFERS_ACCEPTING),
        _ => t(Key::AGENT_OFFERS_ACCEPT),
    };
    let decline_label = move || match answer.get() {
        Some(OfferAnswer::Declining) => t(Key::AGENT_OFFERS_DECLINING),
        _ => t(Key::AGENT_OFFERS_DECLINE),
    };
    let (accepted, declined) = (id.clone(), id.clone());
    let accept = move || handle.dispatch(Intent::AcceptOffer(accepted.clone()));
    let decline = move |offer: &OfferId, reason| {
        handle.dispatch(Intent::DeclineOffer {
            offer: offer.clone(),
            reason,
        });
    };
    view! { class="p",
        <div class="offer-answers">
            <Button
                label=accept_label
                on_press=accept
                variant=Variant::Primary
                size=Size::Small
                disabled=answered
            />
            <Button
                label=decline_label
                on_press=move || decline(&declined, DeclineReason::Other)
                size=Size::Small
                disabled=answered
            />
            <Show when=move || !answered()>
                <IconButton
                    label=Key::AGENT_OFFERS_REASONS
                    glyph=Glyph::CHEVRON_DOWN
                    on_press=move || reasons.update(|open| *open = !*open)
                    pressed=move || reasons.get()
                    size=Size::Small
                />
            </Show>
        </div>
        <Show when=move || reasons.get() && !answered()>
            <div class="offer-reasons" role="group" aria-label=move || t(Key::AGENT_OFFERS_REASONS)>
                {
                    let id = id.clone();
                    REASONS
                        .map(|(reason, text)| {
                            let id = id.clone();
                            view! {
                                <Button
                                    label=text
                                    on_press=move || decline(&id, reason)
                                    size=Size::Small
                                />
                            }
                        })
                        .collect_view()
                }
            </div>
        </Show>
    }
}
