//! An agent's desk: the state, the offers and their clocks, what became of them, which page
//! rings.

use client_core::view::{DeskView, NoticeKind, OfferAnswer, OwnStateView};
use client_core::{Alert, Event, Incoming, Intent, Side, Timer};
use protocol::agent::{
    AgentCommand, AgentState, Availability, BusyReason, DeclineReason, Desk, MissedOffer, Offer,
    OfferChanged, OfferStatus, StateChanged,
};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{ClientId, OfferId};
use protocol::seq::Seq;
use protocol::time::Timestamp;
use protocol::version::Capability;

use crate::attending::*;
use crate::client::*;

const DAY: i64 = 86_400_000;

fn offer_id(id: &str) -> OfferId {
    OfferId::parse(id).unwrap()
}

fn available() -> AgentState {
    AgentState {
        availability: Availability::Available,
        reason: None,
        since: Timestamp(NOON - 60_000),
        missed: None,
        capacity: 4,
        load: 0,
    }
}

/// An offer of the conversation `c-<id>`, held out for 30 seconds after `at`.
fn offer(id: &str, at: i64) -> Offer {
    let row = summary(&format!("c-{id}"), "support", 1);
    Offer {
        id: offer_id(id),
        conversation: row.id,
        channel: row.channel,
        contact: row.contact,
        status: OfferStatus::Open,
        taken_by: None,
        expertise: vec!["Technical".to_owned()],
        own_expertise: true,
        reasons: Vec::new(),
        waiting_since: Timestamp(at - 15_000),
        offered_at: Timestamp(at),
        expires_at: Timestamp(at + 30_000),
        messages: vec![from_visitor(1, "help")],
    }
}

fn ended(offer: Offer, status: OfferStatus) -> Offer {
    Offer {
        status,
        messages: Vec::new(),
        ..offer
    }
}

fn offer_entry(seq: u64, offer: Offer) -> Incoming {
    Incoming::OfferChanged(OfferChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(300 + seq),
        offer,
    })
}

fn state_entry(seq: u64, state: AgentState) -> Incoming {
    Incoming::StateChanged(StateChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(300 + seq),
        state,
    })
}

/// Ana at her desk with these offers, online.
fn at_desk(state: AgentState, offers: Vec<Offer>) -> Client {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    sit_down(&mut client, state, offers);
    client
}

fn sit_down(client: &mut Client, state: AgentState, offers: Vec<Offer>) {
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    let mut list = listed(1, vec![summary("a", "support", 5)]);
    list.desk = Some(Desk { state, offers });
    client.frame(Incoming::ConversationsListed(list));
}

fn desk(client: &Client) -> DeskView {
    client.core.desk()
}

fn own(client: &Client) -> OwnStateView {
    desk(client).state.unwrap()
}

fn open(client: &Client) -> Vec<String> {
    let offers = desk(client).offers;
    let ids = offers.iter().map(|view| view.offer.id.to_string());
    ids.collect()
}

fn told(client: &Client) -> Vec<NoticeKind> {
    let notices = desk(client).notices;
    notices.into_iter().map(|notice| notice.kind).collect()
}

fn client_ids(outcome: &Outcome) -> Vec<ClientId> {
    let ids = commands(outcome).into_iter().map(|command| match command {
        AgentCommand::SetState(order) => order.client_id,
        AgentCommand::AcceptOffer(order) => order.client_id,
        AgentCommand::DeclineOffer(order) => order.client_id,
        other => panic!("{other:?}"),
    });
    ids.collect()
}

fn choose(client: &mut Client, availability: Availability, reason: Option<BusyReason>) -> Outcome {
    client.intend(Intent::SetState {
        availability,
        reason,
    })
}

fn led_to(outcome: &Outcome) -> Vec<String> {
    let alerts = outcome.alerts().into_iter();
    alerts
        .filter_map(|alert| match alert {
            Alert::LeadTo(conversation) => Some(conversation.to_string()),
            _ => None,
        })
        .collect()
}

fn rings(outcome: &Outcome) -> usize {
    let alerts = outcome.alerts().into_iter();
    alerts
        .filter(|alert| matches!(alert, Alert::OfferRings { .. }))
        .count()
}

#[test]
fn clocks_count_by_the_servers_time_however_wrong_the_devices_is() {
    for wrong in [-DAY, 0, DAY] {
        let mut client = Client::at(NOON + wrong, Side::Agent(ana().id), &[]);
        let mut held = offer("o1", NOON - 5_000);
        held.waiting_since = Timestamp(NOON - 20_000);
        sit_down(&mut client, available(), vec![held]);
        assert_eq!(own(&client).seconds, Some(60));
        let view = &desk(&client).offers[0];
        assert_eq!((view.waited, view.left, view.total), (20, 25, 30));
        client.wait(1_000);
        let ticks = client.fire(Timer::Desk);
        assert_eq!(ticks.timer(Timer::Desk), Some(1_000));
        let view = &desk(&client).offers[0];
        assert_eq!((view.waited, view.left), (21, 24));
        assert_eq!(own(&client).seconds, Some(61));
    }
}

#[test]
fn a_clock_that_stands_still_follows_what_the_server_tells() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    let busy = AgentState {
        since: Timestamp(NOON + 20_000),
        ..available()
    };
    client.frame(state_entry(1, busy));
    assert_eq!(desk(&client).offers[0].left, 10);
    assert_eq!(own(&client).seconds, Some(0));
}

#[test]
fn nothing_ticks_where_nobody_looks_or_nothing_counts() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let shown = client.bring(Event::PageShown);
    assert_eq!(shown.timer(Timer::Desk), None);
    assert_eq!(desk(&client), DeskView::default());

    let mut client = at_desk(available(), Vec::new());
    let hidden = client.bring(Event::PageHidden);
    assert!(hidden.has(&client_core::Effect::CancelTimer(Timer::Desk)));
    let shown = client.bring(Event::PageShown);
    assert_eq!(shown.timer(Timer::Desk), Some(1_000));
}

#[test]
fn a_server_without_offers_shows_no_desk() {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    let Incoming::AgentReady(mut ready) = agent_ready() else {
        panic!();
    };
    ready
        .server
        .capabilities
        .retain(|offered| *offered != Capability::Offers);
    client.frame(Incoming::AgentReady(ready));
    let mut list = listed(1, Vec::new());
    list.desk = Some(Desk {
        state: available(),
        offers: vec![offer("o1", NOON)],
    });
    client.frame(Incoming::ConversationsListed(list));
    assert_eq!(desk(&client), DeskView::default());
}

#[test]
fn a_chosen_state_shows_at_once_and_is_confirmed_by_its_entry() {
    let mut client = at_desk(available(), Vec::new());
    let chosen = choose(&mut client, Availability::Busy, Some(BusyReason::Lunch));
    assert_eq!(chosen.types(), ["set_state"]);
    let view = own(&client);
    assert!(view.is_pending);
    assert_eq!(view.reason, Some(BusyReason::Lunch));
    assert_eq!(view.seconds, None, "no clock counts what is not so yet");
    client.frame(answered(&client_ids(&chosen)[0]));
    let view = own(&client);
    assert_eq!(
        (view.availability, view.is_pending),
        (Availability::Busy, false)
    );
    let busy = AgentState {
        availability: Availability::Busy,
        reason: Some(BusyReason::Lunch),
        since: Timestamp(NOON),
        ..available()
    };
    client.frame(state_entry(1, busy));
    assert_eq!(own(&client).seconds, Some(0));
}

#[test]
fn a_refused_state_is_rolled_back_and_said() {
    let mut client = at_desk(available(), Vec::new());
    let chosen = choose(&mut client, Availability::Offline, None);
    let id = &client_ids(&chosen)[0];
    client.frame(refused(id, refusal(ErrorCode::Forbidden, None)));
    let view = own(&client);
    assert_eq!(
        (view.availability, view.is_pending),
        (Availability::Available, false)
    );
    assert_eq!(
        told(&client),
        [NoticeKind::StateRefused(ErrorCode::Forbidden)]
    );
    choose(&mut client, Availability::Offline, None);
    assert!(told(&client).is_empty());
}

#[test]
fn a_state_chosen_without_a_network_is_told_when_it_is_back_and_only_the_last() {
    let mut client = at_desk(available(), Vec::new());
    client.lose();
    choose(&mut client, Availability::Offline, None);
    choose(&mut client, Availability::Busy, None);
    assert!(own(&client).is_pending);
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let online = client.frame(agent_ready());
    assert_eq!(online.types(), ["set_state"]);
    let AgentCommand::SetState(order) = &commands(&online)[0] else {
        panic!();
    };
    assert_eq!(order.availability, Availability::Busy);
}

#[test]
fn missed_is_never_chosen() {
    let mut client = at_desk(available(), Vec::new());
    let chosen = choose(&mut client, Availability::Missed, None);
    assert!(chosen.types().is_empty());
    assert!(!own(&client).is_pending);
}

#[test]
fn offers_stand_oldest_first() {
    let mut client = at_desk(available(), vec![offer("o2", NOON - 2_000)]);
    client.frame(offer_entry(1, offer("o3", NOON - 1_000)));
    client.frame(offer_entry(2, offer("o1", NOON - 9_000)));
    assert_eq!(open(&client), ["o1", "o2", "o3"]);
}

#[test]
fn an_accepted_offer_leads_to_its_conversation_once() {
    for entry_first in [true, false] {
        let mut client = at_desk(available(), vec![offer("o1", NOON)]);
        let accepts = client.intend(Intent::AcceptOffer(offer_id("o1")));
        assert_eq!(accepts.types(), ["accept_offer"]);
        assert_eq!(desk(&client).offers[0].answer, Some(OfferAnswer::Accepting));
        let again = client.intend(Intent::AcceptOffer(offer_id("o1")));
        assert!(again.types().is_empty());
        let entry = offer_entry(1, ended(offer("o1", NOON), OfferStatus::Accepted));
        let done = answered(&client_ids(&accepts)[0]);
        let (first, second) = if entry_first {
            (entry, done)
        } else {
            (done, entry)
        };
        assert_eq!(led_to(&client.frame(first)), ["c-o1"]);
        assert!(open(&client).is_empty());
        assert!(led_to(&client.frame(second)).is_empty());
        assert!(told(&client).is_empty());
    }
}

#[test]
fn nobody_is_led_away_from_what_they_are_writing() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    select(&mut client, "a");
    client.edit("half a sent");
    let accepts = client.intend(Intent::AcceptOffer(offer_id("o1")));
    let done = client.frame(answered(&client_ids(&accepts)[0]));
    assert!(led_to(&done).is_empty());
    assert_eq!(told(&client), [NoticeKind::Arrived]);
    client.frame(changed(101, summary("c-o1", "support", 9)));
    assert_eq!(
        rows(&client)
            .iter()
            .map(|row| row.is_new)
            .collect::<Vec<_>>(),
        [true, false]
    );
    select(&mut client, "c-o1");
    assert!(rows(&client).iter().all(|row| !row.is_new));
    assert!(told(&client).is_empty());
}

#[test]
fn a_session_given_without_asking_opens_and_rings_and_leads_nobody_away() {
    let mut client = at_desk(available(), Vec::new());
    let given = ended(offer("o1", NOON), OfferStatus::AutoAccepted);
    let outcome = client.frame(offer_entry(1, given));
    assert_eq!(led_to(&outcome), ["c-o1"]);
    client.wait(300);
    assert_eq!(rings(&client.fire(Timer::Desk)), 1);
    client.wait(6_000);
    assert_eq!(rings(&client.fire(Timer::Desk)), 0);
    // A replay of what happened long ago is no news.
    let old = ended(offer("o2", NOON - 60_000), OfferStatus::AutoAccepted);
    let outcome = client.frame(offer_entry(2, old));
    assert!(led_to(&outcome).is_empty());
    assert!(told(&client).is_empty());
}

#[test]
fn accepting_all_takes_what_fits_and_leads_to_the_oldest() {
    let full = AgentState {
        capacity: 2,
        load: 3,
        ..available()
    };
    let offers = vec![
        offer("o1", NOON - 3_000),
        offer("o2", NOON - 2_000),
        offer("o3", NOON - 1_000),
    ];
    let mut client = at_desk(full, offers);
    assert_eq!(desk(&client).fitting, 2);
    let accepts = client.intend(Intent::AcceptAll);
    assert_eq!(accepts.types(), ["accept_offer", "accept_offer"]);
    let ids = client_ids(&accepts);
    assert!(client.intend(Intent::AcceptAll).types().is_empty());
    assert!(led_to(&client.frame(answered(&ids[1]))).is_empty());
    assert_eq!(led_to(&client.frame(answered(&ids[0]))), ["c-o1"]);
    assert_eq!(open(&client), ["o3"]);
}

#[test]
fn an_answer_is_repeated_until_the_server_has_heard_it() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    let accepts = client.intend(Intent::AcceptOffer(offer_id("o1")));
    client.lose();
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let again = client.frame(agent_ready());
    assert_eq!(client_ids(&again), client_ids(&accepts));
    assert!(accepts.saved().is_empty(), "after a reload it is worthless");
}

#[test]
fn who_comes_too_late_is_told_who_won_whatever_is_heard_first() {
    let taken = || Offer {
        taken_by: Some(ben()),
        ..ended(offer("o1", NOON), OfferStatus::TakenByAnother)
    };
    for entry_first in [true, false] {
        let mut client = at_desk(available(), vec![offer("o1", NOON)]);
        let accepts = client.intend(Intent::AcceptOffer(offer_id("o1")));
        let id = client_ids(&accepts).remove(0);
        let refusal = refused(&id, refusal(ErrorCode::OfferOver, None));
        let entry = offer_entry(1, taken());
        let (first, second) = if entry_first {
            (entry, refusal)
        } else {
            (refusal, entry)
        };
        client.frame(first);
        assert!(open(&client).is_empty());
        client.frame(second);
        assert_eq!(told(&client), [NoticeKind::TakenBy(Some(ben()))]);
    }
}

#[test]
fn an_answer_refused_for_another_reason_can_be_given_again() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    let accepts = client.intend(Intent::AcceptOffer(offer_id("o1")));
    let id = &client_ids(&accepts)[0];
    client.frame(refused(id, refusal(ErrorCode::Forbidden, None)));
    assert_eq!(told(&client), [NoticeKind::Refused(ErrorCode::Forbidden)]);
    assert_eq!(desk(&client).offers[0].answer, None);
}

#[test]
fn every_end_has_its_own_word_and_only_what_needs_no_doing_passes() {
    let ends = [
        (OfferStatus::Missed, Some(NoticeKind::Missed), false),
        (
            OfferStatus::Disconnected,
            Some(NoticeKind::Disconnected),
            false,
        ),
        (OfferStatus::Declined, Some(NoticeKind::Declined), true),
        (OfferStatus::Withdrawn, Some(NoticeKind::Withdrawn), true),
        (
            OfferStatus::TakenByAnother,
            Some(NoticeKind::TakenBy(None)),
            true,
        ),
        (OfferStatus::Accepted, None, true),
    ];
    for (status, kind, passes) in ends {
        let mut client = at_desk(available(), vec![offer("o1", NOON)]);
        client.frame(offer_entry(1, ended(offer("o1", NOON), status)));
        assert!(open(&client).is_empty(), "{status:?}");
        assert_eq!(told(&client), Vec::from_iter(kind), "{status:?}");
        client.wait(21_000);
        client.fire(Timer::Desk);
        assert_eq!(told(&client).is_empty(), passes, "{status:?}");
        if let Some(left) = desk(&client).notices.first() {
            client.intend(Intent::DismissNotice { id: left.id });
            assert!(told(&client).is_empty());
        }
    }
}

#[test]
fn declining_says_why() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    let declines = client.intend(Intent::DeclineOffer {
        offer: offer_id("o1"),
        reason: DeclineReason::Language,
    });
    let AgentCommand::DeclineOffer(order) = &commands(&declines)[0] else {
        panic!("{declines:?}");
    };
    assert_eq!(order.reason, DeclineReason::Language);
    assert_eq!(desk(&client).offers[0].answer, Some(OfferAnswer::Declining));
}

#[test]
fn the_missed_state_says_what_was_missed() {
    let row = summary("c-o1", "support", 1);
    let missed = MissedOffer {
        offer: offer_id("o1"),
        conversation: row.id,
        contact: row.contact,
        channel: row.channel,
    };
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    client.wait(30_000);
    client.fire(Timer::Desk);
    assert_eq!(open(&client), ["o1"], "the server says when it is over");
    assert_eq!(desk(&client).offers[0].left, 0);
    client.frame(offer_entry(
        1,
        ended(offer("o1", NOON), OfferStatus::Missed),
    ));
    let state = AgentState {
        availability: Availability::Missed,
        since: Timestamp(NOON + 30_000),
        missed: Some(missed.clone()),
        ..available()
    };
    client.frame(state_entry(2, state));
    assert_eq!(own(&client).missed, Some(missed));
    let back = choose(&mut client, Availability::Available, None);
    assert_eq!(back.types(), ["set_state"]);
}

#[test]
fn what_is_over_goes_without_a_connection_too() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    client.lose();
    assert_eq!(open(&client), ["o1"]);
    client.wait(30_000);
    client.fire(Timer::Desk);
    assert!(open(&client).is_empty());
}

#[test]
fn an_offer_of_the_first_copy_is_no_news_and_one_of_a_later_copy_is() {
    let mut client = at_desk(available(), vec![offer("o1", NOON)]);
    client.wait(400);
    assert_eq!(rings(&client.fire(Timer::Desk)), 0);
    let resync = client.frame(Incoming::ResyncRequired(protocol::hello::ResyncRequired {
        feed: Feed::Agent(ana().id),
        reason: protocol::hello::ResyncReason::TooOld,
    }));
    let mut again = listed(reference(&resync), vec![summary("a", "support", 5)]);
    again.desk = Some(Desk {
        state: available(),
        offers: vec![offer("o1", NOON), offer("o2", NOON + 400)],
    });
    client.frame(Incoming::ConversationsListed(again));
    client.wait(300);
    assert_eq!(rings(&client.fire(Timer::Desk)), 1);
}

/// Pages of one browser that share a storage.
struct Browser {
    pages: Vec<Client>,
    stored: Option<String>,
}

impl Browser {
    fn with(pages: usize) -> Self {
        let began = |place| {
            let mut client = Client::at(NOON + place as i64, Side::Agent(ana().id), &[]);
            sit_down(&mut client, available(), Vec::new());
            client
        };
        Self {
            pages: (0..pages).map(began).collect(),
            stored: None,
        }
    }

    fn hide(&mut self, page: usize) {
        self.pages[page].bring(Event::PageHidden);
    }

    /// A page hears of an offer; what it stores reaches the others, and so on.
    fn offer(&mut self, page: usize, offer: &Offer) {
        let outcome = self.pages[page].frame(offer_entry(1, offer.clone()));
        let mut waiting = vec![(page, outcome)];
        while let Some((from, outcome)) = waiting.pop() {
            for (key, value) in outcome.saved() {
                assert_eq!(key, "ring");
                if self.stored.replace(value.clone()) == Some(value.clone()) {
                    continue;
                }
                for to in (0..self.pages.len()).filter(|to| *to != from) {
                    let event = Event::StorageChanged {
                        key: "ring".to_owned(),
                        value: self.stored.clone(),
                    };
                    waiting.push((to, self.pages[to].bring(event)));
                }
            }
        }
    }

    /// Which pages ring after so long.
    fn ringing(&mut self, millis: i64) -> Vec<usize> {
        let mut ringing = Vec::new();
        for (place, page) in self.pages.iter_mut().enumerate() {
            page.wait(millis);
            if rings(&page.fire(Timer::Desk)) > 0 {
                ringing.push(place);
            }
        }
        ringing
    }
}

#[test]
fn of_several_pages_the_one_in_view_rings() {
    for in_view in 0..3 {
        for first in 0..3 {
            let mut browser = Browser::with(3);
            (0..3)
                .filter(|page| *page != in_view)
                .for_each(|page| browser.hide(page));
            (0..3).for_each(|step| browser.offer((first + step) % 3, &offer("o1", NOON)));
            assert_eq!(browser.ringing(300), [in_view]);
        }
    }
}

#[test]
fn of_pages_that_nobody_sees_the_oldest_rings_until_somebody_looks() {
    let mut browser = Browser::with(3);
    (0..3).for_each(|page| browser.hide(page));
    [2, 1, 0]
        .into_iter()
        .for_each(|page| browser.offer(page, &offer("o1", NOON)));
    assert_eq!(browser.ringing(300), [0]);
    assert!(browser.ringing(1_000).is_empty());
    assert_eq!(browser.ringing(4_000), [0], "again while nobody looks");
    browser.pages[0].bring(Event::PageShown);
    assert!(browser.ringing(5_000).is_empty());
}

#[test]
fn a_page_that_hears_of_an_offer_late_stays_silent() {
    let mut browser = Browser::with(2);
    browser.hide(0);
    browser.offer(0, &offer("o1", NOON));
    assert_eq!(browser.ringing(300), [0]);
    browser.offer(1, &offer("o1", NOON));
    assert!(browser.ringing(300).is_empty());
}

#[test]
fn an_offer_that_is_over_before_the_sound_makes_none() {
    let mut client = at_desk(available(), Vec::new());
    client.frame(offer_entry(1, offer("o1", NOON)));
    client.frame(offer_entry(
        2,
        ended(offer("o1", NOON), OfferStatus::Withdrawn),
    ));
    client.wait(300);
    assert_eq!(rings(&client.fire(Timer::Desk)), 0);
}
