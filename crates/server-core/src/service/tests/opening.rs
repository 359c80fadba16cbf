//! Opening a conversation and scrolling up.

use protocol::feed::Feed;
use protocol::seq::{Position, Seq};
use protocol::visitor::{FetchMessages, OpenConversation};

use super::house::{House, agent, agent_id};
use crate::settings::Settings;

fn numbers(messages: &[protocol::message::Message]) -> Vec<&str> {
    messages
        .iter()
        .map(|message| message.text.as_str())
        .collect()
}

#[test]
fn pages_go_back_to_the_beginning() {
    let house = House::with(Settings {
        visitor_posts: Vec::new(),
        ..Settings::default()
    });
    let (visitor, id) = house.conversation();
    for number in 1..=8 {
        house.post(&visitor, &number.to_string()).unwrap();
    }
    let query = OpenConversation {
        reference: 5,
        conversation: id.clone(),
        limit: 3,
    };
    let opened = house.service.open_conversation(&visitor, &query).unwrap();
    assert_eq!(opened.reference, 5);
    assert_eq!(numbers(&opened.messages), ["6", "7", "8"]);
    assert!(opened.has_more_before);
    let fetch = |before: Position, limit| {
        let query = FetchMessages {
            reference: 6,
            conversation: id.clone(),
            before,
            limit,
        };
        house.service.fetch_messages(&visitor, &query).unwrap()
    };
    let older = fetch(opened.messages[0].position, 3);
    assert_eq!(numbers(&older.messages), ["3", "4", "5"]);
    assert!(older.has_more_before);
    let oldest = fetch(older.messages[0].position, 4);
    assert_eq!(numbers(&oldest.messages), ["", "Hello?", "1", "2"]);
    assert!(!oldest.has_more_before);
    assert!(fetch(Position(0), 3).messages.is_empty());
    assert_eq!(fetch(Position(u64::MAX), 200).messages.len(), 10);
}

#[test]
fn each_side_follows_its_own_feed_from_the_copy() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let of_visitor = house.open(&visitor, &id).cursor;
    let of_agent = house.open(&agent("ana"), &id).cursor;
    assert_eq!(of_visitor.feed, Feed::Visitor(id.clone()));
    assert_eq!(of_visitor.seq, Seq(2));
    assert_eq!(of_agent.feed, Feed::Conversation(id));
    assert_eq!(of_agent.seq, Seq(2));
}

#[test]
fn a_visitor_is_told_how_things_stand_in_the_copy() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let state = house.open(&visitor, &id).state.unwrap();
    assert_eq!(state.id, id);
    assert!(state.waiting_since.is_some(), "somebody is wanted");
    assert_eq!(house.open(&agent("ana"), &id).state, None);
}

#[test]
fn an_agent_gets_the_row_of_the_same_state() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post(&visitor, "Anybody?").unwrap();
    let query = OpenConversation {
        reference: 5,
        conversation: id.clone(),
        limit: 3,
    };
    let opened = house
        .service
        .open_conversation_for_agent(&agent_id("ana"), &query);
    let (shared, own) = opened.unwrap().into_parts();
    assert_eq!(own.summary, Some(house.row("ana", &id)));
    let of_agent = house.service.open_conversation(&agent("ana"), &query);
    assert_eq!(shared, of_agent.unwrap());
}
