//! Expertise that agents choose: beside what the chatbot asked for, live, and felt by assignment.

use protocol::agent::{AgentFrame, ChooseExpertise, OfferReason, SessionExpertise};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::ConversationId;
use protocol::visitor::OpenConversation;

use super::house::{House, agent_id, code};
use super::work::Work;
use crate::error::Error;
use crate::ports::storage::write;

fn choose(
    house: &House,
    id: &ConversationId,
    expertise: &str,
    chosen: bool,
) -> Result<Done, Error> {
    let order = ChooseExpertise {
        client_id: house.fresh(),
        conversation: id.clone(),
        expertise: expertise.to_owned(),
        chosen,
    };
    house.service.choose_expertise(&agent_id("sol"), &order)
}

fn shown(house: &House, id: &ConversationId) -> SessionExpertise {
    let query = OpenConversation {
        reference: 1,
        conversation: id.clone(),
        limit: 1,
    };
    let opened = house
        .service
        .open_conversation_for_agent(&agent_id("ana"), &query);
    opened.unwrap().expertise.unwrap()
}

#[test]
fn what_any_agent_knows_can_be_chosen_and_taken_back() {
    let house = House::new();
    let (_, id) = house.conversation();
    assert_eq!(shown(&house, &id).known, ["Sales", "Technical"]);
    choose(&house, &id, "Technical", true).unwrap();
    choose(&house, &id, "Technical", true).unwrap();
    choose(&house, &id, "Sales", true).unwrap();
    assert_eq!(shown(&house, &id).chosen, ["Technical", "Sales"]);
    choose(&house, &id, "Technical", false).unwrap();
    assert_eq!(shown(&house, &id).chosen, ["Sales"]);
    assert_eq!(
        code(choose(&house, &id, "Cooking", true)),
        ErrorCode::NotFound
    );
}

#[test]
fn agents_who_watch_are_told_and_the_visitor_is_not() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    choose(&house, &id, "Sales", true).unwrap();
    let feed = Feed::Conversation(id.clone());
    assert_eq!(house.woken(), [feed.to_string()]);
    let frames = house.agent_frames("ben", &feed);
    let Some(AgentFrame::ExpertiseChanged(told)) = frames.last() else {
        panic!("{frames:?}");
    };
    assert_eq!(told.expertise, shown(&house, &id));
}

#[test]
fn what_the_chatbot_asked_for_stays_and_is_shown_though_nobody_has_it() {
    let house = House::new();
    let (_, id) = house.conversation();
    let record = house.record(&id);
    let mut session = house
        .look(|reading| reading.session(&record.session))
        .unwrap();
    session.expertise = vec!["Welding".to_owned(), "Sales".to_owned()];
    write::<_, crate::error::StorageError>(&*house.storage, |tx| tx.put_session(&session)).unwrap();
    choose(&house, &id, "Sales", true).unwrap();
    choose(&house, &id, "Sales", false).unwrap();
    let seen = shown(&house, &id);
    assert_eq!(seen.wanted, ["Welding", "Sales"]);
    assert_eq!(seen.known, ["Sales", "Technical", "Welding"]);
    assert!(seen.chosen.is_empty());
}

#[test]
fn a_session_that_waits_goes_to_who_has_what_was_chosen() {
    for (wanted, who) in [("Sales", "ana"), ("Technical", "ben")] {
        let work = Work::with(&[]);
        let (_, id) = work.waits();
        choose(&work, &id, wanted, true).unwrap();
        for name in ["ana", "ben"] {
            work.comes(name);
        }
        work.distribute();
        let offer = work.offer(who);
        assert_eq!(offer.expertise, [wanted]);
        assert!(offer.own_expertise);
        assert!(offer.reasons.contains(&OfferReason::Expertise));
    }
}
