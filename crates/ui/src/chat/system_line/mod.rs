//! Something that happened, told in the middle of the conversation. Its shape, icon and place
//! set it apart from what people wrote (mission C20).

use leptos::prelude::*;
use protocol::message::SystemEvent;
use protocol::time::Timestamp;

use crate::i18n::{split_at_name, system_sentence, use_catalogue};
use crate::kit::{Glyph, Icon};

/// A system message.
#[component]
pub fn SystemLine(
    /// What happened.
    event: SystemEvent,
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let catalogue = use_catalogue();
    let name = event.agent.map(|agent| agent.name);
    let sentence = move || catalogue.with(|catalogue| catalogue.text(system_sentence(event.kind)));
    view! { class="p",
        <div class="system-line" part="message system" data-kind="system" tabindex="-1">
            <Icon glyph=Glyph::INFO />
            <span class="system-line-text" part="message-text">
                {move || {
                    let (before, behind) = split_at_name(&sentence());
                    let name = name.clone();
                    view! { class="p", {before} <bdi>{name}</bdi> {behind} }
                }}
            </span>
            <span class="message-time" part="message-time">
                {move || catalogue.with(|catalogue| catalogue.time(at))}
            </span>
        </div>
    }
}
