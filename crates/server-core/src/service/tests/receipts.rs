//! Delivered and read: only forward, and no trace of what is hidden.

use protocol::agent::AgentFrame;
use protocol::conversation::ParticipantRole;
use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::receipt::Receipts;
use protocol::seq::Position;
use protocol::visitor::VisitorFrame;

use super::attending::put_in;
use super::house::{House, agent, agent_id, posted};
use crate::domain::{Principal, Visibility};

fn places(house: &House, who: &Principal, id: &ConversationId) -> Vec<Position> {
    let messages = house.open(who, id).messages;
    messages.iter().map(|message| message.position).collect()
}

fn changes(house: &House, visitor: &Principal, id: &ConversationId) -> Vec<Receipts> {
    let frames = house.visitor_frames(visitor, id).into_iter();
    frames
        .filter_map(|frame| match frame {
            VisitorFrame::ReceiptsChanged(changed) => Some(changed.receipts),
            _ => None,
        })
        .collect()
}

#[test]
fn both_sides_learn_how_far_the_other_is() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let answer = posted(house.post_to(&agent("ana"), &id, "Hi!")).position;
    let all = places(&house, &visitor, &id);
    house.mark_delivered(&agent("ana"), &id, all[1]).unwrap();
    house.mark_read(&visitor, &id, answer).unwrap();
    let receipts = house.open(&agent("ben"), &id).receipts;
    assert_eq!(receipts.agents.delivered, all[1]);
    assert_eq!(receipts.agents.read, Position(0));
    assert_eq!(receipts.visitor.delivered, answer);
    assert_eq!(receipts.visitor.read, answer);
    assert_eq!(changes(&house, &visitor, &id).len(), 2);
}

#[test]
fn receipts_never_go_back() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post(&visitor, "2").unwrap();
    let all = places(&house, &visitor, &id);
    house.mark_read(&agent("ana"), &id, all[2]).unwrap();
    house.woken();
    house.mark_read(&agent("ana"), &id, all[1]).unwrap();
    house.mark_delivered(&agent("ana"), &id, all[0]).unwrap();
    house.mark_read(&agent("ben"), &id, all[1]).unwrap();
    let receipts = house.open(&visitor, &id).receipts;
    assert_eq!(receipts.agents.read, all[2]);
    // Ben's own count changed, the agents' common receipt did not.
    assert_eq!(house.woken(), ["agent/ben"]);
    assert_eq!(house.row("ben", &id).unread, 1);
}

#[test]
fn places_beyond_the_end_count_as_the_end() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.mark_read(&visitor, &id, Position(u64::MAX)).unwrap();
    house
        .mark_read(&agent("ana"), &id, Position(u64::MAX))
        .unwrap();
    let end = places(&house, &visitor, &id)[1];
    let receipts = house.open(&visitor, &id).receipts;
    assert_eq!((receipts.visitor.read, receipts.agents.read), (end, end));
    house.post(&visitor, "2").unwrap();
    assert_eq!(house.row("ana", &id).unread, 1);
}

#[test]
fn place_before_the_first_message_changes_nothing() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.woken();
    house.mark_read(&visitor, &id, Position(0)).unwrap();
    house.mark_read(&agent("ana"), &id, Position(5)).unwrap();
    assert_eq!(house.woken(), [""; 0]);
}

#[test]
fn reading_lowers_the_agents_own_count_on_all_screens() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post(&visitor, "2").unwrap();
    assert_eq!(house.row("ana", &id).unread, 2);
    let all = places(&house, &visitor, &id);
    house.mark_read(&agent("ana"), &id, all[1]).unwrap();
    assert_eq!(house.row("ana", &id).unread, 1);
    assert_eq!(house.row("ben", &id).unread, 2);
    let frames = house.agent_frames("ana", &Feed::Agent(agent_id("ana")));
    assert!(matches!(
        frames.as_slice(),
        [AgentFrame::UnreadChanged(changed)] if changed.unread == 1 && changed.conversation == id
    ));
}

#[test]
fn hidden_agents_read_unseen() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let reader = ParticipantRole::Reader;
    put_in(&house, &id, "sol", reader, Visibility::Hidden);
    let end = Position(u64::MAX);
    house.mark_read(&agent("sol"), &id, end).unwrap();
    assert_eq!(house.open(&visitor, &id).receipts, Receipts::default());
    assert_eq!(changes(&house, &visitor, &id), []);
    assert_eq!(house.row("sol", &id).unread, 0);
}

#[test]
fn notes_leave_no_trace_in_receipts() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let said = places(&house, &visitor, &id);
    house.note("ana", &id, "secret").unwrap();
    let end = Position(u64::MAX);
    house.mark_read(&visitor, &id, end).unwrap();
    house.mark_read(&agent("ben"), &id, end).unwrap();
    let receipts = house.open(&visitor, &id).receipts;
    assert_eq!(receipts.visitor.read, said[1]);
    assert_eq!(receipts.agents.read, said[1]);
    let told = changes(&house, &visitor, &id).len();
    house.note("ana", &id, "secret").unwrap();
    house.mark_read(&agent("ben"), &id, end).unwrap();
    assert_eq!(changes(&house, &visitor, &id).len(), told);
}
