//! What one visitor can learn of another: nothing.

use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::Resume;
use protocol::ids::ClientId;
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::visitor::{FetchMessages, MarkRead, OpenConversation, SetTyping, VisitorCommand};

use crate::support::{Visitor, client_id, server};

#[tokio::test]
async fn another_visitor_s_conversation_is_out_of_reach() {
    let (_place, _server, address) = server().await;
    let mut victim = Visitor::arrive(address).await;
    let posted = victim.post("secret").await;
    let cursor = victim.open(&posted.conversation).await.cursor;
    let conversation = posted.conversation;

    let mut stranger = Visitor::arrive(address).await;
    let name: ClientId = client_id();
    let attempts: Vec<VisitorCommand> = vec![
        OpenConversation {
            reference: 1,
            conversation: conversation.clone(),
            limit: 50,
        }
        .into(),
        FetchMessages {
            reference: 2,
            conversation: conversation.clone(),
            before: Position(u64::MAX),
            limit: 50,
        }
        .into(),
        MarkRead {
            client_id: name,
            conversation: conversation.clone(),
            up_to: posted.position,
        }
        .into(),
        Resume {
            from: cursor.clone(),
        }
        .into(),
    ];
    for attempt in attempts {
        stranger.send(attempt).await;
        let code = stranger.refusal().await.refusal.code;
        assert!(
            matches!(code, ErrorCode::NotFound | ErrorCode::Forbidden),
            "{code:?}"
        );
    }
    let refusal = stranger
        .try_post(Some(&conversation), &client_id(), "hello")
        .await
        .unwrap_err();
    assert_eq!(refusal.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn agents_feeds_are_out_of_a_visitor_s_reach() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let cursor = visitor.open(&conversation).await.cursor;
    for name in [
        format!("conversation/{conversation}"),
        "channel/support".to_owned(),
        "agent/ana".to_owned(),
    ] {
        visitor
            .send(Resume {
                from: FeedCursor {
                    feed: Feed::parse(&name).unwrap(),
                    epoch: cursor.epoch.clone(),
                    seq: Seq(0),
                },
            })
            .await;
        let code = visitor.refusal().await.refusal.code;
        assert_eq!(code, ErrorCode::Forbidden, "{name}");
    }
}

#[tokio::test]
async fn a_stranger_s_typing_is_heard_by_nobody() {
    let (_place, _server, address) = server().await;
    let mut victim = Visitor::arrive(address).await;
    let conversation = victim.post("hello").await.conversation;
    victim.open(&conversation).await;
    let mut stranger = Visitor::arrive(address).await;
    stranger
        .send(SetTyping {
            conversation,
            typing: true,
        })
        .await;
    stranger.is_heard().await;
    // Whatever the stranger's signal led to was sent before this answer.
    victim.send(protocol::hello::Ping {}).await;
    let next: protocol::visitor::VisitorFrame = victim.socket.frame().await.unwrap();
    let is_typing = matches!(next, protocol::visitor::VisitorFrame::TypingChanged(_));
    assert!(!is_typing, "{next:?}");
}
