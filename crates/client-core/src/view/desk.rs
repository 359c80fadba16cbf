//! The desk: the agent's state with its clock, open offers with theirs, what became of others
//! (mission W1 to W3).

use protocol::agent::{AgentState, Availability, BusyReason, MissedOffer, Offer};
use protocol::time::Timestamp;
use protocol::version::Capability;

use crate::desk::{Answer, DeskNotice, Held};
use crate::state::State;

/// What the desk shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskView {
    /// The agent's state, where there is such a thing and once it is known.
    pub state: Option<OwnStateView>,
    /// Open offers, oldest first.
    pub offers: Vec<OfferView>,
    /// How many of them "accept all" would take.
    pub fitting: usize,
    /// What became of others, oldest first.
    pub notices: Vec<DeskNotice>,
    /// The time at the server in whole seconds, for what else waits on the screen.
    pub time: Timestamp,
    /// How far the server's clock is ahead of this device's, in milliseconds.
    pub clock_ahead_ms: i64,
}

/// The agent's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStateView {
    /// Whether they take work.
    pub availability: Availability,
    /// Why they are busy.
    pub reason: Option<BusyReason>,
    /// Whether this is what they chose and the server has not confirmed.
    pub is_pending: bool,
    /// Whole seconds since it began; nothing while it is not confirmed.
    pub seconds: Option<u32>,
    /// What was missed, while missed.
    pub missed: Option<MissedOffer>,
}

/// An open offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferView {
    /// The offer.
    pub offer: Offer,
    /// Whole seconds the visitor has waited.
    pub waited: u32,
    /// Whole seconds that are left.
    pub left: u32,
    /// Whole seconds it is held out in all.
    pub total: u32,
    /// What the agent answered, on its way.
    pub answer: Option<OfferAnswer>,
}

/// What the agent answered to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferAnswer {
    /// Yes.
    Accepting,
    /// No.
    Declining,
}

impl DeskView {
    pub(crate) fn of(state: &State) -> Self {
        let desk = &state.desk;
        let clock_ahead_ms = desk.clock.ahead_ms();
        let Some(told) = &desk.own.told else {
            return Self {
                clock_ahead_ms,
                ..Self::default()
            };
        };
        if !state.session.offers(Capability::Offers) {
            return Self {
                clock_ahead_ms,
                ..Self::default()
            };
        }
        let offers: Vec<OfferView> = desk
            .offers
            .iter()
            .map(|held| offer(state, held))
            // Without a connection nobody says that it is over.
            .filter(|view| view.left > 0 || state.connection.is_online())
            .collect();
        Self {
            state: Some(own_state(state, told)),
            fitting: desk.own.room(offers.len()),
            offers,
            notices: desk.notices.iter().cloned().collect(),
            time: whole_second(desk.clock.time(state.last_input)),
            clock_ahead_ms,
        }
    }
}

fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp(time.0 - time.0.rem_euclid(1000))
}

fn own_state(state: &State, told: &AgentState) -> OwnStateView {
    match &state.desk.own.choice {
        Some(choice) => OwnStateView {
            availability: choice.availability,
            reason: choice.reason,
            is_pending: !choice.answered,
            seconds: None,
            missed: None,
        },
        None => {
            let clock = state.desk.clock;
            OwnStateView {
                availability: told.availability,
                reason: told.reason,
                is_pending: false,
                seconds: Some(clock.seconds_since(told.since, state.last_input)),
                missed: told.missed.clone(),
            }
        }
    }
}

fn offer(state: &State, held: &Held) -> OfferView {
    let (clock, now) = (state.desk.clock, state.last_input);
    let offer = held.offer.clone();
    let total = offer.expires_at.since(offer.offered_at).max(0) / 1000;
    OfferView {
        waited: clock.seconds_since(offer.waiting_since, now),
        left: clock.seconds_until(offer.expires_at, now),
        total: u32::try_from(total).unwrap_or(u32::MAX),
        answer: held.answer.map(|answer| match answer {
            Answer::Accepting { .. } => OfferAnswer::Accepting,
            Answer::Declining => OfferAnswer::Declining,
        }),
        offer,
    }
}
