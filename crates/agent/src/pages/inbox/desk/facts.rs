//! What is known of an offer beside the words: language and country, expertise, why this agent,
//! for whom and since when. What is unknown has no line.

use leptos::prelude::*;
use protocol::agent::{Offer, OfferReason};
use ui::i18n::{Catalogue, Key, t, use_catalogue};
use ui::kit::{Glyph, Icon, VisuallyHidden};

use super::card::Still;
use crate::browser::names::language_name;
use crate::client::use_client;
use crate::contacts::country_of;

/// Names and values.
#[component]
pub(super) fn Facts(offer: Still) -> impl IntoView {
    let (catalogue, me) = (use_catalogue(), use_client().agent_name());
    let fact = move |read: fn(&Catalogue, &Offer) -> Option<String>| {
        Memo::new(move |_| {
            offer.with(|offer| {
                let offer = offer.as_ref()?;
                catalogue.with(|texts| read(texts, offer))
            })
        })
    };
    let own = Memo::new(move |_| {
        offer.with(|offer| offer.as_ref().is_some_and(|offer| offer.own_expertise))
    });
    let arrived = fact(|texts, offer| Some(texts.stamp(offer.offered_at)));
    view! { class="p",
        <dl class="offer-facts">
            <Fact name=Key::AGENT_OFFERS_ORIGIN value=fact(origin) />
            <Fact name=Key::AGENT_OFFERS_EXPERTISE value=fact(expertise) starred=own />
            <Fact name=Key::AGENT_OFFERS_WHY value=fact(why) />
            <div class="offer-fact">
                <dt>{move || t(Key::AGENT_OFFERS_FOR)}</dt>
                <dd>
                    <bdi>{me}</bdi>
                    <time class="offer-date">{move || arrived.get()}</time>
                </dd>
            </div>
        </dl>
    }
}

/// A line, if there is something to say.
#[component]
fn Fact(
    name: Key,
    value: Memo<Option<String>>,
    /// Whether the value is the agent's own expertise.
    #[prop(optional)]
    starred: Option<Memo<bool>>,
) -> impl IntoView {
    let star = move || {
        starred
            .is_some_and(|starred| starred.get())
            .then(|| view! { <Star /> })
    };
    move || {
        let value = value.get()?;
        Some(view! { class="p",
            <div class="offer-fact">
                <dt>{t(name)}</dt>
                <dd>
                    {star}
                    <bdi>{value}</bdi>
                </dd>
            </div>
        })
    }
}

#[component]
fn Star() -> impl IntoView {
    view! { class="p",
        <span class="offer-star" title=move || t(Key::AGENT_OFFERS_OWN_EXPERTISE)>
            <Icon glyph=Glyph::STAR />
            <VisuallyHidden text=Key::AGENT_OFFERS_OWN_EXPERTISE />
        </span>
    }
}

/// Language and country, as far as they are known.
fn origin(texts: &Catalogue, offer: &Offer) -> Option<String> {
    let contact = &offer.contact;
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
    let known: Vec<String> = [country_of(texts, contact), language]
        .into_iter()
        .flatten()
        .collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

fn expertise(_: &Catalogue, offer: &Offer) -> Option<String> {
    (!offer.expertise.is_empty()).then(|| offer.expertise.join(", "))
}

fn why(texts: &Catalogue, offer: &Offer) -> Option<String> {
    let words = offer.reasons.iter().copied().filter_map(reason_word);
    let words: Vec<String> = words.map(|key| texts.text(key)).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// A reason of a later version has no words; the others are told without it.
fn reason_word(reason: OfferReason) -> Option<Key> {
    Some(match reason {
        OfferReason::Expertise => Key::AGENT_OFFERS_WHY_EXPERTISE,
        OfferReason::PreviousAgent => Key::AGENT_OFFERS_WHY_PREVIOUS_AGENT,
        OfferReason::Language => Key::AGENT_OFFERS_WHY_LANGUAGE,
        OfferReason::Country => Key::AGENT_OFFERS_WHY_COUNTRY,
        OfferReason::LeastBusy => Key::AGENT_OFFERS_WHY_LEAST_BUSY,
        OfferReason::LongestIdle => Key::AGENT_OFFERS_WHY_LONGEST_IDLE,
        OfferReason::Unknown => return None,
    })
}
