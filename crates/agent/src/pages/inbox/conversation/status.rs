//! Where the running session stands, as three buttons of which one is down (mission P4).
//!
//! Invariant: they are there for who takes part while a session runs, and for nobody else. Who that is
//! the server says; where it does not say, nothing can be set.

use client_core::Intent;
use client_core::view::InformationView;
use leptos::prelude::*;
use protocol::conversation::LiveStatus;
use protocol::session::{Obstacle, SessionAction};
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, watch};
use ui::i18n::Key;
use ui::kit::{Glyph, icon_button};

use crate::pages::inbox::place::use_place;

/// A button.
struct Choice {
    status: LiveStatus,
    /// What has to be possible for it.
    action: SessionAction,
    label: Key,
    glyph: Glyph,
}

const CHOICES: [Choice; 3] = [
    Choice {
        status: LiveStatus::InProgress,
        action: SessionAction::Proceed,
        label: Key::AGENT_LIVE_IN_PROGRESS,
        glyph: Glyph::CHAT,
    },
    Choice {
        status: LiveStatus::WaitingForCustomer,
        action: SessionAction::AwaitCustomer,
        label: Key::AGENT_LIVE_WAITING_FOR_CUSTOMER,
        glyph: Glyph::HOURGLASS,
    },
    Choice {
        status: LiveStatus::LookingForHelp,
        action: SessionAction::AskForHelp,
        label: Key::AGENT_LIVE_ASK_FOR_HELP,
        glyph: Glyph::ALERT,
    },
];

/// The buttons.
pub(super) fn status() -> El {
    let (place, handle, information) = (use_place(), use_handle(), use_mirror().information);
    let present = Memo::new(move |_| {
        let row = place.row.get()?;
        row.summary.live_status
    });
    let group = El::new("div|class=conversation-status|role=group")
        .live("aria-label", Key::AGENT_INFO_STATUS.into());
    let shown = group.clone();
    watch(move || shown.hide(!information.with(is_offered)));
    for choice in &CHOICES {
        let status = choice.status;
        let button = icon_button(choice.label.into(), choice.glyph, "icon-button");
        button.set("data-live-status", Some(status.as_str()));
        let pressed = button.clone();
        watch(move || pressed.set_state("aria-pressed", present.get() == Some(status)));
        group.append(&button.on("click", move |_| {
            if let Some(conversation) = place.selected.get_untracked() {
                handle.dispatch(Intent::SetLiveStatus {
                    conversation,
                    status,
                });
            }
        }));
    }
    group
}

/// Whether each can be set. What stands already is no obstacle.
fn is_offered(view: &InformationView) -> bool {
    let Some(standing) = &view.standing else {
        return false;
    };
    CHOICES.iter().all(|choice| {
        let mut told = standing.actions.iter();
        told.any(|told| {
            let is_free = matches!(told.obstacle, None | Some(Obstacle::StatusAlready));
            told.action == choice.action && is_free
        })
    })
}
