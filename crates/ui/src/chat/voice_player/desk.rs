//! Where the playback machine meets the page's player and the signals: one for the whole page, as
//! one voice note sounds at a time.

use std::cell::{Cell, RefCell};

use client_core::playback::{Ask, Happened, Playback, PlaybackView};

use crate::bridge::use_mirror;
use crate::dom::at_end;
use crate::shown::RcShown;

/// Carries out what the machine asks, and tells what came of it.
pub type Hands = fn(Ask, fn(Happened));

thread_local! {
    static HANDS: Cell<Option<Hands>> = const { Cell::new(None) };
    static PLAYBACK: RcShown<RefCell<Playback>> = RcShown::new(RefCell::default());
}

pub(super) fn take(hands: Hands) {
    HANDS.set(Some(hands));
}

/// Brings the machine what happened, and does what it asks.
pub(super) fn bring(happened: Happened) {
    let playback = PLAYBACK.with(RcShown::clone);
    let before = happened.clone();
    let ask = playback.with_untracked(|machine| machine.borrow_mut().handle(happened));
    if !matches!(before, Happened::Renewed(_)) {
        playback.update(|_| {});
    }
    if let (Some(ask), Some(hands)) = (ask, HANDS.get()) {
        hands(ask, bring);
    }
}

/// How far a voice note is; who reads it is called again when that may have changed.
pub(super) fn view(key: &str) -> PlaybackView {
    PLAYBACK
        .with(RcShown::clone)
        .with(|machine| machine.borrow().view(key))
}

/// The same once.
pub(super) fn view_once(key: &str) -> PlaybackView {
    PLAYBACK
        .with(RcShown::clone)
        .with_untracked(|machine| machine.borrow().view(key))
}

/// What belongs to a conversation that leaves the screen falls silent. A row that only scrolls
/// out of it does not.
pub(super) fn silence_at_end(key: &str) {
    let (head, key) = (use_mirror().head, key.to_owned());
    let here = move || head.with_untracked(|head| head.conversation.clone());
    let before = here();
    at_end(Box::new(move || {
        if here() != before {
            bring(Happened::Left(Some(key)));
        }
    }));
}
