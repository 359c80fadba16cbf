//! The tables are whole, and what may be done follows from them.

use std::collections::BTreeSet;

use protocol::agent::OfferStatus;
use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::session::{Obstacle, SessionAction, SessionState};

use super::machine::{OFFERS, PARTICIPANTS, Participation, SESSIONS};
use super::{Part, SessionStep, Situation, actions, allowed, check, leads_to, renew_tables};
use crate::domain::Visibility;

fn situation(state: SessionState) -> Situation {
    let runs = !matches!(state, SessionState::WrappingUp | SessionState::Closed);
    Situation {
        state,
        live_status: runs.then_some(LiveStatus::InProgress),
        part: None,
        others: false,
        answers_here: true,
        owes_wrap_up: false,
        extended: false,
    }
}

fn part(role: ParticipantRole) -> Option<Part> {
    let visibility = Visibility::Visible;
    Some(Part { role, visibility })
}

fn owner(state: SessionState) -> Situation {
    Situation {
        part: part(ParticipantRole::Owner),
        ..situation(state)
    }
}

#[test]
fn every_row_is_there_once() {
    let steps: BTreeSet<_> = SESSIONS.iter().map(|(from, by, _)| (from, by)).collect();
    assert_eq!(steps.len(), SESSIONS.len());
    let steps: BTreeSet<_> = PARTICIPANTS
        .iter()
        .map(|(from, by, _)| (from, by))
        .collect();
    assert_eq!(steps.len(), PARTICIPANTS.len());
}

#[test]
fn every_session_can_come_to_its_end_and_nothing_follows_it() {
    for start in SessionState::KNOWN {
        let mut reached = BTreeSet::from([*start]);
        while reached.len() < {
            let next: Vec<_> = SESSIONS
                .iter()
                .filter(|(from, _, _)| reached.contains(from))
                .map(|(_, _, to)| *to)
                .collect();
            reached.extend(next);
            reached.len()
        } {}
        assert!(reached.contains(&SessionState::Closed), "{start:?}");
    }
    assert!(
        SESSIONS
            .iter()
            .all(|(from, _, _)| *from != SessionState::Closed)
    );
    assert_eq!(leads_to(SessionState::Closed, SessionStep::Taken), None);
}

#[test]
fn every_way_an_offer_can_end_is_told() {
    let ends: BTreeSet<_> = OFFERS.iter().map(|(_, status)| *status).collect();
    let all: BTreeSet<_> = OfferStatus::KNOWN.iter().copied().collect();
    // Nobody is asked where a channel accepts for its agents, so nothing is open before that.
    let never_open = BTreeSet::from([OfferStatus::Open, OfferStatus::AutoAccepted]);
    assert_eq!(&ends | &never_open, all);
}

#[test]
fn whoever_takes_part_can_leave() {
    let can_leave = |at: Participation| {
        PARTICIPANTS
            .iter()
            .any(|(from, _, to)| *from == at && *to == Participation::Absent)
    };
    for at in [
        Participation::Invited,
        Participation::Hidden,
        Participation::Member,
        Participation::Owner,
    ] {
        assert!(can_leave(at), "{at:?}");
    }
}

#[test]
fn what_nobody_owns_can_be_taken_by_whoever_answers_there() {
    for state in [
        SessionState::Chatbot,
        SessionState::Waiting,
        SessionState::Offered,
    ] {
        assert_eq!(check(SessionAction::Take, &situation(state)), Ok(()));
        let stranger = Situation {
            answers_here: false,
            ..situation(state)
        };
        assert_eq!(
            check(SessionAction::Take, &stranger),
            Err(Obstacle::OtherChannel)
        );
    }
}

#[test]
fn what_is_owned_is_taken_by_nobody_and_joined_by_others() {
    let other = situation(SessionState::Attended);
    assert_eq!(check(SessionAction::Take, &other), Err(Obstacle::Owned));
    assert_eq!(check(SessionAction::Join, &other), Ok(()));
    let own = owner(SessionState::Attended);
    assert_eq!(check(SessionAction::Take, &own), Err(Obstacle::OwnAlready));
    assert_eq!(
        check(SessionAction::Join, &own),
        Err(Obstacle::ParticipantAlready)
    );
}

#[test]
fn who_answers_elsewhere_joins_only_where_help_is_wanted() {
    let stranger = Situation {
        answers_here: false,
        ..situation(SessionState::Attended)
    };
    assert_eq!(
        check(SessionAction::Join, &stranger),
        Err(Obstacle::OtherChannel)
    );
    let wanted = Situation {
        live_status: Some(LiveStatus::LookingForHelp),
        ..stranger
    };
    assert_eq!(check(SessionAction::Join, &wanted), Ok(()));
}

#[test]
fn who_only_reads_along_can_join() {
    let hidden = Situation {
        part: Some(Part {
            role: ParticipantRole::Reader,
            visibility: Visibility::Hidden,
        }),
        ..situation(SessionState::Attended)
    };
    assert_eq!(check(SessionAction::Join, &hidden), Ok(()));
}

#[test]
fn only_the_owner_transfers_and_one_transfer_runs() {
    let own = owner(SessionState::Attended);
    assert_eq!(check(SessionAction::Transfer, &own), Ok(()));
    assert_eq!(
        check(SessionAction::CancelTransfer, &own),
        Err(Obstacle::NoTransfer)
    );
    let on_its_way = owner(SessionState::Transferring);
    assert_eq!(
        check(SessionAction::Transfer, &on_its_way),
        Err(Obstacle::TransferPending)
    );
    assert_eq!(check(SessionAction::CancelTransfer, &on_its_way), Ok(()));
    let member = Situation {
        part: part(ParticipantRole::Member),
        ..situation(SessionState::Attended)
    };
    assert_eq!(
        check(SessionAction::Transfer, &member),
        Err(Obstacle::NotOwner)
    );
    let nobodys = situation(SessionState::Waiting);
    assert_eq!(
        check(SessionAction::Transfer, &nobodys),
        Err(Obstacle::NotOwned)
    );
}

#[test]
fn when_it_is_over_only_how_it_went_can_be_said_or_another_begun() {
    let over = Situation {
        owes_wrap_up: true,
        ..owner(SessionState::WrappingUp)
    };
    let can: BTreeSet<_> = allowed(&over).into_iter().collect();
    let expected = BTreeSet::from([
        SessionAction::WrapUp,
        SessionAction::ExtendWrapUp,
        SessionAction::Reopen,
        SessionAction::Leave,
    ]);
    assert_eq!(can, expected);
    let colleague = situation(SessionState::WrappingUp);
    assert_eq!(allowed(&colleague), [SessionAction::Reopen]);
    let extended = Situation {
        extended: true,
        ..over
    };
    assert_eq!(
        check(SessionAction::ExtendWrapUp, &extended),
        Err(Obstacle::ExtendedAlready)
    );
}

#[test]
fn every_action_is_told_of_once() {
    let told = actions(&situation(SessionState::Waiting));
    let told: Vec<_> = told.iter().map(|state| state.action).collect();
    assert_eq!(told, SessionAction::KNOWN);
}

#[test]
fn a_status_that_is_set_already_is_not_set_again() {
    let own = owner(SessionState::Attended);
    assert_eq!(
        check(SessionAction::Proceed, &own),
        Err(Obstacle::StatusAlready)
    );
    assert_eq!(check(SessionAction::AskForHelp, &own), Ok(()));
    let stranger = situation(SessionState::Attended);
    assert_eq!(
        check(SessionAction::AskForHelp, &stranger),
        Err(Obstacle::NotParticipant)
    );
}

#[test]
fn the_tables_in_the_documentation_are_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sessions.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page == renew_tables(&page), "run `cargo xtask schema`");
}
