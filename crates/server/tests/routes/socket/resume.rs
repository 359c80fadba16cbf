//! Going on where one left off.

use protocol::hello::ResyncReason;
use protocol::ids::Epoch;
use protocol::seq::{FeedCursor, Seq};
use protocol::visitor::VisitorFrame;

use crate::support::{AGENT, Agent, Place, Visitor, server};

#[tokio::test]
async fn what_was_missed_follows_in_order_and_then_what_is_new() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let cursor = visitor.open(&conversation).await.cursor;
    let token = visitor.ready.token.clone();
    drop(visitor);

    let mut agent = Agent::arrive(address, AGENT).await;
    // More than one page of entries.
    for number in 0..120 {
        agent.post(&conversation, &number.to_string()).await;
    }
    let mut visitor = Visitor::come_back(address, Some(&token), vec![cursor.clone()]).await;
    let missed = visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::Resumed(resumed) => Some(resumed.missed),
            _ => None,
        })
        .await
        .unwrap();
    assert!(missed >= 120, "{missed}");
    agent.post(&conversation, "new").await;
    let (mut seq, mut texts) = (cursor.seq, Vec::new());
    while texts.last().is_none_or(|text| text != "new") {
        let (at, text) = visitor
            .socket
            .wait_for(|frame| match frame {
                VisitorFrame::MessagePosted(it) => Some((it.seq, Some(it.message.text))),
                VisitorFrame::ConversationChanged(it) => Some((it.seq, None)),
                VisitorFrame::ReceiptsChanged(it) => Some((it.seq, None)),
                _ => None,
            })
            .await
            .unwrap();
        assert_eq!(at, seq.next());
        seq = at;
        texts.extend(text.filter(|text| !text.is_empty()));
    }
    let numbers: Vec<String> = (0..120).map(|number| number.to_string()).collect();
    assert_eq!(texts[..120], numbers);
}

#[tokio::test]
async fn a_cursor_that_leads_nowhere_asks_for_a_fresh_copy() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let cursor = visitor.open(&conversation).await.cursor;
    let token = visitor.ready.token.clone();
    let cases = [
        (
            FeedCursor {
                epoch: Epoch::parse("another").unwrap(),
                ..cursor.clone()
            },
            ResyncReason::EpochChanged,
        ),
        (
            FeedCursor {
                seq: Seq(cursor.seq.0 + 100),
                ..cursor
            },
            ResyncReason::Ahead,
        ),
    ];
    for (cursor, reason) in cases {
        let mut again = Visitor::come_back(address, Some(&token), vec![cursor]).await;
        let told = again
            .socket
            .wait_for(|frame| match frame {
                VisitorFrame::ResyncRequired(resync) => Some(resync.reason),
                _ => None,
            })
            .await
            .unwrap();
        assert_eq!(told, reason);
        again.is_heard().await;
    }
}

#[tokio::test]
async fn another_server_on_the_same_folder_goes_on_with_everything() {
    let place = Place::new();
    let server = place.start().await;
    let mut visitor = Visitor::arrive(server.address()).await;
    let posted = visitor.post("before").await;
    let cursor = visitor.open(&posted.conversation).await.cursor;
    let token = visitor.ready.token.clone();
    server.stop().await;

    let server = place.start().await;
    let mut visitor = Visitor::come_back(server.address(), Some(&token), vec![cursor]).await;
    let known = visitor.ready.conversation.clone().unwrap();
    assert_eq!(known.id, posted.conversation);
    let missed = visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::Resumed(resumed) => Some(resumed.missed),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(missed, 0);
    let opened = visitor.open(&posted.conversation).await;
    assert_eq!(opened.messages.last().unwrap().id, posted.message);
    server.stop().await;
}
