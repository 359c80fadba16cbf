//! The visitor's voice: how the panel comes to a recorder and to players.
//!
//! The rest of the app reaches both by these two functions alone; what is behind them is in the
//! second module. Who closes the panel ends what they record; it is kept.

use client_web::{microphone, player, recorder};
use ui::bridge::{RecorderStand, Sound, Voice, provide_voice};
use ui::chat::{voice_player, voice_recorder};
use ui::dom::{El, watch};

use crate::boot;

/// Says where they come from.
pub(crate) fn provide() {
    provide_voice(Voice {
        can_record: microphone::is_there,
        recorder: record,
        player: listen,
    });
}

fn record(stand: RecorderStand, starts: bool) {
    let mut is_seen = false;
    boot::with_app(|app| {
        let open = app.panel();
        is_seen = open.get_untracked();
        let mut was_open = is_seen;
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
    // The panel may have been closed while the recorder was on its way.
    voice_recorder::show(&stand, starts && is_seen, recorder::carry_out);
    if !is_seen {
        voice_recorder::leave();
    }
}

fn listen(place: &El, sound: Sound) {
    voice_player::show(place, sound, player::carry_out);
}
