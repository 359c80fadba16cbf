//! Something that happened, told in the middle of the conversation. Its shape, icon and place
//! set it apart from what people wrote (mission C20).

use protocol::message::SystemEvent;
use protocol::time::Timestamp;

use super::sentence::tell;
use crate::dom::{El, watch};
use crate::i18n::{system_sentence, use_catalogue};
use crate::kit::{Glyph, icon};

/// A system message.
#[inline(never)]
pub(super) fn system_line(event: SystemEvent, at: Timestamp) -> El {
    let catalogue = use_catalogue();
    let told = El::new("span|class=system-line-text|part=message-text");
    let time = El::new("span|class=message-time|part=message-time");
    let line = El::new("div|class=system-line|part=message system|data-kind=system|tabindex=-1")
        .child(&icon(Glyph::INFO))
        .child(&told)
        .child(&time);
    watch(move || {
        let name = event.agent.as_ref().map_or("", |agent| agent.name.as_str());
        let key = system_sentence(event.kind);
        catalogue.with(|texts| {
            tell(&told, texts.pieces(key, &[("name", name)]));
            time.set_text(&texts.time(at));
        });
    });
    line
}
