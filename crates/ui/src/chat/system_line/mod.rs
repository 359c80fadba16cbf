//! Something that happened, told in the middle of the conversation. Its shape, icon and place
//! set it apart from what people wrote (mission C20).

use leptos::prelude::*;
use protocol::message::SystemEvent;
use protocol::time::Timestamp;

use super::sentence::sentence;
use crate::i18n::{system_sentence, use_catalogue};
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
    let told = move || {
        let name = event.agent.as_ref().map_or("", |agent| agent.name.as_str());
        let key = system_sentence(event.kind);
        sentence(catalogue.with(|catalogue| catalogue.pieces(key, &[("name", name)])))
    };
    view! { class="p",
        <div class="system-line" part="message system" data-kind="system" tabindex="-1">
            <Icon glyph=Glyph::INFO />
            <span class="system-line-text" part="message-text">
                {told}
            </span>
            <span class="message-time" part="message-time">
                {move || catalogue.with(|catalogue| catalogue.time(at))}
            </span>
        </div>
    }
}
