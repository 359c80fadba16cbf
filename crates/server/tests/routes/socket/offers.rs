//! Waiting sessions are offered to agents on their sockets, by a server that acts by itself.

use protocol::agent::{
    AcceptOffer, AgentFrame, AgentState, Availability, BusyReason, DeclineOffer, DeclineReason,
    Offer, OfferStatus, SetState,
};
use protocol::error::ErrorCode;
use protocol::ids::{ClientId, ConversationId, OfferId};
use protocol::message::SystemEventKind;

use crate::support::{AGENT, Agent, Place, Visitor, client_id, post, server};

const OTHER: &str = "ben@example.com";

impl Agent {
    /// Arrives and looks at the list, which begins the feeds.
    async fn at_work(address: std::net::SocketAddr, email: &str) -> Self {
        let mut agent = Self::arrive(address, email).await;
        agent.list().await;
        agent
    }

    /// The next offer that stands like this.
    async fn offer(&mut self, status: OfferStatus) -> Offer {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::OfferChanged(told) if told.offer.status == status => Some(told.offer),
                _ => None,
            })
            .await
            .unwrap()
    }

    /// The next state of this availability.
    async fn state(&mut self, availability: Availability) -> AgentState {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::StateChanged(told) if told.state.availability == availability => {
                    Some(told.state)
                }
                _ => None,
            })
            .await
            .unwrap()
    }

    async fn accept(&mut self, offer: &OfferId) -> ClientId {
        let client_id = client_id();
        self.send(AcceptOffer {
            client_id: client_id.clone(),
            offer: offer.clone(),
        })
        .await;
        client_id
    }

    async fn says(&mut self, availability: Availability, reason: Option<BusyReason>) -> Answer {
        let client_id = client_id();
        self.send(SetState {
            client_id: client_id.clone(),
            availability,
            reason,
        })
        .await;
        self.answer(&client_id).await
    }

    /// The answer to a command; entries before it are let go.
    async fn answer(&mut self, client_id: &ClientId) -> Answer {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::Done(done) if done.client_id == *client_id => Some(Ok(())),
                AgentFrame::Refused(refused) if refused.client_id.as_ref() == Some(client_id) => {
                    Some(Err(refused.refusal.code))
                }
                _ => None,
            })
            .await
            .unwrap()
    }
}

type Answer = Result<(), ErrorCode>;

async fn somebody_waits(visitor: &mut Visitor) -> ConversationId {
    visitor.post("Is anybody there?").await.conversation
}

#[tokio::test]
async fn a_session_is_offered_accepted_and_begun() {
    let (_place, _server, address) = server().await;
    let mut agent = Agent::at_work(address, AGENT).await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = somebody_waits(&mut visitor).await;
    let offer = agent.offer(OfferStatus::Open).await;
    assert_eq!(offer.conversation, conversation);
    assert_eq!(offer.messages.last().unwrap().text, "Is anybody there?");
    assert_eq!(offer.expires_at.since(offer.offered_at), 30_000);
    // A fresh copy says the same.
    let desk = agent.list().await.desk.unwrap();
    assert_eq!(desk.offers, std::slice::from_ref(&offer));
    assert_eq!((desk.state.capacity, desk.state.load), (4, 1));

    visitor.open(&conversation).await;
    let accepted = agent.accept(&offer.id).await;
    assert_eq!(agent.answer(&accepted).await, Ok(()));
    let event = visitor.hear().await.message.event.unwrap();
    assert_eq!(event.kind, SystemEventKind::AgentJoined);
    let listed = agent.list().await;
    assert_eq!(listed.desk.unwrap().offers, []);
    assert_eq!(listed.rows[0].owner().unwrap().name, "Ana");
}

#[tokio::test]
async fn of_two_agents_one_wins_and_the_other_is_told_who() {
    let (_place, _server, address) = server().await;
    let mut ana = Agent::at_work(address, AGENT).await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = somebody_waits(&mut visitor).await;
    let offer = ana.offer(OfferStatus::Open).await;
    let mut ben = Agent::at_work(address, OTHER).await;
    let take = client_id();
    let order = protocol::agent::TakeConversation {
        client_id: take.clone(),
        conversation,
    };
    let (accept, ()) = tokio::join!(ana.accept(&offer.id), ben.send(order));
    let (accepted, taken) = (ana.answer(&accept).await, ben.answer(&take).await);
    let told = ana.list().await;
    let owner = told.rows[0].owner().unwrap().name.clone();
    match (accepted, taken) {
        (Ok(()), Err(ErrorCode::AlreadyTaken)) => assert_eq!(owner, "Ana"),
        (Err(ErrorCode::AlreadyTaken), Ok(())) => assert_eq!(owner, "Ben"),
        other => unreachable!("{other:?}"),
    }
    // Whoever comes too late to the next one is told who has it.
    let mut visitor = Visitor::arrive(address).await;
    let conversation = somebody_waits(&mut visitor).await;
    ben.says(Availability::Busy, None).await.unwrap();
    let offer = ana.offer(OfferStatus::Open).await;
    ben.take(&conversation).await;
    let told = ana.offer(OfferStatus::TakenByAnother).await;
    assert_eq!((&told.id, &told.messages), (&offer.id, &Vec::new()));
    assert_eq!(told.taken_by.unwrap().name, "Ben");
    let late = ana.accept(&offer.id).await;
    assert_eq!(ana.answer(&late).await, Err(ErrorCode::AlreadyTaken));
}

#[tokio::test]
async fn two_screens_of_an_agent_show_the_same() {
    let (_place, _server, address) = server().await;
    let mut here = Agent::at_work(address, AGENT).await;
    let mut there = Agent::at_work(address, AGENT).await;
    let mut visitor = Visitor::arrive(address).await;
    somebody_waits(&mut visitor).await;
    let offer = here.offer(OfferStatus::Open).await;
    assert_eq!(there.offer(OfferStatus::Open).await, offer);
    let (one, other) = tokio::join!(here.accept(&offer.id), there.accept(&offer.id));
    assert_eq!(here.answer(&one).await, Ok(()));
    assert_eq!(there.answer(&other).await, Ok(()));
    here.says(Availability::Busy, Some(BusyReason::Lunch))
        .await
        .unwrap();
    let state = there.state(Availability::Busy).await;
    assert_eq!((state.reason, state.load), (Some(BusyReason::Lunch), 1));
    let refused = here.says(Availability::Missed, None).await;
    assert_eq!(refused, Err(ErrorCode::BadFrame));
}

#[tokio::test]
async fn what_one_declines_another_is_offered() {
    let (_place, _server, address) = server().await;
    let mut ana = Agent::at_work(address, AGENT).await;
    let mut visitor = Visitor::arrive(address).await;
    somebody_waits(&mut visitor).await;
    let offer = ana.offer(OfferStatus::Open).await;
    let mut ben = Agent::at_work(address, OTHER).await;
    let client_id = client_id();
    ana.send(DeclineOffer {
        client_id: client_id.clone(),
        offer: offer.id.clone(),
        reason: DeclineReason::Busy,
    })
    .await;
    assert_eq!(ana.answer(&client_id).await, Ok(()));
    let next = ben.offer(OfferStatus::Open).await;
    assert_eq!(next.conversation, offer.conversation);
    assert_eq!(next.waiting_since, offer.waiting_since);
}

#[tokio::test]
async fn signing_out_passes_on_what_was_offered_and_owned() {
    let (_place, _server, address) = server().await;
    let mut ana = Agent::at_work(address, AGENT).await;
    let mut visitor = Visitor::arrive(address).await;
    let owned = somebody_waits(&mut visitor).await;
    let offer = ana.offer(OfferStatus::Open).await;
    let accepted = ana.accept(&offer.id).await;
    ana.answer(&accepted).await.unwrap();
    let mut second = Visitor::arrive(address).await;
    let offered = somebody_waits(&mut second).await;
    ana.offer(OfferStatus::Open).await;
    let mut ben = Agent::at_work(address, OTHER).await;
    let page = format!("http://{address}");
    let headers = [("Cookie", ana.cookie.as_str()), ("Origin", &page)];
    let answer = post(address, "/v1/sign-out", &headers, "").await;
    assert_eq!(answer.status, 204);
    let mut got = [
        ben.offer(OfferStatus::Open).await.conversation,
        ben.offer(OfferStatus::Open).await.conversation,
    ];
    got.sort();
    let mut wanted = [owned, offered];
    wanted.sort();
    assert_eq!(got, wanted);
}

#[tokio::test]
async fn states_and_open_offers_outlive_the_server() {
    let place = Place::new();
    let server = place.start().await;
    let address = server.address();
    let mut ana = Agent::at_work(address, AGENT).await;
    let mut ben = Agent::at_work(address, OTHER).await;
    ben.says(Availability::Busy, Some(BusyReason::Meeting))
        .await
        .unwrap();
    let mut visitor = Visitor::arrive(address).await;
    somebody_waits(&mut visitor).await;
    let offer = ana.offer(OfferStatus::Open).await;
    server.stop().await;

    let server = place.start().await;
    let address = server.address();
    let mut ben = Agent::arrive(address, OTHER).await;
    let state = ben.list().await.desk.unwrap().state;
    assert_eq!(state.availability, Availability::Busy);
    assert_eq!(state.reason, Some(BusyReason::Meeting));
    let mut ana = Agent::arrive(address, AGENT).await;
    let offers = ana.list().await.desk.unwrap().offers;
    assert_eq!(offers, std::slice::from_ref(&offer));
    let accepted = ana.accept(&offer.id).await;
    assert_eq!(ana.answer(&accepted).await, Ok(()));
}

#[cfg(feature = "test-clock")]
mod in_time {
    use super::*;

    const SECOND: i64 = 1000;
    const MINUTE: i64 = 60 * SECOND;

    async fn advance(address: std::net::SocketAddr, millis: i64) {
        let body = format!(r#"{{"advance_ms":{millis}}}"#);
        let answer = post(address, "/v1/test-clock", &[], &body).await;
        assert_eq!(answer.status, 204);
    }

    #[tokio::test]
    async fn not_answered_in_time_goes_to_the_next_agent() {
        let (_place, _server, address) = server().await;
        let mut ana = Agent::at_work(address, AGENT).await;
        let mut visitor = Visitor::arrive(address).await;
        somebody_waits(&mut visitor).await;
        let offer = ana.offer(OfferStatus::Open).await;
        let mut ben = Agent::at_work(address, OTHER).await;
        advance(address, 30 * SECOND).await;
        assert_eq!(ana.offer(OfferStatus::Missed).await.id, offer.id);
        let next = ben.offer(OfferStatus::Open).await;
        assert_eq!(next.conversation, offer.conversation);
        let desk = ana.list().await.desk.unwrap();
        assert_eq!(desk.state.availability, Availability::Missed);
        assert_eq!(desk.state.missed.unwrap().offer, offer.id);
        let late = ana.accept(&offer.id).await;
        assert_eq!(ana.answer(&late).await, Err(ErrorCode::OfferOver));
        // Ben misses it, too; as soon as Ana is back she is asked again.
        advance(address, 30 * SECOND).await;
        ben.state(Availability::Missed).await;
        ana.says(Availability::Available, None).await.unwrap();
        let again = ana.offer(OfferStatus::Open).await;
        assert_eq!(again.conversation, offer.conversation);
    }

    #[tokio::test]
    async fn whose_screen_is_gone_is_asked_no_more_and_loses_the_sessions_in_the_end() {
        let (_place, server, address) = server().await;
        let mut ana = Agent::at_work(address, AGENT).await;
        let mut visitor = Visitor::arrive(address).await;
        let owned = somebody_waits(&mut visitor).await;
        let offer = ana.offer(OfferStatus::Open).await;
        let accepted = ana.accept(&offer.id).await;
        ana.answer(&accepted).await.unwrap();
        let mut second = Visitor::arrive(address).await;
        let offered = somebody_waits(&mut second).await;
        ana.offer(OfferStatus::Open).await;
        drop((ana, visitor, second));
        server.app().hub.emptied().await;

        let mut ben = Agent::at_work(address, OTHER).await;
        advance(address, 30 * SECOND).await;
        let offer = ben.offer(OfferStatus::Open).await;
        assert_eq!(offer.conversation, offered);
        let accepted = ben.accept(&offer.id).await;
        ben.answer(&accepted).await.unwrap();
        advance(address, 10 * MINUTE).await;
        assert_eq!(ben.offer(OfferStatus::Open).await.conversation, owned);
        let opened = ben.open(&owned).await;
        let event = opened.messages.last().unwrap().event.clone().unwrap();
        assert_eq!(event.kind, SystemEventKind::AgentLeft);
        // She has missed nothing: nothing was there to be seen.
        let mut ana = Agent::arrive(address, AGENT).await;
        let state = ana.list().await.desk.unwrap().state;
        assert_eq!(state.availability, Availability::Available);
    }
}
