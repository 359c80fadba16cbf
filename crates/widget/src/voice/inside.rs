//! Recorder and players with their hands in the browser. It is code of the second module: only
//! [`record`] and [`listen`] are called from elsewhere.

use client_web::{player, recorder};
use ui::bridge::{RecorderStand, Sound};
use ui::chat::{voice_player, voice_recorder};
use ui::dom::{El, watch};

use crate::boot;

/// Puts a recorder into its place. Who closes the panel ends what they record; it is kept.
#[inline(never)]
pub(super) fn record(stand: RecorderStand, starts: bool) {
    boot::with_app(|app| {
        let (open, mut was_open) = (app.panel(), true);
        watch(move || {
            let is_open = open.get();
            match (was_open, is_open) {
                (true, false) => voice_recorder::leave(),
                (false, true) => voice_recorder::arrive(),
                _ => {}
            }
            was_open = is_open;
        });
    });
    voice_recorder::show(&stand, starts, recorder::carry_out);
}

/// Puts a player into its place.
#[inline(never)]
pub(super) fn listen(place: &El, sound: Sound) {
    voice_player::show(place, sound, player::carry_out);
}
