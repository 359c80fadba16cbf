//! What happens in a session decides its outcome, which agents are told once it is over
//! (mission P15, `model.md` Outcome). The rule itself has its cases in `session::outcome`.

use protocol::conversation::LiveStatus;
use protocol::ids::ConversationId;
use protocol::session::{Outcome, OutcomeReason};

use super::house::{House, agent};
use super::work::Work;
use crate::settings::Settings;

fn told(house: &House, id: &ConversationId) -> (Outcome, OutcomeReason) {
    let outcome = house.standing("ana", id).outcome.unwrap();
    (outcome.outcome, outcome.reason)
}

#[test]
fn nothing_is_said_while_it_runs() {
    let house = House::new();
    let (_, id) = house.conversation();
    assert_eq!(house.standing("ana", &id).outcome, None);
    house.take("ana", &id).unwrap();
    assert_eq!(house.standing("ana", &id).outcome, None);
}

#[test]
fn a_talk_that_went_on_is_a_success() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post_to(&agent("ana"), &id, "Good day").unwrap();
    house.post_to(&visitor, &id, "Good day to you").unwrap();
    house.end("ana", &id).unwrap();
    assert_eq!(
        told(&house, &id),
        (Outcome::Success, OutcomeReason::Attended)
    );
}

#[test]
fn a_visitor_who_is_silent_after_the_answer_gave_no_answer() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.post_to(&agent("ana"), &id, "Good day").unwrap();
    house.note("ben", &id, "a note is no answer").unwrap();
    house.post_to(&agent("ana"), &id, "Are you there?").unwrap();
    house.end("ana", &id).unwrap();
    let wanted = (Outcome::NoAnswer, OutcomeReason::VisitorSilentAfterAnswer);
    assert_eq!(told(&house, &id), wanted);
}

#[test]
fn help_that_came_is_an_escalation_and_reading_along_is_none() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.outsider("eve");
    house.post_to(&agent("ana"), &id, "Good day").unwrap();
    house
        .status("ana", &id, LiveStatus::LookingForHelp)
        .unwrap();
    assert!(!house.opened_by("eve", &id).messages.is_empty());
    house.status("ana", &id, LiveStatus::InProgress).unwrap();
    house.post_to(&visitor, &id, "Hello").unwrap();
    house.end("ana", &id).unwrap();
    assert_eq!(told(&house, &id).0, Outcome::Success);

    house.take("ana", &id).unwrap();
    house
        .status("ana", &id, LiveStatus::LookingForHelp)
        .unwrap();
    house.help("eve", &id).unwrap();
    house.end("ana", &id).unwrap();
    assert_eq!(
        told(&house, &id),
        (Outcome::Escalated, OutcomeReason::Helped)
    );
}

#[test]
fn nobody_there_and_nobody_who_saw_it_is_no_one_available() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.service.distribute().unwrap();
    house.end("ben", &id).unwrap();
    let wanted = (Outcome::NoOneAvailable, OutcomeReason::NobodyThere);
    assert_eq!(told(&house, &id), wanted);

    let work = Work::with(&["ana"]);
    let (_, id) = work.conversation();
    work.distribute();
    work.wait(Settings::default().offers.held_out_ms);
    work.distribute();
    work.end("ben", &id).unwrap();
    let wanted = (Outcome::NoOneAvailable, OutcomeReason::OffersMissed);
    assert_eq!(told(&work, &id), wanted);
}

#[test]
fn a_new_session_begins_without_the_facts_of_the_last() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post_to(&agent("ana"), &id, "Good day").unwrap();
    house.post_to(&visitor, &id, "Good day to you").unwrap();
    house.end("ana", &id).unwrap();
    house.post_to(&visitor, &id, "Once more").unwrap();
    house.service.distribute().unwrap();
    house.end("ana", &id).unwrap();
    assert_eq!(told(&house, &id).0, Outcome::NoOneAvailable);
}
