//! The visitor's voice: how the panel comes to a recorder and to players.
//!
//! The rest of the app reaches both by these two functions alone, so what is behind them can be
//! fetched when it is first wanted. Who closes the panel ends what they record; it is kept.

use client_web::{player, recorder};
use ui::bridge::{RecorderStand, Sound, Voice, provide_voice};
use ui::chat::{voice_player, voice_recorder};
use ui::dom::{El, watch};

use crate::boot;

/// Says where they come from.
pub(crate) fn provide() {
    provide_voice(Voice {
        can_record: recorder::is_there,
        recorder: record,
        player: listen,
    });
}

#[inline(never)]
fn record(stand: RecorderStand, starts: bool) {
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

#[inline(never)]
fn listen(place: &El, sound: Sound) {
    voice_player::show(place, sound, player::carry_out);
}
