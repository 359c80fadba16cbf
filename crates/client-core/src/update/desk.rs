//! The agent's desk: what the server and the agent say about state and offers, and what follows
//! from it for the list, the conversation on screen and the page that rings.

use protocol::agent::{
    AcceptOffer, AgentCommand, Availability, BusyReason, DeclineOffer, DeclineReason, Desk, Offer,
    OfferChanged, OfferStatus, SetState, StateChanged,
};
use protocol::error::ErrorCode;
use protocol::ids::{ClientId, OfferId};

use super::entries;
use crate::desk::{Answer, Choice, NoticeKind, Over};
use crate::effect::{Alert, Slice};
use crate::outbox::errands::Purpose;
use crate::outgoing::Outgoing;
use crate::state::State;
use crate::turn::Turn;

/// A full copy came with the list. Offers that come with the first one were there before this
/// page; those of a later copy are news.
pub(super) fn listed(state: &mut State, copy: Option<Desk>, turn: &mut Turn) {
    let is_first = state.desk.own.told.is_none();
    let Some(copy) = copy else {
        return;
    };
    state.desk.clock.at_least(copy.state.since, turn.now);
    state.desk.own.tell(copy.state);
    let fresh = state.desk.offers.list(copy.offers);
    if !is_first && let Some(offer) = fresh.last() {
        bid(state, &offer.id, turn);
    }
    turn.render(Slice::Desk);
}

/// The agent's state is another.
pub(super) fn state_changed(state: &mut State, entry: StateChanged, turn: &mut Turn) {
    if entries::admit(state, &entry.feed, entry.seq, turn).is_none() {
        return;
    }
    state.desk.clock.at_least(entry.state.since, turn.now);
    state.desk.own.tell(entry.state);
    turn.render(Slice::Desk);
}

/// An offer is new or stands otherwise.
pub(super) fn offer_changed(state: &mut State, entry: OfferChanged, turn: &mut Turn) {
    if entries::admit(state, &entry.feed, entry.seq, turn).is_none() {
        return;
    }
    let offer = entry.offer;
    state.desk.clock.at_least(offer.offered_at, turn.now);
    if offer.status == OfferStatus::Missed {
        state.desk.clock.at_least(offer.expires_at, turn.now);
    }
    match state.desk.offers.change(offer.clone()) {
        Over::New => bid(state, &offer.id, turn),
        Over::Same | Over::AcceptedElsewhere => {}
        Over::AcceptedHere { leads } => accepted(state, &offer, leads, turn),
        Over::Given => given(state, offer, turn),
        Over::Lost => state.desk.notices.ended(&offer, turn.now),
    }
    turn.render(Slice::Desk);
}

fn bid(state: &mut State, offer: &OfferId, turn: &mut Turn) {
    let is_shown = state.receipts.is_page_shown();
    state.desk.ring.bid(offer, is_shown, turn);
}

/// A session was given to the agent without asking. The page they look at leads to it, and one
/// rings. What was given long ago, as a replay tells it, does neither.
fn given(state: &mut State, offer: Offer, turn: &mut Turn) {
    const NEWS_S: u32 = 30;
    let age = state.desk.clock.seconds_since(offer.offered_at, turn.now);
    if age <= NEWS_S {
        let is_shown = state.receipts.is_page_shown();
        accepted(state, &offer, is_shown, turn);
        bid(state, &offer.id, turn);
        state.desk.given = Some(offer);
    }
}

/// A session is the agent's now. Its conversation opens by itself, but nobody is led away from
/// what they are writing: then it is marked in the list (mission G1).
fn accepted(state: &mut State, offer: &Offer, leads: bool, turn: &mut Turn) {
    let is_here = state.timelines.shown_id() == Some(&offer.conversation);
    let is_writing = !state.composer.draft().trim().is_empty();
    if is_here || (leads && !is_writing) {
        turn.alert(Alert::LeadTo(offer.conversation.clone()));
    } else {
        state.desk.mark_arrived(offer.conversation.clone());
        let kind = NoticeKind::Arrived;
        state.desk.notices.about(kind, offer, turn.now);
        turn.render(Slice::Roster);
    }
    turn.render(Slice::Desk);
}

/// The agent chose a state. It shows at once as not confirmed; only the latest choice counts.
pub(super) fn set_state(
    state: &mut State,
    availability: Availability,
    reason: Option<BusyReason>,
    turn: &mut Turn,
) {
    let is_choice = matches!(
        availability,
        Availability::Available | Availability::Busy | Availability::Offline
    );
    if !is_choice || state.desk.own.told.is_none() {
        return;
    }
    let reason = reason.filter(|_| availability == Availability::Busy);
    let client_id = turn.client_id();
    state.desk.notices.state_chosen();
    state.desk.own.choice = Some(Choice {
        client_id: client_id.clone(),
        availability,
        reason,
        answered: false,
    });
    let order = SetState {
        client_id: client_id.clone(),
        availability,
        reason,
    };
    let frame = Outgoing::Agent(AgentCommand::SetState(order));
    state
        .errands
        .add(client_id.clone(), Purpose::State(client_id), frame);
    turn.render(Slice::Desk);
}

/// The agent takes a session.
pub(super) fn accept(state: &mut State, id: &OfferId, leads: bool, turn: &mut Turn) {
    if state
        .desk
        .offers
        .answer(id, Answer::Accepting { leads })
        .is_none()
    {
        return;
    }
    let client_id = turn.client_id();
    let order = AcceptOffer {
        client_id: client_id.clone(),
        offer: id.clone(),
    };
    let frame = Outgoing::Agent(AgentCommand::AcceptOffer(order));
    state
        .errands
        .add(client_id, Purpose::Offer(id.clone()), frame);
    turn.render(Slice::Desk);
}

/// The agent takes as many sessions as they may have, oldest first, and is led to the oldest.
pub(super) fn accept_all(state: &mut State, turn: &mut Turn) {
    let room = state.desk.own.room(state.desk.offers.len());
    let answered = state.desk.offers.accepting();
    let open = state.desk.offers.unanswered();
    let fitting = open.into_iter().take(room.saturating_sub(answered));
    for (place, id) in fitting.enumerate() {
        accept(state, &id, place == 0 && answered == 0, turn);
    }
}

/// The agent does not take a session.
pub(super) fn decline(state: &mut State, id: &OfferId, reason: DeclineReason, turn: &mut Turn) {
    if state.desk.offers.answer(id, Answer::Declining).is_none() {
        return;
    }
    let client_id = turn.client_id();
    let order = DeclineOffer {
        client_id: client_id.clone(),
        offer: id.clone(),
        reason,
    };
    let frame = Outgoing::Agent(AgentCommand::DeclineOffer(order));
    state
        .errands
        .add(client_id, Purpose::Offer(id.clone()), frame);
    turn.render(Slice::Desk);
}

/// The server took a choice of state.
pub(super) fn state_taken(state: &mut State, client_id: &ClientId, turn: &mut Turn) {
    state.desk.own.taken(client_id);
    turn.render(Slice::Desk);
}

/// The server refused a choice of state: the one before is back, and why is said.
pub(super) fn state_refused(
    state: &mut State,
    client_id: &ClientId,
    code: ErrorCode,
    turn: &mut Turn,
) {
    if state.desk.own.refused(client_id) {
        state.desk.notices.state_refused(code, turn.now);
    }
    turn.render(Slice::Desk);
}

/// The server took an answer to an offer. The entry that says so may come before or after.
pub(super) fn answer_taken(state: &mut State, id: &OfferId, turn: &mut Turn) {
    if let Some((offer, leads)) = state.desk.offers.accepted(id) {
        accepted(state, &offer, leads, turn);
    }
}

/// The server refused an answer. When the offer was over, the entry that says how may still
/// come, and then takes this notice's place.
pub(super) fn answer_refused(state: &mut State, id: &OfferId, code: ErrorCode, turn: &mut Turn) {
    let is_over = matches!(
        code,
        ErrorCode::OfferOver | ErrorCode::AlreadyTaken | ErrorCode::NotFound
    );
    if let Some(offer) = state.desk.offers.refused(id, is_over) {
        let kind = NoticeKind::Refused(code);
        state.desk.notices.about(kind, &offer, turn.now);
    }
    turn.render(Slice::Desk);
}

/// A second went by, or the bids for the sound are in.
pub(super) fn tick(state: &mut State, turn: &mut Turn) {
    state.desk.timer = None;
    state.desk.notices.pass(turn.now);
    let is_shown = state.receipts.is_page_shown();
    let open = state.desk.offers.newest();
    let newest = open.or(state.desk.given.as_ref()).cloned();
    let id = newest.as_ref().map(|offer| &offer.id);
    if state.desk.ring.due(id, is_shown, turn.now).is_some()
        && let Some(offer) = newest
    {
        turn.alert(Alert::OfferRings {
            offer: offer.id,
            channel: offer.channel,
            contact: offer.contact,
        });
    }
    if state.desk.ring.is_decided() {
        state.desk.given = None;
    }
    turn.render(Slice::Desk);
}
