//! What agents may do about a session is told to each of them, and refused where it was told so.

use protocol::error::ErrorCode;
use protocol::session::{Obstacle, SessionAction, SessionState};

use super::house::House;
use crate::error::Error;

fn obstacle(
    house: &House,
    name: &str,
    conversation: &protocol::ids::ConversationId,
    action: SessionAction,
) -> Option<Obstacle> {
    let standing = house.standing(name, conversation);
    let told = standing.actions.iter().find(|it| it.action == action);
    told.unwrap().obstacle
}

#[test]
fn a_session_is_told_from_waiting_to_attended() {
    let house = House::new();
    let (_, id) = house.conversation();
    assert_eq!(house.standing("ana", &id).state, SessionState::Waiting);
    assert_eq!(obstacle(&house, "ana", &id, SessionAction::Take), None);
    house.take("ana", &id).unwrap();
    assert_eq!(house.standing("ana", &id).state, SessionState::Attended);
    assert_eq!(
        obstacle(&house, "ana", &id, SessionAction::Take),
        Some(Obstacle::OwnAlready)
    );
    assert_eq!(
        obstacle(&house, "ben", &id, SessionAction::Take),
        Some(Obstacle::Owned)
    );
    assert_eq!(obstacle(&house, "ben", &id, SessionAction::Join), None);
}

#[test]
fn what_cannot_be_done_is_refused_with_what_can() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    let mut ended = house.record(&id);
    ended.live_status = None;
    crate::ports::storage::write::<_, Error>(&*house.storage, |tx| {
        tx.put_conversation(&ended)?;
        Ok(())
    })
    .unwrap();
    let Err(Error::Refused(refusal)) = house.join("ben", &id) else {
        panic!("joined what is over");
    };
    assert_eq!(refusal.code, ErrorCode::NotNow);
    let told = refusal.session.unwrap();
    assert_eq!(told.state, SessionState::Closed);
    assert_eq!(told.obstacle, Obstacle::SessionOver);
    assert_eq!(told.allowed, [SessionAction::Reopen]);
}
