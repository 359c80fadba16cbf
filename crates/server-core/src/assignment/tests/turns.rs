//! Who missed or declined a session, and when they are asked again.

use super::*;

fn turned_down(mut session: WaitingSession, turns: &[(&str, i64)]) -> WaitingSession {
    for (agent, at) in turns {
        session.turns.turned_down(&id(agent), Timestamp(*at));
    }
    session
}

#[test]
fn who_turned_it_down_is_passed_over_for_the_next_one() {
    let session = turned_down(session("s", 0), &[("ana", 1_000_000)]);
    let agents = [agent("ana"), agent("ben")];
    assert_eq!(choices(&mut board(&agents, &[session]), NOW), ["s>ben"]);
}

#[test]
fn they_may_have_the_next_session_all_the_same() {
    let first = turned_down(session("a", 1), &[("ana", 1_000_000)]);
    let mut board = board(&[], &[first, session("b", 2)]);
    board.set_agent(agent("ana"));
    assert_eq!(choices(&mut board, NOW), ["b>ana"]);
}

#[test]
fn when_everybody_had_their_turn_they_are_asked_again_after_a_pause() {
    let session = turned_down(session("s", 0), &[("ana", 1_000_000)]);
    let mut board = board(&[agent("ana")], &[session]);
    assert_eq!(choices(&mut board, NOW), [""; 0]);
    assert_eq!(board.next_wake(), Some(Timestamp(1_030_000)));
    assert_eq!(choices(&mut board, Timestamp(1_029_999)), [""; 0]);
    assert_eq!(choices(&mut board, Timestamp(1_030_000)), ["s>ana"]);
    assert_eq!(board.next_wake(), None);
}

#[test]
fn colleagues_without_room_still_have_their_turn_but_not_for_ever() {
    let session = turned_down(session("s", 0), &[("ana", 1_000_000)]);
    let full = AgentStanding {
        load: 4,
        ..agent("ben")
    };
    let mut board = board(&[agent("ana"), full], &[session]);
    assert_eq!(choices(&mut board, NOW), [""; 0]);
    assert_eq!(choices(&mut board, Timestamp(1_060_000)), [""; 0]);
    assert_eq!(board.next_wake(), Some(Timestamp(1_120_000)));
    assert_eq!(choices(&mut board, Timestamp(1_120_000)), ["s>ana"]);
}

#[test]
fn colleagues_who_leave_are_not_waited_for() {
    let session = turned_down(session("s", 0), &[("ana", 900_000)]);
    let full = AgentStanding {
        load: 4,
        ..agent("ben")
    };
    for leave in [true, false] {
        let mut board = board(
            &[agent("ana"), full.clone()],
            std::slice::from_ref(&session),
        );
        assert_eq!(choices(&mut board, NOW), [""; 0]);
        if leave {
            board.remove_agent(&id("ben"));
        } else {
            board.set_agent(AgentStanding {
                readiness: Readiness::NotAvailable,
                ..full.clone()
            });
        }
        assert_eq!(choices(&mut board, NOW), ["s>ana"]);
    }
}

#[test]
fn turns_go_round() {
    // Both had one turn, Ana a second one: now it is Ben's, though Ana suits better.
    let turns = [("ana", 1_000), ("ben", 2_000), ("ana", 3_000)];
    let session = WaitingSession {
        previous_agent: Some(id("ana")),
        ..turned_down(session("s", 0), &turns)
    };
    let agents = [agent("ana"), agent("ben")];
    let early = Timestamp(60_000);
    assert_eq!(choices(&mut board(&agents, &[session]), early), ["s>ben"]);
}

#[test]
fn a_clock_that_was_set_back_shuts_nobody_out() {
    let session = turned_down(session("s", 0), &[("ana", 9_000_000)]);
    assert_eq!(
        choices(&mut board(&[agent("ana")], &[session]), NOW),
        ["s>ana"]
    );
}
