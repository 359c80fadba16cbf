//! What a row says of its session: that it waits for the customer, and, while help is wanted, where it
//! began, for how long, and whether it is the reader's own field (mission P5 to P7).
//!
//! Built from elements: the list is there before anything else, so its bytes count.

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::conversation::LiveStatus;
use ui::bridge::use_mirror;
use ui::dom::{El, watch};
use ui::i18n::{Key, use_catalogue};
use ui::kit::{Glyph, icon};

use crate::pages::inbox::place::use_place;

/// That the session waits for the customer.
pub(super) fn awaiting_customer(row: Memo<Option<RosterRow>>) -> El {
    let mark = El::new("span|class=list-row-awaiting|role=img")
        .child(&icon(Glyph::HOURGLASS))
        .live("aria-label", Key::AGENT_LIVE_WAITING_FOR_CUSTOMER.into())
        .live("title", Key::AGENT_LIVE_WAITING_FOR_CUSTOMER.into());
    let shown = mark.clone();
    watch(move || {
        let status = row.with(|row| row.as_ref().and_then(|row| row.summary.live_status));
        shown.hide(status != Some(LiveStatus::WaitingForCustomer));
    });
    mark
}

/// The line of a call for help: its channel, a star, how long it has gone unanswered.
pub(super) fn call(row: Memo<Option<RosterRow>>) -> El {
    let (roster, place, texts) = (use_mirror().roster, use_place(), use_catalogue());
    let channel = El::new("bdi|class=list-row-channel");
    let star = El::new("span|class=list-row-star|role=img")
        .child(&icon(Glyph::STAR))
        .live("aria-label", Key::AGENT_OFFERS_OWN_EXPERTISE.into())
        .live("title", Key::AGENT_OFFERS_OWN_EXPERTISE.into());
    let time = El::new("span|aria-hidden=true");
    let wanted = El::new("span|class=list-row-wanted|role=img")
        .child(&icon(Glyph::ALERT))
        .child(&time);
    let line = El::new("span|class=list-row-line")
        .child(&channel)
        .child(&star)
        .child(&wanted);

    let shown = line.clone();
    watch(move || {
        row.with(|row| {
            let summary = row.as_ref().map(|row| &row.summary);
            let help = summary.and_then(|summary| summary.help.as_ref());
            shown.hide(help.is_none());
            if let (Some(summary), Some(help)) = (summary, help) {
                star.hide(!help.own_expertise);
                roster.with(|roster| {
                    channel.set_text(roster.channel_of(summary).unwrap_or_default());
                });
            }
        });
    });
    // The second goes by more often than what is said changes.
    let lasts = Memo::new(move |_| {
        let since = row.with(|row| Some(row.as_ref()?.summary.help.as_ref()?.since))?;
        let seconds = place.seconds_since(since);
        Some(texts.with(|texts| texts.lasting(seconds)))
    });
    watch(move || {
        let Some(lasts) = lasts.get() else {
            return;
        };
        let places = [("time", lasts.as_str())];
        let label = texts.with(|texts| texts.text_with(Key::AGENT_HELP_FOR, &places));
        time.set_text(&lasts);
        wanted.set("aria-label", Some(&label));
        wanted.set("title", Some(&label));
    });
    line
}
