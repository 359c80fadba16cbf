//! Where files may be dropped: a whole region of the page, which says so while one drags a file
//! over it.

use wasm_bindgen::JsCast;
use web_sys::{Event, MouseEvent, Node};

use crate::bridge::{attach, use_mirror};
use crate::dom::{El, brings_files, dropped, listen};
use crate::i18n::Key;
use crate::kit::{Glyph, icon};

/// Takes files that are dropped anywhere in this region, for as long as the owner lives.
pub fn drop_target(region: &El) {
    let composer = use_mirror().composer;
    let sign = El::new("div|class=drop-target|part=drop-target|hidden=")
        .child(&icon(Glyph::CLIP))
        .child(&El::new("p").live_text(Key::COMMON_COMPOSER_DROP.into()));
    region.append(&sign);
    for kind in ["dragenter", "dragover", "dragleave", "drop"] {
        let (sign, place) = (sign.clone(), region.clone());
        let act = move |event: Event| {
            // Anything else goes where the browser lets it.
            if !brings_files(&event) || !composer.with_untracked(|view| view.can_attach) {
                return;
            }
            if kind == "dragleave" {
                let to = event.unchecked_ref::<MouseEvent>().related_target();
                let to: Option<Node> = to.map(JsCast::unchecked_into);
                if !place.element().contains(to.as_ref()) {
                    sign.hide(true);
                }
                return;
            }
            event.prevent_default();
            sign.hide(kind == "drop");
            if kind == "drop"
                && let Some(files) = dropped(&event)
            {
                attach(&files);
            }
        };
        listen(region.element(), kind, Box::new(act));
    }
}
