//! The board: lines, places and who is looked at when.

use super::*;
use crate::assignment::Place;

#[test]
fn only_ready_agents_of_the_channel_with_room_are_offered_anything() {
    let readiness = |name: &str, readiness| AgentStanding {
        readiness,
        ..agent(name)
    };
    let agents = [
        readiness("away", Readiness::NotAvailable),
        readiness("gone", Readiness::Disconnected),
        AgentStanding {
            channels: BTreeSet::from([channel("sales")]),
            ..agent("elsewhere")
        },
        AgentStanding {
            load: 3,
            offers: 1,
            ..agent("full")
        },
        AgentStanding {
            capacity: 0,
            ..agent("none")
        },
    ];
    let mut board = board(&agents, &[session("s", 0)]);
    assert_eq!(choices(&mut board, NOW), [""; 0]);
    board.set_agent(agent("away"));
    assert_eq!(choices(&mut board, NOW), ["s>away"]);
}

#[test]
fn an_offer_takes_room_at_once() {
    let one = AgentStanding {
        capacity: 1,
        ..agent("ana")
    };
    let mut board = board(&[one], &[session("a", 1), session("b", 2)]);
    assert_eq!(choices(&mut board, NOW), ["a>ana"]);
    let after = board.agent(&id("ana")).unwrap();
    assert_eq!((after.offers, after.last_offered_at), (1, Some(NOW)));
}

#[test]
fn the_oldest_goes_first_and_offers_stack_up_to_capacity() {
    let two = AgentStanding {
        capacity: 2,
        ..agent("ana")
    };
    let sessions = [session("c", 3), session("a", 1), session("b", 2)];
    let mut board = board(&[two], &sessions);
    assert_eq!(choices(&mut board, NOW), ["a>ana", "b>ana"]);
    let line: Vec<&SessionId> = board.line(&channel("support")).collect();
    assert_eq!(line, [&session_id("c")]);
}

#[test]
fn an_agent_of_several_channels_serves_the_one_who_waits_longest() {
    let sales = |name, since| WaitingSession {
        channel: channel("sales"),
        ..session(name, since)
    };
    let sessions = [session("a", 2), sales("b", 1), sales("c", 3)];
    let mut board = board(&[], &sessions);
    assert_eq!(choices(&mut board, NOW), [""; 0]);
    board.set_agent(AgentStanding {
        channels: BTreeSet::from([channel("support"), channel("sales")]),
        ..agent("ana")
    });
    assert_eq!(choices(&mut board, NOW), ["b>ana", "a>ana", "c>ana"]);
}

#[test]
fn a_session_that_comes_back_stands_where_it_stood() {
    let one = AgentStanding {
        capacity: 1,
        ..agent("ana")
    };
    let mut board = board(&[one], &[session("a", 1), session("b", 2)]);
    let first = board.next(NOW, 0).unwrap();
    assert_eq!(first.session, session("a", 1));
    let place = |board: &Board, name| board.place(&session_id(name), NOW);
    assert_eq!(place(&board, "a"), None);
    assert_eq!(place(&board, "b").unwrap().position, 1);
    board.add_session(first.session);
    assert_eq!(place(&board, "a").unwrap().position, 1);
    assert_eq!(place(&board, "b").unwrap().position, 2);
}

#[test]
fn places_are_those_of_the_channels_own_line() {
    let elsewhere = WaitingSession {
        channel: channel("sales"),
        ..session("x", 0)
    };
    let mut board = board(&[], &[elsewhere, session("a", 1), session("b", 2)]);
    let support = channel("support");
    for at in [700_000, 800_000, 900_000] {
        board.departed(&support, Timestamp(at));
    }
    let expected = |position, wait| {
        Some(Place {
            position,
            expected_wait_ms: wait,
        })
    };
    let place = |name: &str| board.place(&session_id(name), NOW);
    assert_eq!(place("a"), expected(1, Some(100_000)));
    assert_eq!(place("b"), expected(2, Some(200_000)));
    assert_eq!(place("x"), expected(1, None));
    assert_eq!(place("none"), None);
}

#[test]
fn who_leaves_the_line_is_offered_to_nobody() {
    let mut board = board(&[], &[session("a", 1), session("b", 2)]);
    assert_eq!(
        board.remove_session(&session_id("a")),
        Some(session("a", 1))
    );
    assert_eq!(board.remove_session(&session_id("a")), None);
    board.set_agent(agent("ana"));
    assert_eq!(choices(&mut board, NOW), ["b>ana"]);
}

#[test]
fn an_agent_who_is_forgotten_is_offered_nothing() {
    let mut board = board(&[agent("ana")], &[]);
    board.remove_agent(&id("ana"));
    board.add_session(session("a", 1));
    assert_eq!(choices(&mut board, NOW), [""; 0]);
    assert_eq!(board.agent(&id("ana")), None);
}

#[test]
fn a_session_that_changes_its_channel_changes_its_line() {
    let mut board = board(&[], &[session("a", 1)]);
    board.add_session(WaitingSession {
        channel: channel("sales"),
        ..session("a", 1)
    });
    assert_eq!(board.line(&channel("support")).count(), 0);
    assert_eq!(board.line(&channel("sales")).count(), 1);
}

#[test]
fn the_best_of_all_with_room_is_chosen_also_when_another_one_gets_free() {
    // Nobody was free before, so both are looked at when they come together.
    let expert = AgentStanding {
        expertise: BTreeSet::from(["billing".to_owned()]),
        ..agent("eva")
    };
    let wanted = WaitingSession {
        expertise: BTreeSet::from(["billing".to_owned()]),
        ..session("s", 0)
    };
    let mut board = board(&[], &[wanted]);
    board.set_agent(agent("ana"));
    board.set_agent(expert);
    assert_eq!(choices(&mut board, NOW), ["s>eva"]);
}
