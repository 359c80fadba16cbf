//! What became of offers that are not open any more, each cause in its own words.

use client_core::Intent;
use client_core::view::{DeskNotice, NoticeKind};
use leptos::prelude::*;
use protocol::ids::OfferId;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Rows, watch};
use ui::i18n::{Key, error_sentence, t, t_with, use_catalogue};
use ui::kit::{Glyph, Notice, Press, Text, Tone};

use crate::contacts::contact_name;
use crate::pages::inbox::place::use_place;

/// The notices, oldest first.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let desk = use_mirror().desk;
    let told = Memo::new(move |_| {
        desk.with(|desk| {
            let missed = desk.state.as_ref().and_then(|state| state.missed.as_ref());
            let missed = missed.map(|missed| &missed.offer);
            let notices = desk.notices.iter();
            let notices = notices.filter(|notice| !is_told_above(notice, missed));
            notices.cloned().collect::<Vec<_>>()
        })
    });
    let place = El::new("div|class=desk-notices|role=status");
    let mut shown = Rows::new(&place, None);
    watch(move || {
        let told = told.get();
        let keys = told.iter().map(|notice| notice.id.to_string());
        shown.show(keys.collect(), &mut |at| {
            let notice = told[at].clone();
            El::of_view(view! { <One notice /> })
        });
    });
    place.view()
}

/// What made the agent `missed` is told by the strip above.
fn is_told_above(notice: &DeskNotice, missed: Option<&OfferId>) -> bool {
    notice.kind == NoticeKind::Missed && missed.is_some() && notice.offer.as_ref() == missed
}

#[component]
fn One(notice: DeskNotice) -> impl IntoView {
    let (handle, place) = (use_handle(), use_place());
    let id = notice.id;
    let action: (Text, Press) = match (&notice.kind, notice.conversation.clone()) {
        (NoticeKind::Arrived, Some(conversation)) => (
            Key::AGENT_DESK_NOTICE_OPEN.into(),
            Press::from(move || place.go(Some(&conversation))),
        ),
        _ => (
            Key::COMMON_ACTION_CLOSE.into(),
            Press::from(move || handle.dispatch(Intent::DismissNotice { id })),
        ),
    };
    let (tone, glyph) = look(&notice.kind);
    let text = move || sentence(&notice);
    view! { <Notice text tone glyph action=Some(action) /> }
}

fn look(kind: &NoticeKind) -> (Tone, Glyph) {
    match kind {
        NoticeKind::Missed => (Tone::Warning, Glyph::CLOCK),
        NoticeKind::Disconnected => (Tone::Warning, Glyph::OFFLINE),
        NoticeKind::Refused(_) | NoticeKind::StateRefused(_) => (Tone::Danger, Glyph::ALERT),
        NoticeKind::TakenBy(_) => (Tone::Info, Glyph::PEOPLE),
        NoticeKind::Arrived => (Tone::Info, Glyph::CHAT),
        NoticeKind::Declined | NoticeKind::Withdrawn => (Tone::Info, Glyph::INFO),
    }
}

fn sentence(notice: &DeskNotice) -> String {
    let name = notice.contact.as_ref().map(|contact| {
        let texts = use_catalogue();
        texts.with(|texts| contact_name(texts, contact))
    });
    let name = name.unwrap_or_default();
    let about = |key| t_with(key, &[("name", name.as_str())]);
    match &notice.kind {
        NoticeKind::Missed => about(Key::AGENT_DESK_NOTICE_MISSED),
        NoticeKind::Declined => about(Key::AGENT_DESK_NOTICE_DECLINED),
        NoticeKind::Withdrawn => about(Key::AGENT_DESK_NOTICE_WITHDRAWN),
        NoticeKind::TakenBy(None) => about(Key::AGENT_DESK_NOTICE_TAKEN),
        NoticeKind::TakenBy(Some(agent)) => t_with(
            Key::AGENT_DESK_NOTICE_TAKEN_BY,
            &[("name", name.as_str()), ("agent", agent.name.as_str())],
        ),
        NoticeKind::Disconnected => about(Key::AGENT_DESK_NOTICE_DISCONNECTED),
        NoticeKind::Refused(code) => t(error_sentence(*code)),
        NoticeKind::StateRefused(code) => {
            let reason = t(error_sentence(*code));
            let places = [("reason", reason.as_str())];
            t_with(Key::AGENT_DESK_NOTICE_STATE_REFUSED, &places)
        }
        NoticeKind::Arrived => about(Key::AGENT_DESK_NOTICE_ARRIVED),
    }
}
