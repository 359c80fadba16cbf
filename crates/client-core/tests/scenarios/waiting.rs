//! A visitor who waits for an agent.

use client_core::view::WaitingView;
use client_core::{Incoming, Timer};
use protocol::seq::Seq;
use protocol::time::Timestamp;
use protocol::visitor::{ConversationChanged, PlaceChanged};

use crate::client::*;

fn waits(client: &mut Client, seq: u64, waits: bool) {
    let mut conversation = visitor_conversation("c1");
    conversation.waiting_since = waits.then_some(Timestamp(NOON));
    client.frame(Incoming::ConversationChanged(ConversationChanged {
        feed: visitor_feed(),
        seq: Seq(seq),
        conversation,
    }));
}

fn place(client: &mut Client, of: &str, position: Option<u32>, expected_wait_ms: Option<u32>) {
    client.frame(Incoming::PlaceChanged(PlaceChanged {
        conversation: conversation(of),
        position,
        expected_wait_ms,
    }));
}

fn told(client: &Client) -> Option<WaitingView> {
    client.core.timeline().waiting
}

#[test]
fn who_waits_sees_the_place_until_somebody_comes() {
    let mut client = Client::talking(Vec::new());
    assert_eq!(told(&client), None);
    waits(&mut client, 11, true);
    assert_eq!(told(&client), Some(WaitingView::default()));
    place(&mut client, "c1", Some(2), Some(180_000));
    let second = WaitingView {
        position: Some(2),
        expected_wait_ms: Some(180_000),
        nobody_there: false,
    };
    assert_eq!(told(&client), Some(second));
    place(&mut client, "another", Some(9), None);
    assert_eq!(told(&client), Some(WaitingView::default()));
    waits(&mut client, 12, false);
    assert_eq!(told(&client), None);
    // An old place is not the place of the next wait.
    waits(&mut client, 13, true);
    assert_eq!(told(&client), Some(WaitingView::default()));
}

#[test]
fn a_place_is_forgotten_with_its_connection_and_waiting_goes_on() {
    let mut client = Client::talking(Vec::new());
    waits(&mut client, 11, true);
    place(&mut client, "c1", Some(2), None);
    client.lose();
    assert_eq!(told(&client), Some(WaitingView::default()));
    client.fire(Timer::Reconnect);
    let mut again = ready(Some("c1"));
    if let Some(conversation) = &mut again.conversation {
        conversation.waiting_since = Some(Timestamp(NOON));
    }
    client.connect(again);
    place(&mut client, "c1", Some(1), None);
    assert_eq!(told(&client).unwrap().position, Some(1));
}

#[test]
fn who_waits_goes_on_writing() {
    let mut client = Client::talking(Vec::new());
    waits(&mut client, 11, true);
    assert_eq!(client.say("Are you there?").post().text, "Are you there?");
}

#[test]
fn that_nobody_is_there_is_told_as_such() {
    let mut client = Client::talking(Vec::new());
    waits(&mut client, 11, true);
    assert!(!told(&client).unwrap().nobody_there);
    place(&mut client, "c1", None, None);
    assert!(told(&client).unwrap().nobody_there);
    place(&mut client, "c1", Some(1), None);
    assert!(!told(&client).unwrap().nobody_there);
}
