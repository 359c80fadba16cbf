//! Agents begin and stop taking work, and what they said outlives everything.

use protocol::agent::{AgentFrame, Availability, BusyReason, SetState};
use protocol::error::ErrorCode;
use protocol::feed::Feed;

use super::house::{agent_id, code};
use super::work::{MINUTE, Work};

const DAY: i64 = 24 * 60 * MINUTE;

#[test]
fn who_signs_in_for_the_first_time_is_available() {
    let work = Work::with(&[]);
    work.wait(MINUTE);
    work.signs_in("ana");
    let state = work.desk("ana").state;
    assert_eq!(state.availability, Availability::Available);
    assert_eq!(state.since, work.now());
    assert_eq!((state.capacity, state.load), (4, 0));
}

#[test]
fn busy_has_a_reason_and_a_clock() {
    let work = Work::with(&["ana"]);
    work.wait(MINUTE);
    let began = work.now();
    work.says("ana", Availability::Busy, Some(BusyReason::Lunch))
        .unwrap();
    work.wait(MINUTE);
    let state = work.desk("ana").state;
    assert_eq!(state.availability, Availability::Busy);
    assert_eq!(state.reason, Some(BusyReason::Lunch));
    assert_eq!(state.since, began);
    // The same again is no change: the clock goes on.
    work.woken();
    work.says("ana", Availability::Busy, Some(BusyReason::Lunch))
        .unwrap();
    assert_eq!(work.woken(), [""; 0]);
    assert_eq!(work.desk("ana").state.since, began);
    // Another reason is one.
    work.says("ana", Availability::Busy, Some(BusyReason::Meeting))
        .unwrap();
    assert_eq!(work.desk("ana").state.since, work.now());
    work.becomes("ana", Availability::Available).unwrap();
    assert_eq!(work.desk("ana").state.reason, None);
}

#[test]
fn what_cannot_be_chosen_is_refused() {
    let work = Work::with(&["ana"]);
    let reason = Some(BusyReason::Break);
    for (availability, reason) in [
        (Availability::Missed, None),
        (Availability::Unknown, None),
        (Availability::Available, reason),
        (Availability::Offline, reason),
    ] {
        let said = work.says("ana", availability, reason);
        assert_eq!(code(said), ErrorCode::BadFrame, "{availability:?}");
    }
    assert_eq!(work.is("ana"), Availability::Available);
}

#[test]
fn a_repeat_of_an_earlier_choice_changes_nothing() {
    let work = Work::with(&["ana"]);
    let order = SetState {
        client_id: work.fresh(),
        availability: Availability::Busy,
        reason: None,
    };
    let ana = agent_id("ana");
    let first = work.service.set_state(&ana, &order).unwrap();
    work.becomes("ana", Availability::Available).unwrap();
    assert_eq!(work.service.set_state(&ana, &order), Ok(first));
    assert_eq!(work.is("ana"), Availability::Available);
}

#[test]
fn all_screens_are_told() {
    let work = Work::with(&["ana"]);
    work.becomes("ana", Availability::Busy).unwrap();
    assert_eq!(work.woken(), ["agent/ana"]);
    let frames = work.agent_frames("ana", &Feed::Agent(agent_id("ana")));
    let [.., AgentFrame::StateChanged(told)] = frames.as_slice() else {
        panic!("{frames:?}");
    };
    assert_eq!(told.state, work.desk("ana").state);
}

#[test]
fn signing_in_brings_back_what_was_chosen() {
    let work = Work::with(&[]);
    let (here, there) = (work.signs_in("ana"), work.signs_in("ana"));
    work.says("ana", Availability::Busy, Some(BusyReason::Training))
        .unwrap();
    work.service.sign_out(&here).unwrap();
    assert_eq!(work.is("ana"), Availability::Busy);
    work.service.sign_out(&there).unwrap();
    let state = work.desk("ana").state;
    assert_eq!(state.availability, Availability::Offline);
    assert_eq!(state.reason, None);
    work.wait(MINUTE);
    work.signs_in("ana");
    let state = work.desk("ana").state;
    assert_eq!(state.availability, Availability::Busy);
    assert_eq!(state.reason, Some(BusyReason::Training));
    assert_eq!(state.since, work.now());
}

#[test]
fn who_chose_to_be_offline_stays_so_until_the_next_sign_in() {
    let work = Work::with(&[]);
    let first = work.signs_in("ana");
    work.becomes("ana", Availability::Offline).unwrap();
    let second = work.signs_in("ana");
    assert_eq!(work.is("ana"), Availability::Offline);
    work.service.sign_out(&first).unwrap();
    work.service.sign_out(&second).unwrap();
    work.signs_in("ana");
    assert_eq!(work.is("ana"), Availability::Available);
}

#[test]
fn whose_sign_ins_have_run_out_is_offline() {
    let work = Work::with(&[]);
    work.signs_in("ana");
    work.wait(DAY);
    work.signs_in("ben");
    work.service.forget_old().unwrap();
    assert_eq!(work.is("ana"), Availability::Offline);
    assert_eq!(work.is("ben"), Availability::Available);
}

#[test]
fn who_was_signed_in_before_there_were_states_is_available_from_the_first_socket_on() {
    let work = Work::with(&[]);
    work.wait(MINUTE);
    let connect = protocol::hello::ConnectAgent {
        protocol: 1,
        token: None,
        feeds: Vec::new(),
    };
    let ana = agent_id("ana");
    work.service.connect_agent(&ana, &connect).unwrap();
    let since = work.now();
    work.wait(MINUTE);
    work.service.connect_agent(&ana, &connect).unwrap();
    assert_eq!(work.desk("ana").state.since, since);
}
