//! Offers: holding a session out to an agent, and how that ends.
//!
//! Invariants: a session is held out to one agent at a time; whatever becomes of an offer, its
//! agent's screens are told in the same transaction.

use protocol::agent::{Availability, DeclineReason, OfferReason, OfferStatus};
use protocol::feed::Feed;
use protocol::ids::{AgentId, OfferId, SessionId};

use super::availability;
use super::change::Change;
use super::expertise;
use super::waiting;
use crate::domain::{
    AgentRecord, ConversationRecord, OfferRecord, SessionFacts, SessionRecord, Subject,
};
use crate::error::{Error, StorageError};
use crate::ports::storage::Stored;

/// Holds the session out to the agent until the channel's deadline.
pub(crate) fn hold_out(
    change: &mut Change<'_>,
    record: &ConversationRecord,
    session: &SessionRecord,
    agent: &AgentRecord,
    reasons: Vec<OfferReason>,
) -> Result<(), Error> {
    let offer = offer(change, record, session, agent, reasons)?;
    note_turn(change, agent)?;
    count(change, &session.id, |facts| facts.offers += 1)?;
    keep(change, &offer)
}

/// Gives the session to the agent without asking; the caller makes them its owner. It is told
/// like an offer, so that their screens know why a conversation opens.
pub(crate) fn give(
    change: &mut Change<'_>,
    record: &ConversationRecord,
    session: &SessionRecord,
    agent: &AgentRecord,
    reasons: Vec<OfferReason>,
) -> Result<(), Error> {
    let offer = offer(change, record, session, agent, reasons)?;
    note_turn(change, agent)?;
    end(change, offer, OfferStatus::AutoAccepted)
}

fn offer(
    change: &Change<'_>,
    record: &ConversationRecord,
    session: &SessionRecord,
    agent: &AgentRecord,
    reasons: Vec<OfferReason>,
) -> Result<OfferRecord, Error> {
    let id = OfferId::parse(&change.name())
        .ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()))?;
    let own = &agent.profile.expertise;
    let wanted = expertise::of_session(session);
    Ok(OfferRecord {
        id,
        session: session.id.clone(),
        conversation: record.id.clone(),
        agent: agent.id.clone(),
        status: OfferStatus::Open,
        taken_by: None,
        decline_reason: None,
        own_expertise: wanted.iter().any(|wanted| own.contains(wanted)),
        expertise: wanted,
        reasons,
        waiting_since: session.waiting_since.unwrap_or(change.now),
        offered_at: change.now,
        expires_at: change.now.plus(held_out_ms(change, record)?),
        ended_at: None,
    })
}

/// Counts what happened to an offer in its session.
fn count(
    change: &mut Change<'_>,
    session: &SessionId,
    happened: impl FnOnce(&mut SessionFacts),
) -> Result<(), Error> {
    if let Some(mut session) = change.tx.session(session)? {
        happened(&mut session.facts);
        change.tx.put_session(&session)?;
    }
    Ok(())
}

/// Others come first next time.
fn note_turn(change: &mut Change<'_>, agent: &AgentRecord) -> Result<(), Error> {
    let mut state = availability::state(change.reading(), agent)?;
    state.last_offered_at = Some(change.now);
    change.tx.put_agent_state(&state)?;
    Ok(())
}

fn held_out_ms(change: &Change<'_>, record: &ConversationRecord) -> Stored<i64> {
    let channel = change.tx.channel(&record.channel)?;
    let own = channel.and_then(|channel| channel.settings.offer_seconds);
    Ok(own.map_or(change.offers.held_out_ms, |seconds| {
        i64::from(seconds) * 1000
    }))
}

/// Ends an open offer.
pub(crate) fn end(
    change: &mut Change<'_>,
    mut offer: OfferRecord,
    status: OfferStatus,
) -> Result<(), Error> {
    offer.status = status;
    offer.ended_at = Some(change.now);
    keep(change, &offer)
}

/// Ends an open offer because somebody else answers for the conversation now.
pub(crate) fn taken_by_another(
    change: &mut Change<'_>,
    mut offer: OfferRecord,
    by: &AgentId,
) -> Result<(), Error> {
    offer.taken_by = Some(by.clone());
    end(change, offer, OfferStatus::TakenByAnother)
}

/// The agent says no; somebody else is asked.
pub(crate) fn decline(
    change: &mut Change<'_>,
    mut offer: OfferRecord,
    reason: DeclineReason,
) -> Result<(), Error> {
    waiting::passed(change, &offer.session, &offer.agent)?;
    offer.decline_reason = Some(reason);
    end(change, offer, OfferStatus::Declined)
}

/// The deadline has passed in front of the agent's eyes. Nothing more is offered to them until
/// they say that they are back, unless this miss is forgiven.
pub(crate) fn miss(change: &mut Change<'_>, offer: OfferRecord) -> Result<(), Error> {
    let (id, agent) = (offer.id.clone(), offer.agent.clone());
    waiting::passed(change, &offer.session, &agent)?;
    count(change, &offer.session, |facts| facts.missed += 1)?;
    end(change, offer, OfferStatus::Missed)?;
    let Some(record) = change.tx.agent(&agent)? else {
        return Ok(());
    };
    let mut state = availability::state(change.reading(), &record)?;
    if change.offers.forgive_first_miss && state.misses_forgiven == 0 {
        state.misses_forgiven = 1;
        change.tx.put_agent_state(&state)?;
        return Ok(());
    }
    state.missed = Some(id);
    availability::set(change, state, Availability::Missed)
}

/// Ends all open offers of an agent; the sessions go on to others.
pub(crate) fn end_all(
    change: &mut Change<'_>,
    agent: &AgentId,
    status: OfferStatus,
) -> Result<(), Error> {
    for offer in change.tx.open_offers(agent)? {
        end(change, offer, status)?;
    }
    Ok(())
}

fn keep(change: &mut Change<'_>, offer: &OfferRecord) -> Result<(), Error> {
    change.tx.put_offer(offer)?;
    let feed = Feed::Agent(offer.agent.clone());
    change.entry(feed, &Subject::Offer(offer.id.clone()))?;
    // Who watches sees that it is held out, and that it is no longer.
    let watched = Feed::Conversation(offer.conversation.clone());
    change.entry(watched, &Subject::Session(offer.conversation.clone()))?;
    change.agent_changed(&offer.agent)?;
    change.session_changed(&offer.session);
    Ok(())
}
