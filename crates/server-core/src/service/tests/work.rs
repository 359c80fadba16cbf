//! Agents at work: what the tests of states and offers say in short.

use std::ops::Deref;
use std::sync::Arc;

use protocol::agent::{
    AcceptOffer, AgentFrame, Availability, BusyReason, DeclineOffer, DeclineReason, Desk, Offer,
    OfferStatus, SetState,
};
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::{ConversationId, OfferId};

use super::house::{House, agent, agent_id};
use crate::domain::Principal;
use crate::error::Error;
use crate::ports::Storage;
use crate::service::DEMO_PASSWORD;
use crate::settings::{OfferSettings, Settings};

pub(super) const SECOND: i64 = 1000;
pub(super) const MINUTE: i64 = 60 * SECOND;

/// The demo house with somebody at the dispatcher's desk.
pub(super) struct Work {
    pub(super) house: House,
}

impl Deref for Work {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

impl Work {
    /// These agents have a screen; nobody else does.
    pub(super) fn with(here: &[&str]) -> Self {
        Self::set(here, OfferSettings::default())
    }

    pub(super) fn set(here: &[&str], offers: OfferSettings) -> Self {
        let house = House::with(Settings {
            offers,
            visitor_posts: Vec::new(),
            visitor_commands: Vec::new(),
            ..Settings::default()
        });
        let work = Self { house };
        for name in here {
            work.comes(name);
        }
        work.distribute();
        work
    }

    /// On a storage of the test's own.
    pub(super) fn on(storage: Arc<dyn Storage>) -> Self {
        Self {
            house: House::on(storage, Settings::default()),
        }
    }

    /// The same house after the server was started anew.
    pub(super) fn again(storage: Arc<dyn Storage>) -> Self {
        let work = Self::on(storage);
        // Names that were drawn before do not come again.
        for _ in 0..10_000 {
            work.fresh();
            work.service.ports.entropy.draw();
        }
        work
    }

    pub(super) fn signs_in(&self, name: &str) -> String {
        let email = format!("{name}@example.com");
        let signed_in = self.service.sign_in(&email, DEMO_PASSWORD);
        signed_in.unwrap().token
    }

    pub(super) fn says_in(&self, name: &str, id: &ConversationId, text: &str) {
        self.post_to(&agent(name), id, text).unwrap();
    }

    pub(super) fn comes(&self, name: &str) {
        self.service.agent_arrived(&agent_id(name));
    }

    pub(super) fn goes(&self, name: &str) {
        self.service.agent_left(&agent_id(name));
    }

    pub(super) fn distribute(&self) {
        let next = self.service.distribute().unwrap();
        assert!(next.is_none_or(|next| next > self.now()));
    }

    /// Lets time pass as the server does: it acts whenever something is due.
    pub(super) fn pass(&self, millis: i64) {
        let end = self.now().plus(millis);
        while let Some(next) = self.service.distribute().unwrap() {
            if next > end {
                break;
            }
            self.wait(next.since(self.now()));
        }
        self.wait(end.since(self.now()));
        self.distribute();
    }

    /// Somebody new has written, and was seen to.
    pub(super) fn waits(&self) -> (Principal, ConversationId) {
        let pair = self.conversation();
        self.distribute();
        pair
    }

    pub(super) fn desk(&self, name: &str) -> Desk {
        self.list(name).desk.unwrap()
    }

    pub(super) fn is(&self, name: &str) -> Availability {
        self.desk(name).state.availability
    }

    pub(super) fn load(&self, name: &str) -> u32 {
        self.desk(name).state.load
    }

    /// The only open offer of an agent.
    pub(super) fn offer(&self, name: &str) -> Offer {
        let offers = self.desk(name).offers;
        assert_eq!(offers.len(), 1, "{offers:?}");
        offers.into_iter().next().unwrap()
    }

    pub(super) fn open_offers(&self, name: &str) -> usize {
        self.desk(name).offers.len()
    }

    /// Who holds an offer of the conversation.
    pub(super) fn asked(&self, id: &ConversationId) -> Vec<&'static str> {
        let has = |name: &&str| {
            let offers = self.desk(name).offers;
            offers.iter().any(|offer| offer.conversation == *id)
        };
        ["ana", "ben", "sol"].into_iter().filter(has).collect()
    }

    pub(super) fn accept(&self, name: &str, offer: &OfferId) -> Result<Done, Error> {
        let order = AcceptOffer {
            client_id: self.fresh(),
            offer: offer.clone(),
        };
        self.service.accept_offer(&agent_id(name), &order)
    }

    pub(super) fn decline(&self, name: &str, offer: &OfferId) -> Result<Done, Error> {
        let order = DeclineOffer {
            client_id: self.fresh(),
            offer: offer.clone(),
            reason: DeclineReason::NotMyField,
        };
        self.service.decline_offer(&agent_id(name), &order)
    }

    pub(super) fn becomes(&self, name: &str, availability: Availability) -> Result<Done, Error> {
        self.says(name, availability, None)
    }

    pub(super) fn says(
        &self,
        name: &str,
        availability: Availability,
        reason: Option<BusyReason>,
    ) -> Result<Done, Error> {
        let order = SetState {
            client_id: self.fresh(),
            availability,
            reason,
        };
        self.service.set_state(&agent_id(name), &order)
    }

    /// How an offer stands, as its agent is told.
    pub(super) fn told(&self, name: &str, id: &OfferId) -> Offer {
        let frames = self.agent_frames(name, &Feed::Agent(agent_id(name)));
        let mut offers = frames.into_iter().filter_map(|frame| match frame {
            AgentFrame::OfferChanged(it) if it.offer.id == *id => Some(it.offer),
            _ => None,
        });
        offers.next().unwrap()
    }

    pub(super) fn status(&self, name: &str, id: &OfferId) -> OfferStatus {
        self.told(name, id).status
    }
}
