//! Sessions end, everybody is told, and the next one of the same conversation begins
//! (mission W8, `model.md` Statuses).

use protocol::agent::AgentFrame;
use protocol::conversation::{ConversationStatus, LiveStatus};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::session::{SessionAction, SessionState};

use super::house::{House, agent, agent_id, code};
use super::work::{MINUTE, Work};
use crate::settings::{SessionSettings, Settings};

const DAY: i64 = 24 * 60 * MINUTE;

#[test]
fn an_owner_ends_the_session_for_everybody() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.wait(1000);
    house.end("ana", &id).unwrap();
    let record = house.record(&id);
    assert_eq!(record.status, ConversationStatus::Resolved);
    assert_eq!(record.live_status, None);
    let session = house
        .look(|reading| reading.session(&record.session))
        .unwrap();
    assert_eq!(session.ended_at, Some(house.now()));
    for who in [visitor.clone(), agent("ben")] {
        assert_eq!(house.lines(&who, &id).last().unwrap(), "*session_ended Ana");
    }
    let state = house.open(&visitor, &id).state.unwrap();
    assert_eq!(state.status, ConversationStatus::Resolved);
    let standing = house.standing("ana", &id);
    assert_eq!(standing.state, SessionState::Closed);
    let state = house.list("ana").desk.unwrap().state;
    assert_eq!(state.load, 0, "it holds no capacity any more");
}

#[test]
fn ending_again_is_done_and_changes_nothing() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.end("ana", &id).unwrap();
    let before = house.record(&id);
    house.end("ana", &id).unwrap();
    house.end("ben", &id).unwrap();
    assert_eq!(house.record(&id), before);
}

#[test]
fn only_the_owner_ends_what_is_owned() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.join("ben", &id).unwrap();
    let before = house.record(&id);
    assert_eq!(code(house.end("ben", &id)), ErrorCode::NotNow);
    house.outsider("eve");
    assert_eq!(code(house.end("eve", &id)), ErrorCode::Forbidden);
    assert_eq!(house.record(&id), before);
}

#[test]
fn what_waits_can_be_ended_by_whoever_answers_there_and_leaves_the_line() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.conversation();
    work.distribute();
    assert_eq!(work.list("ana").desk.unwrap().offers.len(), 1);
    work.end("ben", &id).unwrap();
    assert_eq!(work.list("ana").desk.unwrap().offers, []);
    assert_eq!(work.look(|reading| reading.waiting_sessions()), []);
}

#[test]
fn the_customers_next_message_begins_a_session_without_the_last_ones_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.join("ben", &id).unwrap();
    house.end("ana", &id).unwrap();
    let ended = house.record(&id);
    assert_eq!(house.row("ana", &id).participants.len(), 2);
    house.post_to(&visitor, &id, "One more thing").unwrap();
    let again = house.record(&id);
    assert_ne!(again.session, ended.session);
    assert_eq!(again.owner, None);
    assert_eq!(house.row("ana", &id).participants, []);
    assert_eq!(house.open(&visitor, &id).state.unwrap().agents, []);
    let session = house
        .look(|reading| reading.session(&again.session))
        .unwrap();
    assert_eq!(session.waiting_since, Some(house.now()));
    assert_eq!(session.previous_agent, Some(agent_id("ana")));
    assert_eq!(house.standing("ana", &id).state, SessionState::Waiting);
}

#[test]
fn an_agent_who_writes_or_takes_after_the_end_begins_anew() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.end("ana", &id).unwrap();
    let ended = house.record(&id);
    house
        .post_to(&agent("ben"), &id, "One more question")
        .unwrap();
    let again = house.record(&id);
    assert_ne!(again.session, ended.session);
    assert_eq!(again.owner.unwrap().agent, agent_id("ben"));
    assert_eq!(again.live_status, Some(LiveStatus::InProgress));
    house.end("ben", &id).unwrap();
    house.take("ana", &id).unwrap();
    let third = house.record(&id);
    assert_eq!(third.owner.unwrap().agent, agent_id("ana"));
    assert_eq!(third.status, ConversationStatus::Open);
    let lines = house.lines(&visitor, &id);
    let ends = lines
        .iter()
        .filter(|line| line.starts_with("*session_ended"));
    assert_eq!(ends.count(), 2);
    assert_eq!(lines.last().unwrap(), "*agent_joined Ana");
}

#[test]
fn a_day_of_silence_ends_a_session_without_a_word() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.conversation();
    work.take("ana", &id).unwrap();
    let lines = work.lines(&visitor, &id);
    work.pass(DAY - 1);
    assert_eq!(work.record(&id).status, ConversationStatus::Open);
    work.post_to(&visitor, &id, "Still here").unwrap();
    work.pass(DAY - 1);
    assert_eq!(work.record(&id).status, ConversationStatus::Open);
    work.pass(1);
    let record = work.record(&id);
    assert_eq!(record.status, ConversationStatus::Resolved);
    assert_eq!(work.lines(&visitor, &id).len(), lines.len() + 1);
    assert_eq!(work.load("ana"), 0);
    assert!(work.standing("ana", &id).outcome.is_some());
}

#[test]
fn what_waits_for_us_never_ends_by_silence_and_has_a_day_once_it_is_taken() {
    let work = Work::with(&[]);
    let (_, id) = work.waits();
    let (_, helped) = work.conversation();
    work.take("ben", &helped).unwrap();
    work.house
        .status("ben", &helped, LiveStatus::LookingForHelp)
        .unwrap();
    work.pass(3 * DAY);
    assert_eq!(work.record(&id).status, ConversationStatus::Open);
    assert_eq!(work.record(&helped).status, ConversationStatus::Open);
    work.take("ana", &id).unwrap();
    work.pass(DAY - 1);
    assert_eq!(work.record(&id).status, ConversationStatus::Open);
    work.pass(1);
    assert_eq!(work.record(&id).status, ConversationStatus::Resolved);
}

#[test]
fn where_that_is_set_nothing_ends_by_silence() {
    let house = House::with(Settings {
        sessions: SessionSettings {
            end_after_ms: None,
            ..SessionSettings::default()
        },
        ..Settings::default()
    });
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.wait(30 * DAY);
    house.service.distribute().unwrap();
    assert_eq!(house.record(&id).status, ConversationStatus::Open);
}

#[test]
fn a_call_for_help_ends_with_its_session() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    house.outsider("eve");
    house
        .status("ana", &id, LiveStatus::LookingForHelp)
        .unwrap();
    house.end("ana", &id).unwrap();
    let told = house
        .agent_frames("eve", &Feed::Agent(agent_id("eve")))
        .pop();
    assert!(
        matches!(told, Some(AgentFrame::SummaryWithdrawn(_))),
        "{told:?}"
    );
    let standing = house.standing("ana", &id);
    let end = standing
        .actions
        .iter()
        .find(|it| it.action == SessionAction::End);
    assert!(end.unwrap().obstacle.is_some());
}
