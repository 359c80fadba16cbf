//! Feeds: order, holes, copies, and what stays on screen meanwhile.

use client_core::{Alert, Incoming, Intent, Timer};
use protocol::codec::UnknownFrame;
use protocol::error::ErrorCode;
use protocol::hello::Refused;
use protocol::ids::Epoch;
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::visitor::MessagesFetched;

use crate::client::*;

#[test]
fn entries_that_are_known_change_nothing() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    assert!(client.entry(10, from_agent(9, "ghost")).alerts().is_empty());
    assert_eq!(client.texts(), ["a"]);
}

#[test]
fn a_hole_is_asked_for_once_and_filled_in_order() {
    let mut client = Client::talking(Vec::new());
    client.entry(11, from_agent(1, "a"));
    let hole = client.entry(13, from_agent(3, "c"));
    assert_eq!(hole.resumes(), [cursor(11)]);
    assert!(client.entry(14, from_agent(4, "d")).resumes().is_empty());
    assert_eq!(client.texts(), ["a"]);
    client.frame(resumed(3));
    client.entry(12, from_agent(2, "b"));
    client.entry(13, from_agent(3, "c"));
    client.entry(14, from_agent(4, "d"));
    assert_eq!(client.texts(), ["a", "b", "c", "d"]);
    assert!(client.entry(15, from_agent(5, "e")).resumes().is_empty());
}

#[test]
fn a_hole_that_is_never_filled_ends_in_a_fresh_copy() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    for _ in 0..3 {
        assert_eq!(client.entry(13, from_agent(3, "c")).resumes().len(), 1);
        client.frame(resumed(0));
    }
    let gives_up = client.entry(13, from_agent(3, "c"));
    assert!(gives_up.resumes().is_empty());
    client.frame(Incoming::ConversationOpened(opened(
        gives_up.open_reference(),
        vec![from_agent(1, "a"), from_agent(2, "b"), from_agent(3, "c")],
        13,
    )));
    assert_eq!(client.texts(), ["a", "b", "c"]);
}

#[test]
fn an_entry_of_a_later_version_still_counts() {
    let mut client = Client::talking(Vec::new());
    client.frame(Incoming::Unknown(UnknownFrame {
        frame_type: "message_reacted".to_owned(),
        feed: Some(visitor_feed()),
        seq: Some(Seq(11)),
        client_id: None,
        reference: None,
    }));
    assert!(client.entry(12, from_agent(1, "a")).resumes().is_empty());
    assert_eq!(client.texts(), ["a"]);
}

#[test]
fn a_reconnect_goes_on_where_it_left_off() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    client.entry(11, from_agent(2, "b"));
    client.lose();
    client.fire(Timer::Reconnect);
    let hello = client.bring(client_core::Event::SocketOpened);
    let sent = hello.sent()[0].encode();
    assert!(sent.contains(r#""seq":11"#), "{sent}");
    let online = client.frame(Incoming::VisitorReady(ready(Some("c1"))));
    assert!(online.opens().is_empty());
    client.frame(resumed(1));
    let missed = client.entry(12, from_agent(3, "c"));
    assert!(missed.alerts().is_empty(), "it did not happen just now");
    let live = client.entry(13, from_agent(4, "d"));
    assert_eq!(
        live.alerts(),
        [&Alert::MessageArrived {
            author: Some("Ana".to_owned()),
            text: "d".to_owned(),
            attachment: None,
        }]
    );
    assert_eq!(client.texts(), ["a", "b", "c", "d"]);
}

#[test]
fn the_old_view_stays_until_the_fresh_copy_is_there() {
    let mut old = from_agent(1, "a");
    old.posted_at = old.posted_at.plus(-i64::from(protocol::limits::EDIT_MS));
    let mut client = Client::talking(vec![old, from_agent(2, "b")]);
    let reopens = client.frame(resync());
    assert_eq!(client.texts(), ["a", "b"]);
    // Until then nothing can be placed.
    client.entry(30, from_agent(9, "later"));
    assert_eq!(client.texts(), ["a", "b"]);
    client.frame(Incoming::ConversationOpened(opened(
        reopens.open_reference(),
        vec![from_agent(2, "b"), from_agent(9, "later")],
        30,
    )));
    assert_eq!(client.texts(), ["a", "b", "later"], "they overlap");
}

#[test]
fn older_history_behind_a_gap_is_dropped() {
    let mut client = Client::talking(vec![from_agent(1, "a"), from_agent(2, "b")]);
    let reopens = client.frame(resync());
    let mut copy = opened(
        reopens.open_reference(),
        vec![from_agent(8, "h"), from_agent(9, "i")],
        30,
    );
    copy.has_more_before = true;
    client.frame(Incoming::ConversationOpened(copy));
    assert_eq!(client.texts(), ["h", "i"]);
    assert!(client.core.timeline().has_older);
}

#[test]
fn what_a_newer_copy_lacks_is_gone() {
    let mut client = Client::talking(vec![from_agent(1, "a"), from_agent(2, "b")]);
    let reopens = client.frame(resync());
    client.frame(Incoming::ConversationOpened(opened(
        reopens.open_reference(),
        vec![from_agent(1, "a")],
        30,
    )));
    assert_eq!(client.texts(), ["a"]);
}

#[test]
fn a_copy_that_is_older_than_the_entries_takes_nothing_away() {
    let mut client = Client::online();
    // The visitor's other tab began the conversation.
    let opens = client.frame(Incoming::ConversationStarted(
        protocol::visitor::ConversationStarted {
            conversation: visitor_conversation("c1"),
        },
    ));
    let reference = opens.open_reference();
    client.frame(Incoming::ConversationOpened(opened(
        reference,
        Vec::new(),
        10,
    )));
    client.entry(11, from_agent(1, "a"));
    // A second copy was asked for and made before the entry.
    let reopens = client.frame(resync());
    client.frame(Incoming::ConversationOpened(opened(
        reopens.open_reference(),
        vec![from_agent(1, "a")],
        11,
    )));
    client.entry(12, from_agent(2, "b"));
    assert_eq!(client.texts(), ["a", "b"]);
}

#[test]
fn a_conversation_that_is_gone_is_forgotten_with_its_draft_kept() {
    let saved = [("conversation".to_owned(), "c1".to_owned())];
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    client.edit("still here");
    let online = client.connect(ready(None));
    assert!(online.opens().is_empty());
    assert!(online.forgotten().contains(&"conversation"));
    assert_eq!(client.core.timeline().conversation, None);
    assert_eq!(client.core.composer().draft, "still here");
}

#[test]
fn a_busy_server_is_asked_for_the_copy_again() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let opens = client.connect(ready(Some("c1")));
    let busy = client.frame(Incoming::Refused(Refused {
        client_id: None,
        reference: Some(opens.open_reference()),
        refusal: refusal(ErrorCode::Unavailable, Some(2_000)),
    }));
    assert!(busy.opens().is_empty());
    assert_eq!(busy.timer(Timer::Outbox), Some(2_000));
    client.wait(2_000);
    assert_eq!(client.fire(Timer::Outbox).opens().len(), 1);
}

#[test]
fn a_feed_that_may_not_be_taken_up_is_copied_anew() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    client.lose();
    client.fire(Timer::Reconnect);
    client.connect(ready(Some("c1")));
    let refused = client.frame(refused_all(ErrorCode::Forbidden));
    assert_eq!(refused.opens().len(), 1);
}

#[test]
fn another_epoch_begins_from_its_copy() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    let reopens = client.frame(resync());
    let mut copy = opened(reopens.open_reference(), vec![from_agent(1, "a")], 2);
    copy.cursor = FeedCursor {
        epoch: Epoch::parse("e2").unwrap(),
        ..cursor(2)
    };
    client.frame(Incoming::ConversationOpened(copy));
    client.entry(3, from_agent(2, "b"));
    assert_eq!(client.texts(), ["a", "b"]);
}

fn with_history() -> Client {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let opens = client.connect(ready(Some("c1")));
    let mut copy = opened(opens.open_reference(), vec![from_agent(50, "new")], 10);
    copy.has_more_before = true;
    client.frame(Incoming::ConversationOpened(copy));
    client
}

fn fetched(reference: u32, position: u64) -> Incoming {
    Incoming::MessagesFetched(MessagesFetched {
        reference,
        conversation: conversation("c1"),
        messages: vec![from_agent(position, "old")],
        has_more_before: false,
    })
}

#[test]
fn older_messages_are_asked_for_once_and_put_in_front() {
    let mut client = with_history();
    assert!(client.core.timeline().has_older);
    let asks = client.intend(Intent::LoadOlder);
    assert_eq!(asks.types(), ["fetch_messages"]);
    assert!(client.core.timeline().loading_older);
    assert!(client.intend(Intent::LoadOlder).types().is_empty());
    client.frame(fetched(2, 40));
    let view = client.core.timeline();
    assert_eq!(client.texts(), ["old", "new"]);
    assert!(!view.has_older && !view.loading_older);
}

#[test]
fn older_messages_of_a_stretch_that_is_gone_are_dropped() {
    let mut client = with_history();
    client.intend(Intent::LoadOlder);
    let reopens = client.frame(resync());
    let mut copy = opened(reopens.open_reference(), vec![from_agent(90, "newest")], 30);
    copy.has_more_before = true;
    client.frame(Incoming::ConversationOpened(copy));
    client.frame(fetched(2, 40));
    assert_eq!(client.texts(), ["newest"]);
    let view = client.core.timeline();
    assert!(view.has_older && !view.loading_older);
}

#[test]
fn an_acknowledged_message_of_long_ago_leaves_no_gap_behind_it() {
    let mut client = with_history();
    let post = client.say("repeat").post();
    // The answer shows that it was posted long before what is loaded.
    client.frame(done(&post.client_id, 3));
    assert_eq!(client.texts(), ["new"]);
    let asks = client.intend(Intent::LoadOlder);
    assert!(
        asks.sent()[0]
            .encode()
            .contains(&format!(r#""before":{}"#, Position(50).0))
    );
}
