//! An agent takes what is offered, or does not.
//!
//! Invariant: an offer is answered once, before its deadline by the server's clock. Who comes too
//! late learns whether somebody else has the session (`already_taken`) or not (`offer_over`).

use protocol::agent::{AcceptOffer, DeclineOffer, DeclineReason, OfferStatus};
use protocol::error::ErrorCode;
use protocol::hello::Done;
use protocol::ids::{AgentId, OfferId};

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, OfferRecord, Principal};
use crate::error::Error;
use crate::ports::storage::Reading;
use crate::rules::access::{self, Reader};
use crate::rules::edit::Edit;
use crate::rules::{attendance, offering};

impl Service {
    /// Makes the agent the owner of the offer's conversation. What they own already is done, so
    /// that two of their screens may accept at once.
    pub fn accept_offer(&self, agent: &AgentId, order: &AcceptOffer) -> Result<Done, Error> {
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["accept_offer", order.offer.as_str()]),
        };
        self.once(&command, |change| {
            let offer = own_offer(change.reading(), agent, &order.offer)?;
            let id = &offer.conversation;
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            if record.owner.as_ref().is_some_and(|it| it.agent == *agent) {
                return Ok(None);
            }
            if !offer.is_open_at(change.now) {
                return Err(too_late(record.owner.is_some()));
            }
            let mut edit = Edit::of(record);
            attendance::take(change, &mut edit, agent)?;
            edit.finish(change)?;
            Ok(None)
        })
    }

    /// Notes that the agent does not want the session; it goes on to somebody else.
    pub fn decline_offer(&self, agent: &AgentId, order: &DeclineOffer) -> Result<Done, Error> {
        // A reason of a later version is one that has no name here.
        let reason = match order.reason {
            DeclineReason::Unknown => DeclineReason::Other,
            known => known,
        };
        let fields = ["decline_offer", order.offer.as_str(), reason.as_str()];
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&fields),
        };
        self.once(&command, |change| {
            let offer = own_offer(change.reading(), agent, &order.offer)?;
            if offer.status == OfferStatus::Declined {
                return Ok(None);
            }
            if !offer.is_open_at(change.now) {
                return Err(too_late(is_others(change.reading(), agent, &offer)?));
            }
            offering::decline(change, offer, reason)?;
            Ok(None)
        })
    }
}

/// The offer; nobody is told that something was offered to somebody else.
fn own_offer(reading: &dyn Reading, agent: &AgentId, id: &OfferId) -> Result<OfferRecord, Error> {
    let found = reading.offer(id)?.filter(|offer| offer.agent == *agent);
    Ok(found.ok_or(ErrorCode::NotFound)?)
}

fn is_others(reading: &dyn Reading, agent: &AgentId, offer: &OfferRecord) -> Result<bool, Error> {
    let conversation = reading.conversation(&offer.conversation)?;
    let owner = conversation.and_then(|record| record.owner);
    Ok(owner.is_some_and(|owner| owner.agent != *agent))
}

fn too_late(others: bool) -> Error {
    if others {
        ErrorCode::AlreadyTaken.into()
    } else {
        ErrorCode::OfferOver.into()
    }
}
