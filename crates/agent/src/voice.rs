//! The agent's voice: how the app comes to a recorder and to players.

use client_web::{microphone, player, recorder, second};
use ui::bridge::{RecorderStand, Sound, Voice, provide_voice};
use ui::chat::{voice_player, voice_recorder};
use ui::dom::El;

/// Says where they come from.
pub(crate) fn provide() {
    provide_voice(Voice {
        can_record: microphone::is_there,
        recorder: record,
        player: listen,
    });
}

/// The agent has left: nothing of theirs is heard or kept on this page.
pub(crate) fn end() {
    if second::is_here() {
        voice_recorder::forget();
        voice_player::silence();
    }
}

/// What asks for a recorder or a player is in the second module itself.
fn record(stand: RecorderStand, starts: bool) {
    voice_recorder::show(&stand, starts, recorder::carry_out);
}

fn listen(place: &El, sound: Sound) {
    voice_player::show(place, sound, player::carry_out);
}
