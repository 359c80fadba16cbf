//! Agents take, join and leave.

use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::error::ErrorCode;
use protocol::ids::ConversationId;

use super::house::{House, agent, agent_id, code};
use crate::domain::{ParticipantRecord, Visibility};
use crate::ports::storage::write;

fn owner(house: &House, id: &ConversationId) -> Option<String> {
    let row = house.row("sol", id);
    row.owner().map(|agent| agent.name.clone())
}

fn visible(house: &House, id: &ConversationId) -> Vec<String> {
    let started = house.news.started.lock().unwrap();
    let (contact, _) = started.iter().find(|(_, it)| it.id == *id).unwrap();
    let own = house.look(|reading| reading.conversations_of_contact(contact));
    let reader = crate::rules::access::Reader::Visitor(contact);
    let conversation =
        house.look(|reading| crate::rules::view::View::new(reading, reader).conversation(&own[0]));
    let agents = conversation.agents.into_iter();
    agents.map(|agent| agent.name).collect()
}

/// Puts an agent into a conversation behind the service's back.
pub(super) fn put_in(
    house: &House,
    id: &ConversationId,
    name: &str,
    role: ParticipantRole,
    visibility: Visibility,
) {
    let part = ParticipantRecord {
        conversation: id.clone(),
        agent: agent_id(name),
        role,
        visibility,
        joined_at: house.now(),
    };
    write(&*house.storage, |tx| tx.put_participant(&part)).unwrap();
}

#[test]
fn taking_makes_the_owner_once() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    assert_eq!(owner(&house, &id).as_deref(), Some("Ana"));
    house.woken();
    house.take("ana", &id).unwrap();
    assert_eq!(house.woken(), [""; 0]);
    assert_eq!(code(house.take("ben", &id)), ErrorCode::AlreadyTaken);
    assert_eq!(owner(&house, &id).as_deref(), Some("Ana"));
    assert_eq!(
        house.lines(&agent("ben"), &id)[2..],
        ["*conversation_taken Ana"]
    );
    assert_eq!(house.lines(&visitor, &id)[2..], ["*agent_joined Ana"]);
}

#[test]
fn two_who_take_at_once_make_one_owner() {
    let house = House::new();
    let (_, id) = house.conversation();
    let results = std::thread::scope(|scope| {
        let threads = ["ana", "ben", "sol"].map(|name| {
            let (house, id) = (&house, &id);
            scope.spawn(move || house.take(name, id))
        });
        threads.map(|thread| thread.join().unwrap())
    });
    let (taken, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!((taken.len(), refused.len()), (1, 2));
    for result in refused {
        assert_eq!(code(result), ErrorCode::AlreadyTaken);
    }
}

#[test]
fn joining_and_leaving_are_told_once_each() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.join("ben", &id).unwrap();
    house.join("ben", &id).unwrap();
    assert_eq!(visible(&house, &id), ["Ben"]);
    assert_eq!(owner(&house, &id), None);
    house.leave("ben", &id).unwrap();
    house.leave("ben", &id).unwrap();
    assert_eq!(visible(&house, &id), [""; 0]);
    assert_eq!(
        house.lines(&visitor, &id)[2..],
        ["*agent_joined Ben", "*agent_left Ben"]
    );
}

#[test]
fn owner_who_leaves_leaves_it_to_anybody() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.leave("ana", &id).unwrap();
    assert_eq!(owner(&house, &id), None);
    house.take("ben", &id).unwrap();
    assert_eq!(owner(&house, &id).as_deref(), Some("Ben"));
}

#[test]
fn agents_are_shown_in_the_order_they_came() {
    let house = House::new();
    let (_, id) = house.conversation();
    for name in ["sol", "ana", "ben"] {
        house.join(name, &id).unwrap();
    }
    house.take("ben", &id).unwrap();
    assert_eq!(visible(&house, &id), ["Sol", "Ana", "Ben"]);
}

#[test]
fn visitor_is_told_once_that_an_agent_is_there() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.join("ana", &id).unwrap();
    house.take("ana", &id).unwrap();
    assert_eq!(house.lines(&visitor, &id)[2..], ["*agent_joined Ana"]);
    assert_eq!(
        house.lines(&agent("ben"), &id)[2..],
        ["*agent_joined Ana", "*conversation_taken Ana"]
    );
}

#[test]
fn hidden_agent_who_joins_is_seen_from_then_on() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let member = ParticipantRole::Member;
    put_in(&house, &id, "sol", member, Visibility::Hidden);
    assert_eq!(visible(&house, &id), [""; 0]);
    house.join("sol", &id).unwrap();
    assert_eq!(visible(&house, &id), ["Sol"]);
    assert_eq!(house.lines(&visitor, &id)[2..], ["*agent_joined Sol"]);
}

#[test]
fn hidden_agent_leaves_unseen() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let member = ParticipantRole::Member;
    put_in(&house, &id, "sol", member, Visibility::Hidden);
    let before = house.visitor_frames(&visitor, &id).len();
    house.leave("sol", &id).unwrap();
    assert_eq!(house.visitor_frames(&visitor, &id).len(), before);
    assert_eq!(house.lines(&agent("ana"), &id)[2..], ["*agent_left Sol"]);
}

#[test]
fn joining_answers_a_call_for_help() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    let looking = |record: &mut crate::domain::ConversationRecord| {
        record.live_status = Some(LiveStatus::LookingForHelp);
    };
    house.turn(&id, looking);
    house.join("ben", &id).unwrap();
    assert_eq!(house.record(&id).live_status, Some(LiveStatus::InProgress));
}

#[test]
fn rows_do_not_jump_when_agents_come_and_go() {
    let house = House::new();
    let (_, id) = house.conversation();
    let before = house.row("ana", &id);
    house.wait(5_000);
    house.take("ana", &id).unwrap();
    let after = house.row("ana", &id);
    assert_eq!(after.last_activity_at, before.last_activity_at);
    assert_eq!(after.preview, before.preview);
    assert!(after.version > before.version);
}
