//! Where the recording machine meets the microphone, the signals and the core: one for the whole
//! page, as there is one microphone. It outlives every conversation that comes and goes on
//! screen, and with it what was recorded.

use std::cell::{Cell, RefCell};

use client_core::Intent;
use client_core::recording::{Ask, Happened, Recorder, RecordingView};
use js_sys::Date;

use crate::bridge::use_handle;
use crate::shown::RcShown;

/// Carries out what the machine asks, and tells what came of it.
pub type Hands = fn(Ask, fn(Happened));

thread_local! {
    static HANDS: Cell<Option<Hands>> = const { Cell::new(None) };
    static RECORDER: RefCell<Recorder> = RefCell::default();
    static VIEW: RcShown<RecordingView> = RcShown::new(RecordingView::default());
}

pub(super) fn take(hands: Hands) {
    HANDS.set(Some(hands));
}

/// What the place on screen shows.
pub(super) fn view() -> RcShown<RecordingView> {
    VIEW.with(RcShown::clone)
}

/// Brings the machine what happened, and does what it asks.
pub(super) fn bring(happened: Happened) {
    let asks = RECORDER.with_borrow_mut(|recorder| recorder.handle(Date::now() as i64, happened));
    for ask in asks {
        match ask {
            Ask::Send(recorded) => use_handle().dispatch(Intent::SendVoice(recorded)),
            ask => {
                if let Some(hands) = HANDS.get() {
                    hands(ask, bring);
                }
            }
        }
    }
    view().replace(RECORDER.with_borrow(Recorder::view));
}
