//! What follows from the state, whatever happened last: what is read, what has to be asked, what
//! may be sent, which timers run.

use protocol::receipt::Reached;
use protocol::time::Timestamp;
use protocol::version::Capability;
use protocol::visitor::OpenConversation;

use super::intents::PAGE;
use super::{changes, links, visit};
use crate::connection::queries::Query;
use crate::effect::{Slice, Timer};
use crate::outgoing::Shared;
use crate::side::Party;
use crate::state::State;
use crate::turn::Turn;

pub(super) fn settle(state: &mut State, turn: &mut Turn) {
    if state.is_complete() {
        settle_all(state, turn);
    } else {
        visit::reveal(state, turn);
        if state.connection.is_online() {
            let party = state.party();
            state.outbox.send_due(party, &state.session.limits, turn);
        }
    }
    set_timers(state, turn);
}

/// The same for the whole program. Entered from outside.
#[inline(never)]
fn settle_all(state: &mut State, turn: &mut Turn) {
    look(state, turn);
    #[cfg(feature = "agent")]
    super::notes::look(state, turn);
    visit::reveal(state, turn);
    changes::look_for(state, turn);
    #[cfg(feature = "agent")]
    super::information::settle(state, turn);
    if state.connection.is_online() {
        let party = state.party();
        ask_for_copies(state, turn);
        links::ask(state, turn);
        let timelines = &state.timelines;
        state.outbox.take_over(|id| timelines.hold(id), turn);
        let token = state.session.token();
        state.outbox.upload_due(token, turn);
        state.outbox.send_due(party, &state.session.limits, turn);
        state.receipts.send_due(party, turn);
        state.errands.send_due(turn);
    }
    let due = state.typing.next_due();
    set_timer(Timer::OthersTyping, due, &mut state.typing_timer, turn);
    #[cfg(feature = "agent")]
    {
        let is_shown = state.receipts.is_page_shown();
        let due = state.desk.next_due(turn.now, is_shown);
        set_timer(Timer::Desk, due, &mut state.desk.timer, turn);
        let due = state.shared_notes.next_due();
        set_timer(Timer::SharedNotes, due, &mut state.shared_notes.timer, turn);
    }
}

/// Notes what the person has received and read of the conversation on screen.
fn look(state: &mut State, turn: &mut Turn) {
    let party = state.party();
    let is_reading = state.receipts.is_reading();
    let known = known_to_server(state);
    let Some(timeline) = state.timelines.shown_mut() else {
        return;
    };
    let Some(newest) = timeline.newest_countable(party) else {
        return;
    };
    let before = (timeline.read_up_to, timeline.divider);
    if is_reading {
        timeline.read_to(newest);
    } else {
        timeline.draw_divider(party);
    }
    if before != (timeline.read_up_to, timeline.divider) {
        turn.render(Slice::Timeline);
        #[cfg(feature = "agent")]
        turn.render(Slice::Roster);
    }
    if timeline.loaded && state.session.offers(Capability::Receipts) {
        let wanted = Reached {
            delivered: newest,
            read: if is_reading { newest } else { known.read },
        };
        let id = timeline.id.clone();
        state.receipts.want(&id, wanted, known);
    }
}

/// How far the server knows this person to be in the conversation on screen. Of the agents it
/// tells only the furthest; one agent's own place is known when nothing is unread for them.
fn known_to_server(state: &State) -> Reached {
    let Some(timeline) = state.timelines.shown() else {
        return Reached::default();
    };
    match state.party() {
        Party::Visitor => timeline.receipts.visitor,
        #[cfg(feature = "agent")]
        Party::Agent => {
            let all_read = state
                .roster
                .get(&timeline.id)
                .is_some_and(|row| row.unread == 0);
            let agents = timeline.receipts.agents;
            Reached {
                delivered: agents.delivered,
                read: if all_read {
                    agents.read
                } else {
                    Reached::default().read
                },
            }
        }
    }
}

/// Asks for the copies that are missing.
fn ask_for_copies(state: &mut State, turn: &mut Turn) {
    if state.queries.is_paused(turn.now) {
        return;
    }
    state.queries.paused_until = None;
    let party = state.party();
    let limit = PAGE.min(state.session.limits.page_rows);
    if let Some(timeline) = state.timelines.shown()
        && timeline.wants_copy
    {
        let conversation = timeline.id.clone();
        let query = Query::Open(conversation.clone());
        if !state.queries.is_pending(&query) {
            turn.send(
                OpenConversation {
                    reference: state.queries.ask(query),
                    conversation,
                    limit,
                }
                .by(party),
            );
        }
    }
    #[cfg(feature = "agent")]
    if party == Party::Agent {
        ask_for_list(state, turn);
    }
}

#[cfg(feature = "agent")]
fn ask_for_list(state: &mut State, turn: &mut Turn) {
    use crate::outgoing::Outgoing;
    use protocol::agent::{AgentCommand, ListConversations};

    if state.queries.is_pending(&Query::List) || state.queries.is_pending(&Query::MoreList) {
        return;
    }
    let (query, after) = if !state.roster.current {
        (Query::List, None)
    } else if state.roster.more_wanted && state.roster.next.is_some() {
        (Query::MoreList, state.roster.next.clone())
    } else {
        state.roster.more_wanted = false;
        return;
    };
    turn.send(Outgoing::Agent(AgentCommand::ListConversations(
        ListConversations {
            reference: state.queries.ask(query),
            after,
            limit: crate::roster::PAGE.min(state.session.limits.page_rows),
        },
    )));
}

/// Sets the timers whose moments follow from the state, when those moments changed.
fn set_timers(state: &mut State, turn: &mut Turn) {
    let due = if !state.connection.is_online() {
        None
    } else if state.is_complete() {
        next_due(state, turn.now)
    } else {
        state.outbox.next_answer_due()
    };
    set_timer(Timer::Outbox, due, &mut state.outbox_timer, turn);
    let due = state.greeting.next_due();
    set_timer(Timer::Greeting, due, &mut state.greeting_timer, turn);
    let due = Some(state.next_hour());
    if due != state.hour_timer {
        turn.render(Slice::Timeline);
    }
    set_timer(Timer::Hour, due, &mut state.hour_timer, turn);
}

/// When something has to be sent or looked at again while connected. Entered from outside.
#[inline(never)]
fn next_due(state: &State, now: Timestamp) -> Option<Timestamp> {
    let due = [
        state.outbox.next_due(),
        state.errands.next_due(),
        state.receipts.next_due(),
        state.queries.paused_until,
        links::next_due(state, now),
    ];
    due.into_iter().flatten().min()
}

#[inline(never)]
fn set_timer(
    timer: Timer,
    due: Option<Timestamp>,
    running: &mut Option<Timestamp>,
    turn: &mut Turn,
) {
    if due == *running {
        return;
    }
    *running = due;
    match due {
        Some(at) => {
            let after = at.since(turn.now).clamp(0, i64::from(u32::MAX));
            turn.set_timer(timer, after as u32);
        }
        None => turn.cancel_timer(timer),
    }
}
