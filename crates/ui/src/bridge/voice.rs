//! Where recording and listening come from.
//!
//! Most pages never record, and many never listen. So the rest of the interface reaches both only
//! through the two functions that the app names here, and an app may fetch what is behind them
//! when it is first wanted.

use std::cell::Cell;

use protocol::attachment::VoiceNote;

use crate::dom::El;
use crate::second::when_here;

/// A voice note to be listened to.
pub struct Sound {
    /// Its name on this page.
    pub key: String,
    /// What its recorder knew of it.
    pub voice: VoiceNote,
    /// Where its bytes are by now; read again when that changes.
    pub address: Box<dyn Fn() -> Option<String>>,
}

/// Where a recorder stands.
pub struct RecorderStand {
    /// The place for it.
    pub place: El,
    /// What it was asked for by; it takes its place while there is a recording.
    pub button: El,
    /// Where one writes when there is none.
    pub input: El,
}

/// What the app knows about voice notes.
#[derive(Clone, Copy)]
pub struct Voice {
    /// Whether this browser can record.
    pub can_record: fn() -> bool,
    /// Puts the recorder into its place, under the owner that is set. `starts`: at once it records.
    pub recorder: fn(RecorderStand, starts: bool),
    /// Puts a player into this place, under the owner that is set.
    pub player: fn(&El, Sound),
}

thread_local! {
    static VOICE: Cell<Option<Voice>> = const { Cell::new(None) };
    static IS_USED: Cell<bool> = const { Cell::new(false) };
}

/// Says where recorder and player come from. A page has one app, which says it once for each of
/// its clients.
pub fn provide_voice(voice: Voice) {
    VOICE.set(Some(voice));
}

/// Whether the app and this browser can record.
pub(crate) fn can_record() -> bool {
    VOICE.get().is_some_and(|voice| (voice.can_record)())
}

/// Whether somebody wanted to record on this page: a recording may wait to be sent.
pub(crate) fn has_recorded() -> bool {
    IS_USED.get()
}

/// Puts the recorder into its place, as soon as it is here.
pub(crate) fn put_recorder(stand: RecorderStand, starts: bool) {
    if let Some(voice) = VOICE.get() {
        IS_USED.set(true);
        when_here(move || (voice.recorder)(stand, starts));
    }
}

/// Puts a player into a place. Call it from what came with the second module.
pub(crate) fn put_player(place: &El, sound: Sound) {
    if let Some(voice) = VOICE.get() {
        (voice.player)(place, sound);
    }
}
