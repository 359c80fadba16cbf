//! Facts about what is told of receiving and reading.

use protocol::ids::ConversationId;
use protocol::receipt::Reached;
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::{Receipts, state_of};
use crate::effect::Effect;
use crate::side::Party;
use crate::turn::Turn;
use crate::view::DeliveryState;

fn reached(delivered: u64, read: u64) -> Reached {
    Reached {
        delivered: Position(delivered),
        read: Position(read),
    }
}

fn said(receipts: &mut Receipts) -> Vec<String> {
    let mut turn = Turn::new(Timestamp(0), 0, true);
    receipts.send_due(Party::Visitor, &mut turn);
    turn.finish()
        .into_iter()
        .map(|effect| match effect {
            Effect::Send(frame) => frame.encode(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn the_other_side_decides_how_far_a_message_got() {
    let other = reached(5, 3);
    assert_eq!(state_of(Position(3), other), DeliveryState::Read);
    assert_eq!(state_of(Position(5), other), DeliveryState::Delivered);
    assert_eq!(state_of(Position(6), other), DeliveryState::Sent);
}

#[test]
fn what_the_server_knows_is_not_told() {
    let c = ConversationId::parse("c").unwrap();
    let mut receipts = Receipts::new();
    receipts.want(&c, reached(5, 5), reached(5, 5));
    assert!(said(&mut receipts).is_empty());
    receipts.want(&c, reached(6, 5), reached(5, 5));
    let said = said(&mut receipts);
    assert!(said[0].contains("mark_delivered") && said[0].contains(r#""up_to":6"#));
}

#[test]
fn conversations_are_told_apart() {
    let mut receipts = Receipts::new();
    for id in ["a", "b"] {
        let id = ConversationId::parse(id).unwrap();
        receipts.want(&id, reached(1, 1), reached(0, 0));
    }
    assert_eq!(said(&mut receipts).len(), 2);
    assert!(said(&mut receipts).is_empty(), "each has one on its way");
}
