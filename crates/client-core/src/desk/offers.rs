//! The open offers, oldest first, and what the agent has answered to each.

use protocol::agent::{Offer, OfferStatus};
use protocol::ids::OfferId;

/// What the agent answered; the server has not said so yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Yes. With several at once only the oldest leads to its conversation.
    Accepting { leads: bool },
    /// No.
    Declining,
}

/// An open offer.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) offer: Offer,
    pub(crate) answer: Option<Answer>,
}

/// What an entry made of an offer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// It is open, and was not known.
    New,
    /// It is open as before, or was over before.
    Same,
    /// It was accepted here; whether that leads to its conversation.
    AcceptedHere { leads: bool },
    /// It was accepted on another of the agent's pages.
    AcceptedElsewhere,
    /// The agent got it without being asked.
    Given,
    /// It ended otherwise.
    Lost,
}

/// All open offers.
#[derive(Debug, Default)]
pub(crate) struct Offers {
    held: Vec<Held>,
}

impl Offers {
    pub(crate) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Held> {
        self.held.iter()
    }

    pub(crate) fn get(&self, id: &OfferId) -> Option<&Held> {
        self.held.iter().find(|held| held.offer.id == *id)
    }

    fn get_mut(&mut self, id: &OfferId) -> Option<&mut Held> {
        self.held.iter_mut().find(|held| held.offer.id == *id)
    }

    fn remove(&mut self, id: &OfferId) -> Option<Held> {
        let at = self.held.iter().position(|held| held.offer.id == *id)?;
        Some(self.held.remove(at))
    }

    /// Takes a full copy; hands out the offers that were not known.
    pub(crate) fn list(&mut self, offers: Vec<Offer>) -> Vec<Offer> {
        let before = std::mem::take(&mut self.held);
        let mut fresh = Vec::new();
        for offer in offers {
            let known = before.iter().find(|held| held.offer.id == offer.id);
            if known.is_none() {
                fresh.push(offer.clone());
            }
            let answer = known.and_then(|held| held.answer);
            self.held.push(Held { offer, answer });
        }
        self.sort();
        fresh
    }

    /// Takes an entry.
    pub(crate) fn change(&mut self, offer: Offer) -> Over {
        if offer.status == OfferStatus::Open {
            if let Some(held) = self.get_mut(&offer.id) {
                held.offer = offer;
                return Over::Same;
            }
            self.held.push(Held {
                offer,
                answer: None,
            });
            self.sort();
            return Over::New;
        }
        let before = self.remove(&offer.id);
        match (offer.status, before) {
            (
                OfferStatus::Accepted,
                Some(Held {
                    answer: Some(Answer::Accepting { leads }),
                    ..
                }),
            ) => Over::AcceptedHere { leads },
            (OfferStatus::Accepted, Some(_)) => Over::AcceptedElsewhere,
            // The answer to the command may come first; then the offer is gone already.
            (OfferStatus::Accepted, None) => Over::Same,
            (OfferStatus::AutoAccepted, _) => Over::Given,
            _ => Over::Lost,
        }
    }

    fn sort(&mut self) {
        let age = |held: &Held| (held.offer.offered_at, held.offer.id.clone());
        self.held.sort_by_key(age);
    }

    /// Notes what the agent answers; nothing when the offer is over or answered.
    pub(crate) fn answer(&mut self, id: &OfferId, answer: Answer) -> Option<&Offer> {
        let held = self.get_mut(id)?;
        if held.answer.is_some() {
            return None;
        }
        held.answer = Some(answer);
        Some(&held.offer)
    }

    /// The offers that wait for the agent's answer, oldest first.
    pub(crate) fn unanswered(&self) -> Vec<OfferId> {
        let waiting = self.held.iter().filter(|held| held.answer.is_none());
        waiting.map(|held| held.offer.id.clone()).collect()
    }

    /// The server took an acceptance: where it leads, if the entry has not said so before.
    pub(crate) fn accepted(&mut self, id: &OfferId) -> Option<(Offer, bool)> {
        let Some(Answer::Accepting { leads }) = self.get(id)?.answer else {
            return None;
        };
        let held = self.remove(id)?;
        Some((held.offer, leads))
    }

    /// The server refused an answer for good. When the offer is over it goes, else it can be
    /// answered again. Hands out the offer if it is still here.
    pub(crate) fn refused(&mut self, id: &OfferId, is_over: bool) -> Option<Offer> {
        if is_over {
            return self.remove(id).map(|held| held.offer);
        }
        let held = self.get_mut(id)?;
        held.answer = None;
        Some(held.offer.clone())
    }

    /// How many acceptances are on their way.
    pub(crate) fn accepting(&self) -> usize {
        let is_accepting = |held: &&Held| matches!(held.answer, Some(Answer::Accepting { .. }));
        self.held.iter().filter(is_accepting).count()
    }

    /// The newest.
    pub(crate) fn newest(&self) -> Option<&Offer> {
        self.held.last().map(|held| &held.offer)
    }
}
