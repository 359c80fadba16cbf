//! What only the whole program does: everything beyond what leads to a first message. The widget
//! starts without it (`Core::incomplete`); other clients have it from the beginning.
//!
//! Invariant: it is entered through the functions that say so, and only when the state is complete.
//! What happens before waits in `state.found` and `state.later`, in its order.

#[cfg(feature = "agent")]
use super::{desk, information};
use super::{intents, storage_changed};
use crate::effect::{Slice, Timer};
use crate::event::Event;
use crate::outgoing::Shared;
use crate::session::keys;
use crate::state::State;
use crate::turn::Turn;

/// The whole program is here: what waited for it is done now. Entered from outside.
#[inline(never)]
pub(super) fn complete(state: &mut State, turn: &mut Turn) {
    if state.is_complete() {
        return;
    }
    state.completed = true;
    restore(state, turn);
    for event in std::mem::take(&mut state.later) {
        heed(state, event, turn);
    }
    turn.render(Slice::Timeline);
    turn.render(Slice::Composer);
    turn.render(Slice::Form);
}

/// Takes up what an earlier page left, as far as that was not done at once. Unreadable values are
/// passed over. Entered from outside.
#[inline(never)]
pub(super) fn restore(state: &mut State, turn: &mut Turn) {
    for (key, value) in std::mem::take(&mut state.found) {
        if let Some(rest) = key.strip_prefix(keys::OUTBOX) {
            state.outbox.restore(rest, &value, turn.now);
        } else if key == keys::FORM {
            state.form.restore(&value);
        } else {
            #[cfg(feature = "agent")]
            match key.strip_prefix(keys::SHARED_NOTES) {
                Some(rest) => information::restore(state, rest, &value, turn),
                None => state.composer.restore_notes(&key, &value),
            }
        }
    }
}

/// Takes an event. Entered from outside.
#[inline(never)]
pub(super) fn heed(state: &mut State, event: Event, turn: &mut Turn) {
    match event {
        Event::Intent(intent) => intents::wanted_later(state, intent, turn),
        Event::TimerFired(timer) => timer_fired(state, timer, turn),
        Event::StorageChanged { key, value } => storage_changed(state, &key, value, turn),
        Event::UploadMoved { upload, sent } => state.outbox.upload_moved(&upload, sent, turn),
        Event::UploadFinished { upload, attachment } => {
            state.outbox.upload_finished(&upload, *attachment, turn);
        }
        Event::UploadWantsFile { upload } => state.outbox.upload_wants_file(&upload, turn),
        Event::UploadFailed {
            upload,
            code,
            retry_after_ms,
        } => state
            .outbox
            .upload_failed(&upload, code, retry_after_ms, turn),
        // The router takes these itself.
        Event::Started { .. }
        | Event::SocketOpened
        | Event::FrameReceived(_)
        | Event::FrameUnreadable
        | Event::SocketClosed { .. }
        | Event::PageShown
        | Event::PageHidden
        | Event::NetworkOnline
        | Event::NetworkOffline
        | Event::StorageFailed
        | Event::Completed => {}
    }
}

fn timer_fired(state: &mut State, timer: Timer, turn: &mut Turn) {
    match timer {
        Timer::OwnTyping => {
            if let Some(signal) = state.typing.own_timer(turn) {
                turn.send(signal.by(state.party()));
            }
        }
        Timer::OthersTyping => {
            state.typing_timer = None;
            state.typing.others_timer(turn);
        }
        #[cfg(feature = "agent")]
        Timer::Desk => desk::tick(state, turn),
        #[cfg(feature = "agent")]
        Timer::SharedNotes => state.shared_notes.timer = None,
        // The router takes these itself.
        _ => {}
    }
}

/// The socket is gone: nothing is on its way any more. Entered from outside.
#[inline(never)]
pub(super) fn disconnected(state: &mut State, turn: &mut Turn) {
    state.feeds.lost();
    state.queries.lost();
    state.links.lost();
    state.timelines.lost();
    state.errands.lost();
    state.receipts.lost();
    state.typing.lost(turn);
    state.waiting.forget();
}
