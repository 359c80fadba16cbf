//! What a visitor who waits is told. It is code of the second module, which is there once a
//! conversation is: only [`fill`] is called from elsewhere.

use crate::bridge::use_mirror;
use crate::dom::{El, watch};
use crate::i18n::{Catalogue, Key, use_catalogue};
use crate::kit::{Glyph, icon};

/// Tells that one waits.
#[inline(never)]
pub(super) fn fill(place: &El) {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    let title = El::new("p|class=waiting-line-title");
    let detail = El::new("p|class=waiting-line-place|part=waiting-place");
    let texts = El::new("div").child(&title).child(&detail);
    watch(move || {
        let waiting = head.with(|head| head.waiting.unwrap_or_default());
        let (headline, told) = catalogue.with(|texts| {
            if waiting.nobody_there {
                let headline = texts.text(Key::WIDGET_WAITING_NOBODY_TITLE);
                return (headline, texts.text(Key::WIDGET_WAITING_NOBODY));
            }
            let told = sentence(texts, waiting.position, waiting.expected_wait_ms);
            (texts.text(Key::WIDGET_WAITING_TITLE), told)
        });
        title.set_text(&headline);
        detail.hide(told.is_empty());
        detail.set_text(&told);
    });
    place.append(&icon(Glyph::CLOCK));
    place.append(&texts);
}

fn sentence(texts: &Catalogue, position: Option<u32>, expected_ms: Option<u32>) -> String {
    let mut told = position.map_or_else(String::new, |place| {
        let place = texts.number(place);
        texts.text_with(Key::WIDGET_WAITING_PLACE, &[("place", &place)])
    });
    if let Some(expected) = expected_ms {
        if !told.is_empty() {
            told.push_str(" · ");
        }
        let time = texts.about(expected);
        told.push_str(&texts.text_with(Key::WIDGET_WAITING_TIME, &[("time", &time)]));
    }
    told
}
