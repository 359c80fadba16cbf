//! New offers for those who do not see the screen: each is told once, politely.

use client_core::view::DeskView;
use leptos::prelude::*;
use protocol::agent::Offer;
use protocol::ids::OfferId;
use ui::bridge::use_mirror;
use ui::i18n::{Key, t_with, use_catalogue};

use super::channel_name;
use crate::contacts::contact_name;

/// The live region.
#[component]
pub(super) fn Announcement() -> impl IntoView {
    let (desk, catalogue) = (use_mirror().desk, use_catalogue());
    let ids = |desk: &DeskView| -> Vec<OfferId> {
        let offers = desk.offers.iter();
        offers.map(|view| view.offer.id.clone()).collect()
    };
    let open = Memo::new(move |_| desk.with(ids));
    let words = RwSignal::new(String::new());
    Effect::new(move |told: Option<Vec<OfferId>>| {
        let (open, mut told) = (open.get(), told.unwrap_or_default());
        let fresh: Vec<Offer> = desk.with_untracked(|desk| {
            let offers = desk.offers.iter().map(|view| &view.offer);
            let fresh = offers.filter(|offer| !told.contains(&offer.id));
            fresh.cloned().collect()
        });
        if open.is_empty() {
            // Who comes across the region later must not read what is over.
            words.set(String::new());
        } else if !fresh.is_empty() {
            let sentence = |offer: &Offer| {
                let name = catalogue.with_untracked(|texts| contact_name(texts, &offer.contact));
                let channel = untrack(|| channel_name(&offer.channel)).unwrap_or_default();
                let places = [("name", name.as_str()), ("channel", channel.as_str())];
                untrack(|| t_with(Key::AGENT_OFFERS_HEARD, &places))
            };
            words.set(fresh.iter().map(sentence).collect::<Vec<_>>().join(" "));
        }
        told.extend(fresh.into_iter().map(|offer| offer.id));
        told
    });
    view! { class="p",
        <p class="visually-hidden" role="status">
            {move || words.get()}
        </p>
    }
}
