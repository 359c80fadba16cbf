//! The router: which slice hears of what.
//!
//! Every input takes the same way: the event changes slices, a connection that ended is told to
//! all of them, and `settle` then sends whatever the state says is due. So nothing that has to
//! be sent depends on which event happened last.

mod changes;
mod conversations;
#[cfg(feature = "agent")]
mod desk;
mod entries;
mod frames;
#[cfg(feature = "agent")]
mod information;
mod intents;
mod links;
#[cfg(feature = "agent")]
mod notes;
mod rest;
mod settle;
#[cfg(feature = "agent")]
mod standing;
mod visit;

pub(crate) use changes::{changeable_until, is_quotable};
pub(crate) use visit::{asks_form, is_locked};

use protocol::hello::Ping;

use crate::connection::Phase;
use crate::effect::{Effect, Slice, Timer};
use crate::event::{Event, Saved};
use crate::outgoing::Shared;
use crate::session::keys;
use crate::state::State;
use crate::turn::Turn;

/// A pause between two inputs that only sleep explains: a connected client hears the server more
/// often, a waiting one has timers.
const SLEPT_MS: i64 = 60_000;

/// Takes one event in.
pub(crate) fn update(state: &mut State, event: Event, turn: &mut Turn) {
    let was_online = state.connection.is_online();
    turn.now = state.steady(turn.now);
    let slept = turn.now.since(state.last_input) > SLEPT_MS;
    state.last_input = turn.now;
    route(state, event, turn);
    if slept {
        let ping = state.connection.wake(turn);
        send_ping(state, ping, turn);
    }
    if was_online && !state.connection.is_online() {
        disconnected(state, turn);
    }
    settle::settle(state, turn);
}

fn route(state: &mut State, event: Event, turn: &mut Turn) {
    match event {
        Event::Started {
            saved,
            utc_offset_minutes,
        } => started(state, saved, utc_offset_minutes, turn),
        Event::SocketOpened => {
            if state.connection.socket_opened(turn) {
                let feeds = state.feeds.take_up();
                turn.send(state.session.connect_frame(feeds));
            }
        }
        Event::FrameReceived(frame) => frames::received(state, *frame, turn),
        Event::FrameUnreadable => state.connection.heard(turn.now),
        Event::SocketClosed { code } => state.connection.lost(code, turn),
        Event::TimerFired(timer) => timer_fired(state, timer, turn),
        Event::PageShown => {
            state.receipts.show_page(true);
            // Its clocks stood still meanwhile.
            #[cfg(feature = "agent")]
            turn.render(Slice::Desk);
            let ping = state.connection.wake(turn);
            send_ping(state, ping, turn);
        }
        Event::PageHidden => {
            state.receipts.show_page(false);
            state.composer.save(turn);
            state.form.save(turn);
            #[cfg(feature = "agent")]
            state.shared_notes.save(turn);
            intents::look_away(state, turn);
        }
        Event::NetworkOnline => {
            state.connection.set_offline(false, turn);
            let ping = state.connection.wake(turn);
            send_ping(state, ping, turn);
        }
        Event::NetworkOffline => {
            state.connection.set_offline(true, turn);
            let ping = state.connection.doubt(turn);
            send_ping(state, ping, turn);
        }
        Event::StorageFailed => {
            state.storage_failed = true;
            turn.render(Slice::Banner);
        }
        // Which visitor this browser is cannot wait.
        Event::StorageChanged {
            key,
            value: Some(token),
        } if key == keys::TOKEN => token_changed(state, &token, turn),
        Event::Completed => rest::complete(state, turn),
        Event::Intent(intent) => intents::wanted(state, intent, turn),
        event => later(state, event, turn),
    }
}

/// Takes an event that does not lead to a first message: now, if that can be.
fn later(state: &mut State, event: Event, turn: &mut Turn) {
    if state.is_complete() {
        rest::heed(state, event, turn);
    } else {
        state.later.push(event);
        turn.push(Effect::Complete);
    }
}

fn timer_fired(state: &mut State, timer: Timer, turn: &mut Turn) {
    match timer {
        Timer::Reconnect => state.connection.retry(turn),
        Timer::Silence => {
            let ping = state.connection.silent(turn);
            send_ping(state, ping, turn);
        }
        Timer::Settled => state.connection.settled(),
        Timer::SaveDraft => {
            state.composer.save(turn);
            state.form.save(turn);
        }
        Timer::Hour => state.hour_timer = None,
        Timer::Greeting => state.greeting_timer = None,
        Timer::Outbox => {
            state.outbox_timer = None;
            if state.outbox.is_overdue(turn.now) {
                state.connection.drop_socket(turn);
            }
        }
        timer => later(state, Event::TimerFired(timer), turn),
    }
}

fn send_ping(state: &State, due: bool, turn: &mut Turn) {
    if due {
        turn.send(Ping {}.by(state.party()));
    }
}

/// Takes up what an earlier page left. Unreadable values are passed over. What was written and is
/// not sent yet, and what was filled in, is read by the whole program: with it comes whatever is
/// to be done about them.
fn started(state: &mut State, saved: Saved, utc_offset_minutes: i32, turn: &mut Turn) {
    if state.session.started {
        return;
    }
    state.session.started = true;
    state.session.utc_offset_minutes = utc_offset_minutes;
    for (key, value) in saved {
        if let Some(rest) = key.strip_prefix(keys::DRAFT) {
            state.composer.restore(rest, value);
        } else if key == keys::TOKEN {
            state.session.restore_token(value);
        } else if key == keys::LANGUAGE {
            state.session.restore_language(value);
        } else if key == keys::CONVERSATION {
            conversations::restore(state, &value, turn);
        } else if cfg!(feature = "agent") || key == keys::FORM || key.starts_with(keys::OUTBOX) {
            state.found.push((key, value));
        }
    }
    if state.is_complete() {
        rest::restore(state, turn);
    } else if !state.found.is_empty() {
        turn.push(Effect::Complete);
    }
    state.composer.restored(turn);
    turn.render(Slice::Timeline);
}

/// Another page of the same browser stored or forgot something.
fn storage_changed(state: &mut State, key: &str, value: Option<String>, turn: &mut Turn) {
    match (key.strip_prefix(keys::OUTBOX), value) {
        (Some(rest), Some(value)) => state.outbox.stored_elsewhere(rest, &value, turn),
        (Some(rest), None) => state.outbox.removed_elsewhere(rest, turn),
        (None, value) if key.starts_with(keys::DRAFT) => {
            let rest = &key[keys::DRAFT.len()..];
            state.composer.changed_elsewhere(rest, value, turn);
        }
        #[cfg(feature = "agent")]
        (None, value) if key.starts_with(keys::NOTE) || key.starts_with(keys::MODE) => {
            let value = value.as_deref();
            state.composer.notes_changed_elsewhere(key, value, turn);
        }
        #[cfg(feature = "agent")]
        (None, None) if key.starts_with(keys::SHARED_NOTES) => {
            let rest = &key[keys::SHARED_NOTES.len()..];
            state.shared_notes.forgotten_elsewhere(rest, turn);
        }
        #[cfg(feature = "agent")]
        (None, Some(bid)) if key == keys::RING => state.desk.ring.hear(&bid, turn),
        _ => {}
    }
}

/// Another page stored a token.
fn token_changed(state: &mut State, token: &str, turn: &mut Turn) {
    let is_idle =
        state.outbox.is_empty() && state.found.is_empty() && state.timelines.shown_id().is_none();
    let said_hello = matches!(state.connection.phase(), Phase::Connecting | Phase::Online);
    if state.session.take_token(token, is_idle) && said_hello {
        state.connection.reopen(turn);
    }
}

/// The socket is gone: nothing is on its way any more.
fn disconnected(state: &mut State, turn: &mut Turn) {
    state.outbox.lost(turn);
    if state.is_complete() {
        rest::disconnected(state, turn);
    }
    turn.render(Slice::Timeline);
    #[cfg(feature = "agent")]
    turn.render(Slice::Desk);
    #[cfg(feature = "agent")]
    turn.render(Slice::Information);
    debug_assert!(state.connection.phase() != Phase::Online);
}
