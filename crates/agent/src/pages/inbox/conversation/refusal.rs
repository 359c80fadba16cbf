//! Why taking, joining, leaving or another status did not work; of two who take or come to help at
//! once, one learns it here.

use client_core::view::RosterRow;
use leptos::prelude::*;
use protocol::error::ErrorCode;
use ui::i18n::{Key, error_sentence, t, t_with};
use ui::kit::{Glyph, Notice, Press, Text, Tone};

use super::actions::Actions;
use crate::client::{RefusedAction, use_client};
use crate::pages::inbox::place::use_place;

/// The strip below the head. It goes when it is dismissed, or with the conversation.
#[component]
pub(super) fn Refusal() -> impl IntoView {
    let (client, place) = (use_client(), use_place());
    let me = client.agent_id();
    let refused = move || {
        let refused = client.refused.get()?;
        let here = Some(&refused.conversation) == place.selected.get().as_ref();
        // Who takes part by now no longer needs to be told how.
        let inside = |row: &RosterRow| Actions::of(row, &me).leave;
        let was_late = refused.code == ErrorCode::AlreadyTaken || refused.by.is_some();
        let settled = was_late && place.row.with(|row| row.as_ref().is_some_and(inside));
        (here && !settled).then_some(refused)
    };
    let close = move || client.refused.set(None);
    Effect::new(move || {
        place.selected.get();
        client.refused.set(None);
    });
    let strip = move || {
        let RefusedAction { code, by, .. } = refused()?;
        let owner = place.row.with(|row| {
            let owner = row.as_ref()?.summary.owner();
            owner.map(|owner| owner.name.clone())
        });
        let text = move || match (code, owner.as_deref(), &by) {
            (ErrorCode::AlreadyTaken, Some(name), _) => {
                t_with(Key::AGENT_CHAT_ALREADY_TAKEN_BY, &[("name", name)])
            }
            (ErrorCode::NotNow, _, Some(first)) => {
                t_with(Key::AGENT_HELP_FIRST, &[("name", first.name.as_str())])
            }
            _ => t(error_sentence(code)),
        };
        let action = Some((Text::from(Key::COMMON_ACTION_CLOSE), Press::from(close)));
        Some(view! { <Notice text tone=Tone::Warning glyph=Glyph::PEOPLE action /> })
    };
    view! { class="p", <div class="conversation-refusal" role="alert">{strip}</div> }
}
