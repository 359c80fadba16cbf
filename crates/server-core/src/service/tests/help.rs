//! Help among agents: who sees that it is wanted, who comes, and what everybody is told
//! (mission P4 to P8).

use protocol::agent::AgentFrame;
use protocol::conversation::{ConversationSummary, LiveStatus};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{AgentId, ConversationId};
use protocol::session::{Obstacle, SessionAction};

use super::house::{House, agent, agent_id, code, post};
use crate::domain::Principal;
use crate::error::Error;
use crate::settings::{SessionSettings, Settings};

use LiveStatus::{InProgress, LookingForHelp, WaitingForCustomer};

/// A visitor, a conversation that Ana owns, and Eve, who answers elsewhere.
fn attended(house: &House) -> (Principal, ConversationId, AgentId) {
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    (visitor, id, house.outsider("eve"))
}

fn beside(house: &House, name: &str) -> Vec<ConversationSummary> {
    house.list(name).beside.unwrap()
}

fn told_last(house: &House, name: &str) -> AgentFrame {
    let mut told = house.agent_frames(name, &Feed::Agent(agent_id(name)));
    told.pop().unwrap()
}

fn live_status(house: &House, id: &ConversationId) -> Option<LiveStatus> {
    house.record(id).live_status
}

#[test]
fn statuses_are_set_by_hand_and_the_visitor_hears_nothing() {
    let house = House::new();
    let (visitor, id, _) = attended(&house);
    let before = house.visitor_frames(&visitor, &id).len();
    for status in [WaitingForCustomer, LookingForHelp, InProgress, InProgress] {
        house.status("ana", &id, status).unwrap();
        assert_eq!(live_status(&house, &id), Some(status));
        assert_eq!(house.row("ben", &id).live_status, Some(status));
    }
    assert_eq!(house.visitor_frames(&visitor, &id).len(), before);
    assert_eq!(house.record(&id).status.as_str(), "open");
}

#[test]
fn only_who_takes_part_says_where_it_stands() {
    let house = House::new();
    let (_, id, eve) = attended(&house);
    let refused = house.status("ben", &id, WaitingForCustomer);
    assert_eq!(code(refused), ErrorCode::NotNow);
    let refused = house.status(eve.as_str(), &id, LookingForHelp);
    assert_eq!(code(refused), ErrorCode::Forbidden);
    let refused = house.status("ana", &id, LiveStatus::Unknown);
    assert_eq!(code(refused), ErrorCode::BadFrame);
    assert_eq!(live_status(&house, &id), Some(InProgress));
}

#[test]
fn the_customers_next_message_ends_the_wait() {
    let house = House::new();
    let (visitor, id, _) = attended(&house);
    house.status("ana", &id, WaitingForCustomer).unwrap();
    house
        .post_to(&agent("ana"), &id, "Could you look?")
        .unwrap();
    assert_eq!(live_status(&house, &id), Some(WaitingForCustomer));
    house.post_to(&visitor, &id, "I have").unwrap();
    assert_eq!(live_status(&house, &id), Some(InProgress));
}

#[test]
fn an_answer_begins_the_wait_where_that_is_set() {
    let house = House::with(Settings {
        sessions: SessionSettings {
            await_customer: true,
            ..SessionSettings::default()
        },
        ..Settings::default()
    });
    let (visitor, id, _) = attended(&house);
    house
        .post_to(&agent("ana"), &id, "Could you look?")
        .unwrap();
    assert_eq!(live_status(&house, &id), Some(WaitingForCustomer));
    house.post_to(&visitor, &id, "I have").unwrap();
    house.status("ana", &id, LookingForHelp).unwrap();
    house.post_to(&agent("ana"), &id, "One moment").unwrap();
    assert_eq!(
        live_status(&house, &id),
        Some(LookingForHelp),
        "help is still wanted"
    );
}

#[test]
fn everybody_sees_who_looks_for_help_the_longest_first() {
    let house = House::new();
    let (_, first, eve) = attended(&house);
    let (_, second) = house.conversation();
    house.take("ben", &second).unwrap();
    assert_eq!(beside(&house, "eve"), []);
    house.status("ben", &second, LookingForHelp).unwrap();
    house.wait(60_000);
    house.status("ana", &first, LookingForHelp).unwrap();
    let order = |name: &str| {
        let rows = beside(&house, name).into_iter();
        rows.map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(order("eve"), [second.clone(), first.clone()]);
    assert_eq!(order("ana"), [second, first.clone()]);
    let row = house.row(eve.as_str(), &first);
    let help = row.help.unwrap();
    assert_eq!((help.since, help.own_expertise), (house.now(), false));
    assert_eq!(help.by.unwrap().id, agent_id("ana"));
    assert_eq!(row.elsewhere.unwrap().name, "Support");
    assert_eq!(house.row("ben", &first).elsewhere, None);
    let AgentFrame::SummaryChanged(told) = told_last(&house, "eve") else {
        panic!("not told");
    };
    assert_eq!(told.summary, house.row("eve", &first));
}

#[test]
fn calling_again_is_done_and_keeps_who_called_since_when() {
    let house = House::new();
    let (_, id, _) = attended(&house);
    house.join("ben", &id).unwrap();
    house.status("ana", &id, LookingForHelp).unwrap();
    let first = house.row("eve", &id);
    house.wait(5_000);
    house.status("ben", &id, LookingForHelp).unwrap();
    assert_eq!(house.row("eve", &id), first);
}

#[test]
fn own_expertise_is_marked_live() {
    let house = House::new();
    let (_, id, _) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    let choose = |chosen| {
        let order = protocol::agent::ChooseExpertise {
            client_id: house.fresh(),
            conversation: id.clone(),
            expertise: "Refunds".to_owned(),
            chosen,
        };
        house
            .service
            .choose_expertise(&agent_id("ana"), &order)
            .unwrap();
        let AgentFrame::SummaryChanged(told) = told_last(&house, "eve") else {
            panic!("not told");
        };
        assert_eq!(told.summary, house.row("eve", &id));
        told.summary.help.unwrap().own_expertise
    };
    assert!(choose(true));
    assert!(!house.row("ben", &id).help.unwrap().own_expertise);
    assert!(!choose(false));
}

#[test]
fn what_looks_for_help_is_read_without_joining() {
    let house = House::new();
    let (visitor, id, _) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    let agents = |who: &Principal| house.open(who, &id).state.unwrap().agents;
    let before = agents(&visitor);
    assert!(!house.opened_by("eve", &id).messages.is_empty());
    house.note("eve", &id, "I can, in five minutes").unwrap();
    assert_eq!(agents(&visitor), before);
    assert_eq!(live_status(&house, &id), Some(LookingForHelp));
    let standing = house.standing("eve", &id);
    let join = standing
        .actions
        .iter()
        .find(|it| it.action == SessionAction::Join);
    assert_eq!(join.unwrap().obstacle, None);
}

#[test]
fn who_comes_to_help_is_told_to_the_visitor_and_stays() {
    let house = House::new();
    let (visitor, id, eve) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    house.help("eve", &id).unwrap();
    house.help("eve", &id).unwrap();
    assert_eq!(live_status(&house, &id), Some(InProgress));
    let lines = house.lines(&visitor, &id);
    assert_eq!(lines.last().unwrap(), "*agent_joined eve");
    assert_eq!(house.row("ana", &id).help, None);
    assert_eq!(beside(&house, "ana"), []);
    let own = house.row("eve", &id);
    assert_eq!(
        (
            own.help.clone(),
            own.elsewhere.clone().unwrap().name.as_str()
        ),
        (None, "Support")
    );
    house.post_to(&agent("eve"), &id, "Here I am").unwrap();
    house.post_to(&visitor, &id, "Thanks").unwrap();
    let AgentFrame::SummaryChanged(told) = told_last(&house, "eve") else {
        panic!("not told");
    };
    assert_eq!(told.summary, house.row("eve", &id));
    house.note_to("ana", &id, "well done", &["eve"]).unwrap();
    let colleagues = house.opened_by("ana", &id).colleagues.unwrap();
    assert!(colleagues.iter().any(|one| one.id == eve));
    house.leave("eve", &id).unwrap();
    let AgentFrame::SummaryWithdrawn(told) = told_last(&house, "eve") else {
        panic!("still there");
    };
    assert_eq!(told.conversation, id);
    assert_eq!(told.helped_by, None, "she left");
    assert_eq!(beside(&house, "eve"), []);
    assert_eq!(code(house.leave("eve", &id)), ErrorCode::Forbidden);
}

#[test]
fn of_two_who_come_at_once_the_second_is_told_who_was_first() {
    let house = House::new();
    let (_, id, _) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    house.help("ben", &id).unwrap();
    for late in ["eve", "sol"] {
        let Err(Error::Refused(refusal)) = house.help(late, &id) else {
            panic!("{late} came, too");
        };
        assert_eq!(refusal.code, ErrorCode::NotNow);
        let told = refusal.session.unwrap();
        assert_eq!(told.obstacle, Obstacle::NoHelpWanted);
        assert_eq!(told.by.unwrap().id, agent_id("ben"));
    }
    let AgentFrame::SummaryWithdrawn(told) = told_last(&house, "eve") else {
        panic!("still there");
    };
    assert_eq!(told.helped_by.unwrap().id, agent_id("ben"));
    // Sol answers there: she may take part all the same, if that is what she wants.
    house.join("sol", &id).unwrap();
}

#[test]
fn proceeding_by_hand_ends_the_call_and_the_reach() {
    let house = House::new();
    let (_, id, eve) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    house.status("ana", &id, InProgress).unwrap();
    let AgentFrame::SummaryWithdrawn(told) = told_last(&house, "eve") else {
        panic!("still there");
    };
    assert_eq!(told.helped_by, None);
    let order = post(house.fresh(), Some(&id), "Too late");
    let late = house.service.post_message(&Principal::Agent(eve), &order);
    assert_eq!(code(late), ErrorCode::Forbidden);
    let Err(Error::Refused(refusal)) = house.help("eve", &id) else {
        panic!("came too late");
    };
    assert_eq!(refusal.session.unwrap().by, None);
}

#[test]
fn answering_is_coming_to_help() {
    let house = House::new();
    let (_, id, _) = attended(&house);
    house.status("ana", &id, LookingForHelp).unwrap();
    house
        .post_to(&agent("eve"), &id, "Try the other door")
        .unwrap();
    assert_eq!(live_status(&house, &id), Some(InProgress));
    let told = house.help("sol", &id);
    let Err(Error::Refused(refusal)) = told else {
        panic!("came, too");
    };
    assert_eq!(refusal.session.unwrap().by.unwrap().id, agent_id("eve"));
}

#[test]
fn a_helper_who_answers_in_the_channel_hears_of_it_there_alone() {
    let house = House::new();
    let (_, id, _) = attended(&house);
    house.woken();
    house.status("ana", &id, LookingForHelp).unwrap();
    let woken = house.woken();
    assert!(woken.contains(&"agent/eve".to_owned()));
    assert!(woken.contains(&"channel/support".to_owned()));
    assert!(
        !woken
            .iter()
            .any(|feed| feed == "agent/ben" || feed.starts_with("visitor/"))
    );
}
