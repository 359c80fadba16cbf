//! The open offers as cards, oldest first.

use client_core::Intent;
use leptos::prelude::*;
use protocol::ids::OfferId;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Placed, Rows, watch};
use ui::i18n::{Key, Plural, t, t_count, t_with, use_catalogue};
use ui::kit::{Button, Size};
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::card::Card;
use super::keys;

/// Cards at once; more would hide each other.
const MOST: usize = 5;

/// The region; it is there while something is offered.
#[component]
pub(super) fn Incoming() -> impl IntoView {
    let desk = use_mirror().desk;
    let total = Memo::new(move |_| desk.with(|desk| desk.offers.len()));
    let any = Memo::new(move |_| total.get() > 0);
    let order = Memo::new(move |_| {
        desk.with(|desk| {
            let offers = desk.offers.iter().take(MOST);
            let ids = offers.map(|view| view.offer.id.clone());
            ids.collect::<Vec<OfferId>>()
        })
    });
    let focused = StoredValue::new(None::<String>);
    keep_focus(order, focused);
    view! { class="p",
        <Show when=move || any.get()>
            <section
                class="incoming"
                aria-labelledby="incoming-title"
                on:focusin=move |event| {
                    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                    let card = target.and_then(|target| target.closest(".offer").ok().flatten());
                    focused.set_value(card.and_then(|card| card.get_attribute("data-offer")));
                }
                on:focusout=move |event| {
                    // Where the focus goes nowhere, its element went away: that is told below.
                    if event.related_target().is_some() {
                        focused.set_value(None);
                    }
                }
            >
                <header class="incoming-head">
                    <h2 class="incoming-title" id="incoming-title">
                        {move || t(Key::AGENT_OFFERS_LABEL)}
                    </h2>
                    <Shown total />
                    <AcceptAll total />
                </header>
                {cards(order)}
            </section>
        </Show>
    }
}

fn cards(order: Memo<Vec<OfferId>>) -> Placed {
    let list = El::new("ul|class=incoming-cards|role=list");
    let mut shown = Rows::new(&list, None);
    watch(move || {
        let ids = order.get();
        let keys = ids.iter().map(ToString::to_string);
        shown.show(keys.collect(), &mut |at| {
            let id = ids[at].clone();
            El::new("li").child(&El::of_view(view! { <Card id /> }))
        });
    });
    list.view()
}

/// When the card that has the focus goes, the next one gets it.
fn keep_focus(order: Memo<Vec<OfferId>>, focused: StoredValue<Option<String>>) {
    Effect::new(move |before: Option<Vec<OfferId>>| {
        let order = order.get();
        let place = focused.get_value().and_then(|id| {
            let gone = !order.iter().any(|open| open.as_str() == id);
            let mut before = before.iter().flatten();
            let place = before.position(|open| open.as_str() == id);
            place.filter(|_| gone)
        });
        if let Some(place) = place {
            focused.set_value(None);
            let next = order.get(place).or(order.last());
            let next = next.map(ToString::to_string);
            // The card is still there until the screen was drawn again.
            request_animation_frame(move || keys::go_on(next.as_deref()));
        }
        order
    });
}

/// How many there are, where not all are shown.
#[component]
fn Shown(total: Memo<usize>) -> impl IntoView {
    let catalogue = use_catalogue();
    let number = move |count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        catalogue.with(|texts| texts.number(count))
    };
    let words = move || {
        (total.get() > MOST).then(|| {
            let (from, to, total) = (number(1), number(MOST), number(total.get()));
            let places = [
                ("from", from.as_str()),
                ("to", to.as_str()),
                ("total", total.as_str()),
            ];
            t_with(Key::AGENT_OFFERS_SHOWN, &places)
        })
    };
    view! { class="p", <span class="incoming-shown">{words}</span> }
}

/// Takes all, or as many as there is room for.
#[component]
fn AcceptAll(total: Memo<usize>) -> impl IntoView {
    let (desk, handle) = (use_mirror().desk, use_handle());
    let fitting = Memo::new(move |_| desk.with(|desk| desk.fitting));
    let label = move || match fitting.get() {
        fitting if fitting < total.get() => t_count(
            Plural::AGENT_OFFERS_ACCEPT_SOME,
            u32::try_from(fitting).unwrap_or(u32::MAX),
        ),
        _ => t(Key::AGENT_OFFERS_ACCEPT_ALL),
    };
    view! {
        <Show when=move || { total.get() > 1 && fitting.get() > 0 }>
            <Button
                label=label
                on_press=move || handle.dispatch(Intent::AcceptAll)
                size=Size::Small
            />
        </Show>
    }
}
