//! The visitor's voice: how the panel comes to a recorder and to players, which are in the second
//! module.

mod inside;

use client_web::devices;
use ui::bridge::{RecorderStand, Sound, Voice, provide_voice};
use ui::dom::El;

/// Says where they come from.
pub(crate) fn provide() {
    provide_voice(Voice {
        can_record: devices::can_record,
        recorder: record,
        player: listen,
    });
}

fn record(stand: RecorderStand, starts: bool) {
    inside::record(stand, starts);
}

fn listen(place: &El, sound: Sound) {
    inside::listen(place, sound);
}
