//! A visitor and an agent talk.

use protocol::agent::AgentFrame;
use protocol::conversation::ParticipantRole;
use protocol::error::ErrorCode;
use protocol::message::{MessageKind, SystemEventKind};
use protocol::visitor::{MarkRead, SetTyping, VisitorFrame};

use crate::support::{AGENT, Agent, Place, Visitor, client_id, server};

#[tokio::test]
async fn a_message_reaches_the_other_side_and_its_answer_comes_back() {
    let (_place, _server, address) = server().await;
    let mut agent = Agent::arrive(address, AGENT).await;
    assert!(agent.list().await.rows.is_empty());

    let mut visitor = Visitor::arrive(address).await;
    assert!(visitor.ready.conversation.is_none());
    let text = "Hello\nwith \u{1f600}, \u{0}, \u{202e}and  spaces ";
    let posted = visitor.post(text).await;
    let opened = visitor.open(&posted.conversation).await;
    assert_eq!(opened.messages.last().unwrap().text, text);

    // The list changes without being asked.
    let summary = agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::SummaryChanged(changed) => Some(changed.summary),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(summary.id, posted.conversation);
    assert_eq!(summary.unread, 1);

    let opened = agent.open(&posted.conversation).await;
    assert_eq!(opened.messages.last().unwrap().text, text);
    assert_eq!(opened.summary, Some(summary));
    assert!(
        opened
            .messages
            .iter()
            .all(|message| message.client_id.is_none())
    );
    agent.take(&posted.conversation).await;
    agent.post(&posted.conversation, "How can I help?").await;

    let joined = visitor.hear().await.message;
    assert_eq!(joined.kind, MessageKind::System);
    let event = joined.event.unwrap();
    assert_eq!(event.kind, SystemEventKind::AgentJoined);
    let answer = visitor.hear().await.message;
    assert_eq!(answer.text, "How can I help?");
    assert_eq!(answer.author.name.as_deref(), Some("Ana"));
    assert_eq!(answer.client_id, None);

    let opened = agent.open(&posted.conversation).await;
    let [.., taken, own] = opened.messages.as_slice() else {
        unreachable!("{opened:?}")
    };
    let event = taken.event.as_ref().unwrap();
    assert_eq!(event.kind, SystemEventKind::ConversationTaken);
    assert!(own.client_id.is_some());
    let row = agent.list().await.rows.remove(0);
    assert_eq!(row.participants[0].role, ParticipantRole::Owner);
}

#[tokio::test]
async fn the_author_s_own_entry_carries_the_command_s_name() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("one").await.conversation;
    visitor.open(&conversation).await;
    let name = client_id();
    let posted = visitor.try_post(None, &name, "two").await.unwrap();
    let mut again = Visitor::come_back(address, Some(&visitor.ready.token), Vec::new()).await;
    let opened = again.open(&conversation).await;
    let last = opened.messages.last().unwrap();
    assert_eq!(last.client_id.as_ref(), Some(&name));
    assert_eq!(last.id, posted.message);
}

#[tokio::test]
async fn a_command_that_comes_fifty_times_at_once_takes_effect_once() {
    let (_place, _server, address) = server().await;
    let mut first = Visitor::arrive(address).await;
    let conversation = first.post("hello").await.conversation;
    let token = first.ready.token.clone();
    let name = client_id();
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (token, name, conversation) = (token.clone(), name.clone(), conversation.clone());
        sending.spawn(async move {
            let mut visitor = Visitor::come_back(address, Some(&token), Vec::new()).await;
            visitor
                .try_post(Some(&conversation), &name, "only once")
                .await
                .unwrap()
        });
    }
    let answers = sending.join_all().await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let opened = first.open(&conversation).await;
    let copies = opened
        .messages
        .iter()
        .filter(|message| message.text == "only once");
    assert_eq!(copies.count(), 1);
}

#[tokio::test]
async fn a_name_used_for_another_text_is_refused() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let name = client_id();
    visitor.try_post(None, &name, "one").await.unwrap();
    let refusal = visitor.try_post(None, &name, "two").await.unwrap_err();
    assert_eq!(refusal.code, ErrorCode::IdempotencyMismatch);
}

#[tokio::test]
async fn a_visitor_who_floods_is_told_when_to_go_on() {
    let place = Place::new();
    let server = server::start(server::config::Config {
        visitor_sends_per_minute: 60,
        ..place.config()
    })
    .await
    .unwrap();
    let mut visitor = Visitor::arrive(server.address()).await;
    let refusal = loop {
        match visitor.try_post(None, &client_id(), "again").await {
            Ok(_) => {}
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal.code, ErrorCode::RateLimited);
    assert!(refusal.retryable && refusal.retry_after_ms.is_some());
    visitor.is_heard().await;
    server.stop().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_the_message_can_be_sent_again() {
    let place = Place::new();
    // The shape and the demo data first, so that only messages meet the limit.
    place.start().await.stop().await;
    let server = server::start(server::config::Config {
        database_pages: Some(70),
        ..place.config()
    })
    .await
    .unwrap();
    let mut visitor = Visitor::arrive(server.address()).await;
    let text = "x".repeat(9_000);
    let mut kept = Vec::new();
    let mut name = client_id();
    let refusal = loop {
        match visitor.try_post(None, &name, &text).await {
            Ok(posted) => kept.push(posted),
            Err(refusal) => break refusal,
        }
        name = client_id();
    };
    assert_eq!(refusal.code, ErrorCode::StorageFull);
    assert!(refusal.retryable);
    let token = visitor.ready.token.clone();
    server.stop().await;
    // Room was made.
    let server = place.start().await;
    let mut visitor = Visitor::come_back(server.address(), Some(&token), Vec::new()).await;
    let posted = visitor.try_post(None, &name, &text).await.unwrap();
    kept.push(posted.clone());
    let opened = visitor.open(&posted.conversation).await;
    let ids: Vec<_> = opened.messages.iter().map(|it| &it.id).collect();
    assert!(kept.iter().all(|posted| ids.contains(&&posted.message)));
    server.stop().await;
}

#[tokio::test]
async fn ten_thousand_characters_pass_and_one_more_is_refused() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let longest = "\u{1f600}".repeat(10_000);
    let posted = visitor.post(&longest).await;
    let opened = visitor.open(&posted.conversation).await;
    assert_eq!(opened.messages.last().unwrap().text, longest);
    let refusal = visitor
        .try_post(None, &client_id(), &"x".repeat(10_001))
        .await
        .unwrap_err();
    assert_eq!(refusal.code, ErrorCode::TextTooLong);
    assert!(!refusal.retryable);
}

#[tokio::test]
async fn typing_reaches_the_other_side_and_not_its_author() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    visitor.open(&conversation).await;
    let mut agent = Agent::arrive(address, AGENT).await;
    agent.open(&conversation).await;
    let typing = SetTyping {
        conversation: conversation.clone(),
        typing: true,
    };
    visitor.send(typing.clone()).await;
    let seen = agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::TypingChanged(changed) => Some(changed),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(seen.conversation, conversation);
    agent.send(typing).await;
    let seen = visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::TypingChanged(changed) => Some(changed),
            _ => None,
        })
        .await
        .unwrap();
    // The first typing the visitor hears of is not their own.
    assert_eq!(seen.author.name.as_deref(), Some("Ana"));
}

#[tokio::test]
async fn reading_is_told_to_the_other_side_and_to_the_reader_s_other_screens() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let posted = visitor.post("hello").await;
    visitor.open(&posted.conversation).await;
    let mut agent = Agent::arrive(address, AGENT).await;
    let mut other_screen = Agent::arrive(address, AGENT).await;
    assert_eq!(other_screen.list().await.rows[0].unread, 1);
    agent
        .send(MarkRead {
            client_id: client_id(),
            conversation: posted.conversation.clone(),
            up_to: posted.position,
        })
        .await;
    let receipts = visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::ReceiptsChanged(changed) => Some(changed.receipts),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(receipts.agents.read, posted.position);
    let unread = other_screen
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::UnreadChanged(changed) => Some(changed.unread),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(unread, 0);
}

#[tokio::test]
async fn other_screens_of_a_visitor_hear_that_a_conversation_began() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let token = visitor.ready.token.clone();
    let mut other = Visitor::come_back(address, Some(&token), Vec::new()).await;
    let posted = visitor.post("hello").await;
    let started = other
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::ConversationStarted(started) => Some(started.conversation.id),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(started, posted.conversation);
}
