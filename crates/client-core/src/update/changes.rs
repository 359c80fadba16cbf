//! What a person does to messages that are there: answer one by quoting it, write another text for
//! their own, delete it, have it shown.
//!
//! Invariant: whether a message can still be changed is decided by the server; what is decided
//! here only spares the person an order that would be refused.

use protocol::hello::Posted;
use protocol::ids::MessageId;
use protocol::message::MessageKind;
use protocol::time::Timestamp;
use protocol::version::Capability;

use super::{intents, is_locked};
use crate::composer::Aim;
#[cfg(feature = "agent")]
use crate::composer::Mode;
#[cfg(feature = "agent")]
use crate::connection::queries::Query;
use crate::effect::Slice;
use crate::outbox::{Change, Extras};
use crate::state::State;
use crate::timeline::Found;
use crate::timeline::order::Held;
use crate::turn::Turn;

/// Until when a message can be changed, by this device's clock; nothing when it is not the
/// person's own, or is deleted.
pub(crate) fn changeable_until(state: &State, held: &Held) -> Option<Timestamp> {
    let message = &held.message;
    let edit_ms = state.session.limits.edit_ms?;
    let may_change = state.session.is_own(&message.author)
        && !message.is_deleted()
        && state.session.offers(Capability::Edits);
    may_change.then(|| {
        message
            .posted_at
            .plus(i64::from(edit_ms) - state.session.server_ahead_ms)
    })
}

/// Whether a message can be quoted.
pub(crate) fn is_quotable(state: &State, held: &Held) -> bool {
    let message = &held.message;
    message.kind != MessageKind::System
        && !message.is_deleted()
        && state.session.offers(Capability::Quotes)
}

fn can_write(state: &State) -> bool {
    intents::can_write(state) && !is_locked(state)
}

fn row<'a>(state: &'a State, key: &str) -> Option<&'a Held> {
    let timeline = state.timelines.shown()?;
    timeline.held.iter().find(|held| held.key == key)
}

#[cfg(feature = "agent")]
fn is_note(state: &State, message: &MessageId) -> bool {
    let shown = state.timelines.shown();
    shown.is_some_and(|timeline| timeline.notes.get(message).is_some())
}

/// What is to be written about a message.
fn aim(
    #[cfg_attr(
        not(feature = "agent"),
        expect(unused_variables, reason = "notes are agents'")
    )]
    state: &State,
    held: &Held,
    text: Option<String>,
) -> Aim {
    let message = &held.message;
    Aim {
        conversation: message.conversation.clone(),
        message: message.id.clone(),
        text,
        has_files: !message.attachments.is_empty(),
        #[cfg(feature = "agent")]
        is_note: is_note(state, &message.id),
    }
}

/// The person writes an answer. What answers a note is a note.
#[inline(never)]
pub(super) fn reply_to(state: &mut State, key: &str, turn: &mut Turn) {
    let Some(held) = row(state, key).filter(|held| is_quotable(state, held)) else {
        return;
    };
    if !can_write(state) {
        return;
    }
    let aim = aim(state, held, None);
    state.composer.drop_aim(turn);
    #[cfg(feature = "agent")]
    if aim.is_note {
        super::notes::choose_mode(state, Mode::Note, turn);
    }
    state.composer.take_aim(aim, turn);
}

/// The person writes another text for a message of theirs.
#[inline(never)]
pub(super) fn edit(state: &mut State, key: &str, turn: &mut Turn) {
    let Some(held) = row(state, key) else {
        return;
    };
    let until = changeable_until(state, held);
    if until.is_none_or(|until| until < turn.now) || !can_write(state) {
        return;
    }
    // What waits to be sent is what they see.
    let waiting = state.outbox.change_of(&held.message.id);
    let text = waiting.map_or(&held.message.text, |entry| &entry.text);
    let aim = aim(state, held, Some(text.clone()));
    intents::stop_typing(state, turn);
    state.composer.take_aim(aim, turn);
    #[cfg(feature = "agent")]
    turn.render(Slice::Roster);
}

/// The same for the last message of the kind that is being written, if it is their own.
#[inline(never)]
pub(super) fn edit_last(state: &mut State, turn: &mut Turn) {
    if state.composer.is_editing() || !state.composer.draft().is_empty() {
        return;
    }
    let Some(timeline) = state.timelines.shown() else {
        return;
    };
    let is_it = |held: &&Held| {
        let message = &held.message;
        #[cfg(feature = "agent")]
        let is_kind = is_note(state, &message.id) == (state.composer.mode() == Mode::Note);
        #[cfg(not(feature = "agent"))]
        let is_kind = true;
        is_kind && state.session.is_own(&message.author) && !message.is_deleted()
    };
    let last = timeline.held.iter().rev().find(is_it);
    if let Some(key) = last.map(|held| held.key.clone()) {
        edit(state, &key, turn);
    }
}

/// The person writes a message of its own again.
#[inline(never)]
pub(super) fn leave_aim(state: &mut State, turn: &mut Turn) {
    if state.composer.drop_aim(turn).is_some() {
        intents::stop_typing(state, turn);
    }
    #[cfg(feature = "agent")]
    turn.render(Slice::Roster);
}

/// The person deletes a message of theirs.
#[inline(never)]
pub(super) fn delete(state: &mut State, key: &str, turn: &mut Turn) {
    let Some(held) = row(state, key) else {
        return;
    };
    let until = changeable_until(state, held);
    if until.is_none_or(|until| until < turn.now) {
        return;
    }
    let aim = aim(state, held, None);
    if state
        .composer
        .aim()
        .is_some_and(|now| now.message == aim.message)
    {
        state.composer.drop_aim(turn);
    }
    send(state, &aim, String::new(), true, turn);
}

/// Puts a change into the outbox.
pub(super) fn send(state: &mut State, aim: &Aim, text: String, deletes: bool, turn: &mut Turn) {
    #[cfg(feature = "agent")]
    let note = aim.is_note.then(|| super::notes::mentioned(state, &text));
    let extras = Extras {
        change: Some(Change {
            message: aim.message.clone(),
            deletes,
        }),
        #[cfg(feature = "agent")]
        note,
        ..Extras::default()
    };
    let conversation = Some(aim.conversation.clone());
    state.outbox.push(text, conversation, extras, None, turn);
}

/// The server has changed a message.
pub(super) fn done(state: &mut State, change: &Change, text: String, posted: &Posted, turn: &Turn) {
    let at = turn.now.plus(state.session.server_ahead_ms);
    if let Some(timeline) = state.timelines.get_mut(&posted.conversation) {
        timeline.revised(posted, change, text, at);
    }
}

/// The name of the entry that failed in a row: that of the row, unless a change of a message
/// failed there.
pub(super) fn failed_in(state: &State, key: String) -> String {
    let failed = row(state, &key).and_then(|held| state.outbox.failed_in(&held.message.id));
    failed.map(str::to_owned).unwrap_or(key)
}

/// The person wants to see a message.
pub(super) fn seek(state: &mut State, message: MessageId) {
    if let Some(timeline) = state.timelines.shown_mut() {
        timeline.sought = Some(message);
    }
}

/// Shows the message that is looked for, or loads further up until it is there.
pub(super) fn look_for(state: &mut State, turn: &mut Turn) {
    let Some(timeline) = state.timelines.shown_mut().filter(|it| it.loaded) else {
        return;
    };
    let Some(sought) = &timeline.sought else {
        return;
    };
    let found = timeline.find(sought).map(|held| held.key.clone());
    if let Some(key) = found {
        let count = timeline.found.as_ref().map_or(0, |found| found.count) + 1;
        timeline.found = Some(Found { key, count });
        timeline.sought = None;
        turn.render(Slice::Timeline);
    } else if timeline.has_older {
        intents::load_older(state, u32::MAX, turn);
    } else {
        timeline.sought = None;
    }
}

/// The agent wants to know what a message said before, or no longer.
#[cfg(feature = "agent")]
pub(super) fn toggle_history(state: &mut State, key: &str, turn: &mut Turn) {
    use crate::outgoing::Outgoing;
    use protocol::agent::{AgentCommand, FetchHistory};

    let Some(message) = row(state, key).map(|held| held.message.id.clone()) else {
        return;
    };
    let Some(timeline) = state.timelines.shown_mut() else {
        return;
    };
    let before = timeline.histories.len();
    timeline.histories.retain(|(of, _)| *of != message);
    turn.render(Slice::Timeline);
    if timeline.histories.len() == before && state.connection.is_online() {
        let conversation = timeline.id.clone();
        let query = Query::History(conversation.clone(), message.clone());
        turn.send(Outgoing::Agent(AgentCommand::FetchHistory(FetchHistory {
            reference: state.queries.ask(query),
            conversation,
            message,
        })));
    }
}

/// What a message said before has come.
#[cfg(feature = "agent")]
pub(super) fn history_fetched(
    state: &mut State,
    fetched: protocol::agent::HistoryFetched,
    turn: &mut Turn,
) {
    if let Some(Query::History(place, message)) = state.queries.answered(fetched.reference)
        && let Some(timeline) = state.timelines.get_mut(&place)
    {
        timeline.histories.retain(|(of, _)| *of != message);
        timeline.histories.push((message, fetched.texts));
        turn.render(Slice::Timeline);
    }
}
