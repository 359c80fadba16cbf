//! The button that begins a voice note, and the place of the recorder, which is brought when it is
//! first wanted.

use crate::bridge::{RecorderStand, can_record, has_recorded, put_recorder, use_mirror};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::Key;
use crate::kit::{Glyph, icon_button};

/// The recorder's place, and the button.
pub(super) fn voice(input: &El) -> [El; 2] {
    let composer = use_mirror().composer;
    let button = icon_button(Key::COMMON_VOICE_RECORD.into(), Glyph::MICROPHONE, "record");
    // The recorder hides the button, the core what is around it.
    let around = El::new("span|class=composer-record").child(&button);
    let place = El::new("div|class=composer-voice");
    let mut recorder = Rows::new(&place, None);
    let (pressed, input) = (button.clone(), input.clone());
    let mut bring = move |starts| {
        recorder.show_one(Some(""), || {
            let stand = RecorderStand {
                place: El::new("div"),
                button: pressed.clone(),
                input: input.clone(),
            };
            let place = stand.place.clone();
            put_recorder(stand, starts);
            place
        });
    };
    if has_recorded() {
        // A recording may wait here since one was here last.
        bring(false);
    }
    listen(button.element(), "click", Box::new(move |_| bring(true)));
    let (shown, can) = (around.clone(), can_record());
    watch(move || shown.hide(!can || composer.with(|view| view.recordable_ms.is_none())));
    [place, around]
}
