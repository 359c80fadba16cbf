//! Waiting sessions are held out to agents, who take them or do not.

use protocol::agent::{AcceptOffer, AgentFrame, Availability, OfferReason, OfferStatus};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::time::Timestamp;

use super::house::{agent_id, code, posted};
use super::work::{MINUTE, SECOND, Work};
use crate::domain::{AgentProfile, ChannelSettings};
use crate::ports::SiteRules;
use crate::ports::storage::write;
use crate::settings::OfferSettings;

fn forgiving() -> OfferSettings {
    OfferSettings {
        forgive_first_miss: true,
        ..OfferSettings::default()
    }
}

fn capacity(work: &Work, name: &str, capacity: u32) {
    let mut record = work.look(|reading| reading.agent(&agent_id(name))).unwrap();
    record.profile = AgentProfile {
        capacity,
        ..record.profile
    };
    write(&*work.storage, |tx| tx.put_agent(&record)).unwrap();
    work.service.look_at_agent_again(&agent_id(name));
    work.distribute();
}

#[test]
fn first_message_waits_and_is_offered() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.conversation();
    assert_eq!(work.row("ben", &id).waiting_since, Some(work.now()));
    work.wait(SECOND);
    work.distribute();
    let offer = work.offer("ana");
    assert_eq!(offer.conversation, id);
    assert_eq!(offer.status, OfferStatus::Open);
    assert_eq!(offer.waiting_since, work.now().plus(-SECOND));
    assert_eq!(offer.offered_at, work.now());
    assert_eq!(offer.expires_at, work.now().plus(30 * SECOND));
    assert_eq!(offer.messages.last().unwrap().text, "Hello?");
    assert!(offer.reasons.contains(&OfferReason::Language), "{offer:?}");
    assert_eq!(work.load("ana"), 1);
    // What is said meanwhile is on the card.
    work.post(&visitor, "Anybody?").unwrap();
    let told = work.told("ana", &offer.id);
    assert_eq!(told.messages.last().unwrap().text, "Anybody?");
    assert_eq!(told, work.offer("ana"));
}

#[test]
fn the_card_shows_the_newest_twenty_messages() {
    let work = Work::with(&["ana"]);
    let (visitor, _) = work.waits();
    for number in 0..30 {
        work.post(&visitor, &number.to_string()).unwrap();
    }
    let messages = work.offer("ana").messages;
    assert_eq!(messages.len(), 20);
    assert_eq!(messages.last().unwrap().text, "29");
}

#[test]
fn accepting_makes_the_owner_and_ends_the_wait() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.waits();
    let offer = work.offer("ana");
    work.accept("ana", &offer.id).unwrap();
    let row = work.row("ben", &id);
    assert_eq!(row.owner().unwrap().name, "Ana");
    assert_eq!(row.waiting_since, None);
    assert_eq!(work.open_offers("ana"), 0);
    let told = work.told("ana", &offer.id);
    assert_eq!(told.status, OfferStatus::Accepted);
    assert_eq!((told.taken_by, told.messages), (None, Vec::new()));
    assert_eq!(work.load("ana"), 1);
    assert_eq!(work.lines(&visitor, &id)[2..], ["*agent_joined Ana"]);
    // Another tab, or the same one again under another name.
    work.accept("ana", &offer.id).unwrap();
    assert_eq!(work.lines(&visitor, &id).len(), 3);
}

#[test]
fn two_screens_that_accept_at_once_are_both_done() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.waits();
    let offer = work.offer("ana").id;
    std::thread::scope(|scope| {
        let accepts = [0; 8].map(|_| scope.spawn(|| work.accept("ana", &offer)));
        for accepted in accepts {
            accepted.join().unwrap().unwrap();
        }
    });
    assert_eq!(work.lines(&visitor, &id)[2..], ["*agent_joined Ana"]);
}

#[test]
fn one_of_two_agents_gets_it_and_the_other_is_told_who() {
    for _ in 0..20 {
        let work = Work::with(&["ana"]);
        let (_, id) = work.waits();
        let offer = work.offer("ana").id;
        let (accepted, taken) = std::thread::scope(|scope| {
            let accepted = scope.spawn(|| work.accept("ana", &offer));
            let taken = scope.spawn(|| work.take("ben", &id));
            (accepted.join().unwrap(), taken.join().unwrap())
        });
        let owner = work.row("sol", &id).owner().unwrap().name.clone();
        let told = work.told("ana", &offer);
        if owner == "Ana" {
            accepted.unwrap();
            assert_eq!(code(taken), ErrorCode::AlreadyTaken);
            assert_eq!(told.status, OfferStatus::Accepted);
        } else {
            taken.unwrap();
            assert_eq!(code(accepted), ErrorCode::AlreadyTaken);
            assert_eq!(told.status, OfferStatus::TakenByAnother);
            assert_eq!(told.taken_by.unwrap().name, "Ben");
        }
    }
}

#[test]
fn taking_from_the_list_or_answering_accepts_one_s_own_offer() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.waits();
    let offer = work.offer("ana").id;
    work.take("ana", &id).unwrap();
    assert_eq!(work.status("ana", &offer), OfferStatus::Accepted);
    let (_, id) = work.waits();
    let offer = work.offer("ana").id;
    work.says_in("ben", &id, "I have this");
    let told = work.told("ana", &offer);
    assert_eq!(told.status, OfferStatus::TakenByAnother);
    assert_eq!(told.taken_by.unwrap().name, "Ben");
}

#[test]
fn joining_leaves_the_offer_open() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.waits();
    work.join("ben", &id).unwrap();
    work.distribute();
    assert_eq!(work.offer("ana").conversation, id);
    assert!(work.row("ana", &id).waiting_since.is_some());
}

#[test]
fn declined_goes_to_the_next_agent() {
    let work = Work::with(&["ana", "ben"]);
    let (_, id) = work.waits();
    let [first] = work.asked(&id)[..] else {
        panic!("one at a time")
    };
    let offer = work.offer(first).id;
    work.decline(first, &offer).unwrap();
    work.decline(first, &offer).unwrap();
    assert_eq!(work.status(first, &offer), OfferStatus::Declined);
    let reason = work.look(|reading| reading.offer(&offer)).unwrap();
    assert_eq!(reason.decline_reason.unwrap().as_str(), "not_my_field");
    work.distribute();
    let [second] = work.asked(&id)[..] else {
        panic!("nobody was asked")
    };
    assert_ne!(first, second);
    assert_eq!(work.is(first), Availability::Available);
    // The first offer is over for good; what the other does with theirs is theirs.
    assert_eq!(code(work.accept(first, &offer)), ErrorCode::OfferOver);
    let other = work.offer(second).id;
    assert_eq!(code(work.accept(first, &other)), ErrorCode::NotFound);
    work.accept(second, &other).unwrap();
    assert_eq!(code(work.accept(first, &offer)), ErrorCode::AlreadyTaken);
}

#[test]
fn who_declined_is_asked_again_only_after_a_pause() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.waits();
    work.decline("ana", &work.offer("ana").id).unwrap();
    work.distribute();
    assert_eq!(work.open_offers("ana"), 0);
    let waiting = work.row("ana", &id).waiting_since;
    assert!(waiting.is_some());
    work.pass(30 * SECOND);
    let offer = work.offer("ana");
    assert_eq!(offer.conversation, id);
    assert_eq!(Some(offer.waiting_since), waiting);
}

#[test]
fn not_answered_is_missed_and_goes_on() {
    let work = Work::with(&["ana", "ben"]);
    let (_, id) = work.waits();
    let [first] = work.asked(&id)[..] else {
        panic!("one at a time")
    };
    let offer = work.offer(first).id;
    work.pass(29 * SECOND);
    assert_eq!(work.status(first, &offer), OfferStatus::Open);
    work.pass(SECOND);
    assert_eq!(work.status(first, &offer), OfferStatus::Missed);
    let state = work.desk(first).state;
    assert_eq!(state.availability, Availability::Missed);
    assert_eq!(state.since, work.now());
    let missed = state.missed.unwrap();
    assert_eq!((&missed.offer, &missed.conversation), (&offer, &id));
    let asked = work.asked(&id);
    assert_eq!(asked.len(), 1);
    assert_ne!(asked[0], first);
    assert_eq!(code(work.accept(first, &offer)), ErrorCode::OfferOver);
}

#[test]
fn an_offer_is_over_at_its_deadline_whether_or_not_somebody_has_looked() {
    let work = Work::with(&["ana"]);
    work.waits();
    let offer = work.offer("ana").id;
    work.wait(30 * SECOND);
    assert_eq!(code(work.accept("ana", &offer)), ErrorCode::OfferOver);
    assert_eq!(code(work.decline("ana", &offer)), ErrorCode::OfferOver);
    work.distribute();
    assert_eq!(work.status("ana", &offer), OfferStatus::Missed);
}

#[test]
fn in_missed_nothing_is_offered_until_the_agent_is_back() {
    let work = Work::with(&["ana"]);
    let (_, first) = work.waits();
    let (_, second) = work.waits();
    assert_eq!(work.open_offers("ana"), 2);
    work.pass(30 * SECOND);
    assert_eq!(work.is("ana"), Availability::Missed);
    assert_eq!(work.open_offers("ana"), 0);
    work.waits();
    work.pass(10 * MINUTE);
    assert_eq!(work.open_offers("ana"), 0);
    work.becomes("ana", Availability::Available).unwrap();
    work.distribute();
    assert_eq!(work.desk("ana").state.missed, None);
    let offers = work.desk("ana").offers;
    assert_eq!(offers.len(), 3);
    // The longest wait first.
    assert_eq!(
        offers[0].waiting_since,
        Timestamp(offers[1].waiting_since.0)
    );
    let asked: Vec<_> = offers.iter().map(|it| &it.conversation).collect();
    assert!(asked.contains(&&first) && asked.contains(&&second));
}

#[test]
fn missing_one_offer_withdraws_the_others() {
    let work = Work::with(&["ana"]);
    work.waits();
    let first = work.offer("ana").id;
    work.pass(SECOND);
    let (_, second) = work.waits();
    let offers = work.desk("ana").offers;
    work.comes("ben");
    work.pass(29 * SECOND);
    assert_eq!(work.status("ana", &first), OfferStatus::Missed);
    assert_eq!(work.status("ana", &offers[1].id), OfferStatus::Withdrawn);
    assert_eq!(work.asked(&second), ["ben"]);
}

#[test]
fn the_first_miss_may_be_forgiven() {
    let work = Work::set(&["ana"], forgiving());
    work.waits();
    let first = work.offer("ana").id;
    work.pass(30 * SECOND);
    assert_eq!(work.status("ana", &first), OfferStatus::Missed);
    assert_eq!(work.is("ana"), Availability::Available);
    work.pass(3 * MINUTE);
    assert_eq!(work.is("ana"), Availability::Missed);
    // Who becomes available begins afresh.
    work.becomes("ana", Availability::Available).unwrap();
    work.distribute();
    let again = work.offer("ana").id;
    work.pass(30 * SECOND);
    assert_eq!(work.status("ana", &again), OfferStatus::Missed);
    assert_eq!(work.is("ana"), Availability::Available);
}

#[test]
fn missed_outlives_signing_out_and_in() {
    let work = Work::with(&["ana"]);
    let token = work.signs_in("ana");
    work.waits();
    work.pass(30 * SECOND);
    let missed = work.desk("ana").state.missed;
    work.service.sign_out(&token).unwrap();
    assert_eq!(work.is("ana"), Availability::Offline);
    assert_eq!(work.desk("ana").state.missed, None);
    work.signs_in("ana");
    let state = work.desk("ana").state;
    assert_eq!(state.availability, Availability::Missed);
    assert_eq!(state.missed, missed);
}

#[test]
fn who_stops_taking_work_keeps_what_they_own() {
    let work = Work::with(&["ana"]);
    let (_, own) = work.waits();
    work.accept("ana", &work.offer("ana").id).unwrap();
    let (_, other) = work.waits();
    let offer = work.offer("ana").id;
    work.comes("ben");
    work.becomes("ana", Availability::Busy).unwrap();
    work.distribute();
    assert_eq!(work.status("ana", &offer), OfferStatus::Withdrawn);
    assert_eq!(work.asked(&other), ["ben"]);
    assert_eq!(work.row("ben", &own).owner().unwrap().name, "Ana");
    assert_eq!(code(work.accept("ana", &offer)), ErrorCode::OfferOver);
}

#[test]
fn capacity_bounds_sessions_and_offers_together() {
    let work = Work::with(&["ana"]);
    capacity(&work, "ana", 2);
    work.waits();
    work.accept("ana", &work.offer("ana").id).unwrap();
    let (_, second) = work.waits();
    let (_, third) = work.waits();
    assert_eq!(work.asked(&second), ["ana"]);
    assert_eq!(work.asked(&third), [""; 0]);
    assert_eq!(work.load("ana"), 2);
    work.take("ben", &second).unwrap();
    work.distribute();
    assert_eq!(work.asked(&third), ["ana"]);
}

#[test]
fn a_session_that_fell_silent_holds_no_capacity() {
    let work = Work::with(&["ana"]);
    capacity(&work, "ana", 1);
    let (visitor, first) = work.waits();
    work.accept("ana", &work.offer("ana").id).unwrap();
    let (_, second) = work.waits();
    work.pass(29 * MINUTE);
    assert_eq!(work.asked(&second), [""; 0]);
    work.post(&visitor, "Still there?").unwrap();
    work.pass(29 * MINUTE);
    assert_eq!(work.load("ana"), 1);
    work.woken();
    work.pass(MINUTE + 1);
    assert_eq!(work.asked(&second), ["ana"]);
    assert!(work.woken().contains(&"agent/ana".to_owned()));
    work.accept("ana", &work.offer("ana").id).unwrap();
    work.post(&visitor, "Back again").unwrap();
    assert_eq!(work.load("ana"), 2);
    assert_eq!(work.row("ben", &first).owner().unwrap().name, "Ana");
}

#[test]
fn who_waited_long_takes_capacity_when_taken() {
    let work = Work::with(&["ana"]);
    capacity(&work, "ana", 1);
    work.becomes("ana", Availability::Busy).unwrap();
    let (_, first) = work.waits();
    let (_, second) = work.waits();
    work.pass(60 * MINUTE);
    work.becomes("ana", Availability::Available).unwrap();
    work.distribute();
    work.accept("ana", &work.offer("ana").id).unwrap();
    work.distribute();
    assert_eq!(work.load("ana"), 1);
    assert_eq!(work.open_offers("ana"), 0);
    let waiting = [&first, &second].map(|id| work.row("ben", id).waiting_since);
    assert_eq!(waiting.iter().flatten().count(), 1);
}

#[test]
fn whose_owner_leaves_waits_again_and_is_not_offered_back_at_once() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.waits();
    work.accept("ana", &work.offer("ana").id).unwrap();
    work.pass(MINUTE);
    work.leave("ana", &id).unwrap();
    assert_eq!(work.row("ben", &id).waiting_since, Some(work.now()));
    work.distribute();
    assert_eq!(work.asked(&id), [""; 0]);
    assert_eq!(work.load("ana"), 0);
    let session = work.look(|reading| reading.session(&work.record(&id).session));
    assert_eq!(session.unwrap().previous_agent, Some(agent_id("ana")));
    work.comes("ben");
    work.distribute();
    assert_eq!(work.asked(&id), ["ben"]);
}

#[test]
fn a_channel_may_hold_out_for_longer() {
    let work = Work::with(&["ana"]);
    let channel = protocol::ids::ChannelId::parse("support").unwrap();
    let mut record = work.look(|reading| reading.channel(&channel)).unwrap();
    record.settings = ChannelSettings {
        offer_seconds: Some(90),
    };
    write(&*work.storage, |tx| tx.put_channel(&record)).unwrap();
    work.waits();
    let offer = work.offer("ana");
    assert_eq!(offer.expires_at, offer.offered_at.plus(90 * SECOND));
    work.pass(89 * SECOND);
    work.accept("ana", &offer.id).unwrap();
}

#[test]
fn expertise_that_is_wanted_decides_and_is_told() {
    let work = Work::with(&["ana", "ben"]);
    let (_, id) = work.conversation();
    let mut session = work
        .look(|reading| reading.session(&work.record(&id).session))
        .unwrap();
    session.expertise = vec!["Technical".to_owned()];
    write(&*work.storage, |tx| tx.put_session(&session)).unwrap();
    work.distribute();
    let offer = work.offer("ben");
    assert_eq!(offer.expertise, ["Technical"]);
    assert!(offer.own_expertise);
    assert_eq!(offer.reasons.first(), Some(&OfferReason::Expertise));
}

#[test]
fn a_repeat_gets_the_first_answer_even_when_the_offer_is_over() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.waits();
    let order = AcceptOffer {
        client_id: work.fresh(),
        offer: work.offer("ana").id,
    };
    let ana = agent_id("ana");
    let done = work.service.accept_offer(&ana, &order).unwrap();
    work.leave("ana", &id).unwrap();
    work.take("ben", &id).unwrap();
    assert_eq!(work.service.accept_offer(&ana, &order), Ok(done));
    assert_eq!(work.row("sol", &id).owner().unwrap().name, "Ben");
}

#[test]
fn visitors_hear_nothing_of_states_offers_and_lines() {
    let work = Work::with(&["ana", "ben"]);
    let (visitor, id) = work.conversation();
    let before = work.visitor_frames(&visitor, &id).len();
    work.distribute();
    let [first] = work.asked(&id)[..] else {
        panic!("one at a time")
    };
    work.decline(first, &work.offer(first).id).unwrap();
    work.pass(30 * SECOND);
    work.woken();
    work.pass(10 * MINUTE);
    let woken = work.woken();
    assert!(
        !woken.iter().any(|feed| feed.starts_with("visitor/")),
        "{woken:?}"
    );
    assert_eq!(work.visitor_frames(&visitor, &id).len(), before);
}

#[test]
fn a_message_after_the_end_waits_in_its_new_session() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.waits();
    work.decline("ana", &work.offer("ana").id).unwrap();
    work.turn(&id, |record| {
        record.status = protocol::conversation::ConversationStatus::Resolved;
        record.live_status = None;
    });
    work.distribute();
    assert_eq!(work.row("ana", &id).waiting_since, None);
    work.pass(MINUTE);
    posted(work.post(&visitor, "One more thing"));
    work.distribute();
    // A new session: nobody has declined it yet.
    assert_eq!(work.offer("ana").waiting_since, work.now());
}

#[test]
fn visitors_are_told_their_place_and_that_nobody_is_there() {
    let work = Work::with(&[]);
    let told = |work: &Work| {
        let places = std::mem::take(&mut *work.news.places.lock().unwrap());
        let frames = places.into_iter().map(|notice| notice.frame);
        frames
            .map(|it| (it.conversation, it.position))
            .collect::<Vec<_>>()
    };
    let (_, id) = work.waits();
    work.pass(1_000);
    assert_eq!(told(&work), [(id.clone(), None)]);
    assert_eq!(work.service.place(&id).unwrap().unwrap().position, None);
    // Somebody comes, right after the line was told something.
    work.comes("ana");
    capacity(&work, "ana", 1);
    let next = work.service.distribute().unwrap().unwrap();
    assert!(
        next.since(work.now()) <= SECOND,
        "nobody would come back to tell"
    );
    work.pass(1_000);
    assert_eq!(told(&work), [(id.clone(), Some(1))]);
    let (_, other) = work.waits();
    work.pass(1_000);
    assert_eq!(told(&work), [(other, Some(1))]);
    work.accept("ana", &work.offer("ana").id).unwrap();
    work.pass(1_000);
    assert_eq!(work.service.place(&id).unwrap(), None);
}

#[test]
fn channel_that_accepts_for_its_agents_gives_the_session_at_once() {
    let work = Work::with(&["ana"]);
    work.sites.set_rules(SiteRules {
        auto_accept: true,
        ..SiteRules::default()
    });
    let (visitor, id) = work.waits();
    let row = work.row("ana", &id);
    assert_eq!(row.owner().map(|agent| agent.name.as_str()), Some("Ana"));
    assert_eq!(row.waiting_since, None);
    assert_eq!(
        work.lines(&visitor, &id).last().unwrap(),
        "*agent_joined Ana"
    );
    assert!(work.desk("ana").offers.is_empty());
    let feed = Feed::Agent(agent_id("ana"));
    let told = work.agent_frames("ana", &feed).into_iter();
    let mut given = told.filter_map(|frame| match frame {
        AgentFrame::OfferChanged(entry) => Some(entry.offer),
        _ => None,
    });
    let offer = given.next().unwrap();
    assert_eq!(offer.status, OfferStatus::AutoAccepted);
    assert_eq!(offer.conversation, id);
    assert_eq!(given.next(), None);
}
