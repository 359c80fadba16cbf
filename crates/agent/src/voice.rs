//! The agent's voice: how the app comes to a recorder and to players.

use client_web::{devices, player, recorder};
use ui::bridge::{RecorderStand, Sound, Voice, provide_voice};
use ui::chat::{voice_player, voice_recorder};
use ui::dom::El;

/// Says where they come from.
pub(crate) fn provide() {
    provide_voice(Voice {
        can_record: devices::can_record,
        recorder: record,
        player: listen,
    });
}

/// The agent has left: nothing of theirs is heard or kept on this page.
pub(crate) fn end() {
    voice_recorder::forget();
    voice_player::silence();
}

fn record(stand: RecorderStand, starts: bool) {
    voice_recorder::show(&stand, starts, recorder::carry_out);
}

fn listen(place: &El, sound: Sound) {
    voice_player::show(place, sound, player::carry_out);
}
