//! Editing, deleting and quoting on real sockets: live on both sides, kept in the database, and
//! the address of a deleted message's file refuses.

use protocol::agent::{
    AgentCommand, AgentFrame, DeleteNote, EditNote, FetchHistory, HistoryFetched,
};
use protocol::error::ErrorCode;
use protocol::hello::Posted;
use protocol::message::Message;
use protocol::visitor::{DeleteMessage, EditMessage, VisitorCommand, VisitorFrame};
use testkit::socket::Sendable;

use crate::support::files::{link, posted};
use crate::support::{AGENT, Agent, Visitor, client_id, get, server};

/// The next message that comes to an agent.
async fn heard(agent: &mut Agent) -> Message {
    agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::MessagePosted(posted) => Some(posted.message),
            _ => None,
        })
        .await
        .unwrap()
}

async fn answered(visitor: &mut Visitor) -> Posted {
    visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::Done(done) => done.posted,
            _ => None,
        })
        .await
        .unwrap()
}

async fn history(agent: &mut Agent, of: &Posted) -> HistoryFetched {
    agent
        .send(FetchHistory {
            reference: 9,
            conversation: of.conversation.clone(),
            message: of.message.clone(),
        })
        .await;
    agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::HistoryFetched(fetched) => Some(fetched),
            _ => None,
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_change_reaches_both_sides_live_and_agents_find_what_was_said() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let first = visitor.post("helo").await;
    let conversation = &first.conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    ana.open(conversation).await;
    visitor.open(conversation).await;
    for (version, text) in [(1, "hello"), (2, "")] {
        let client_id = client_id();
        if text.is_empty() {
            visitor
                .send(DeleteMessage {
                    client_id,
                    conversation: conversation.clone(),
                    message: first.message.clone(),
                })
                .await;
        } else {
            visitor
                .send(EditMessage {
                    client_id,
                    conversation: conversation.clone(),
                    message: first.message.clone(),
                    text: text.to_owned(),
                })
                .await;
        }
        assert_eq!(answered(&mut visitor).await.version, Some(version));
        for message in [visitor.hear().await.message, heard(&mut ana).await] {
            assert_eq!(message.id, first.message);
            assert_eq!(message.position, first.position);
            assert_eq!((message.text.as_str(), message.version()), (text, version));
            assert_eq!(message.is_deleted(), text.is_empty());
        }
    }
    let fetched = history(&mut ana, &first).await;
    let texts: Vec<_> = fetched.texts.iter().map(|it| it.text.as_str()).collect();
    assert_eq!((fetched.reference, texts), (9, vec!["helo", "hello"]));
    let copy = visitor.open(conversation).await;
    assert!(copy.messages.iter().any(Message::is_deleted));
}

#[tokio::test]
async fn the_address_of_a_deleted_file_refuses() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let file = posted(address, &mut visitor, "a.txt", "text/plain", b"mine").await;
    assert_eq!(get(address, &file.url, &[]).await.status, 200);
    let conversation = visitor.post("more").await.conversation;
    let messages = visitor.open(&conversation).await.messages;
    let message = messages
        .into_iter()
        .find(|message| !message.attachments.is_empty())
        .unwrap();
    visitor
        .send(DeleteMessage {
            client_id: client_id(),
            conversation,
            message: message.id,
        })
        .await;
    answered(&mut visitor).await;
    assert_eq!(get(address, &file.url, &[]).await.status, 404);
    assert_eq!(link(&mut visitor, &[&file.attachment]).await, []);
}

#[tokio::test]
async fn visitors_have_no_word_for_history_nor_for_changing_notes() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let first = visitor.post("hello").await;
    let (conversation, message) = (first.conversation, first.message);
    let orders: [AgentCommand; 3] = [
        FetchHistory {
            reference: 1,
            conversation: conversation.clone(),
            message: message.clone(),
        }
        .into(),
        EditNote {
            client_id: client_id(),
            conversation: conversation.clone(),
            note: message.clone(),
            text: "x".to_owned(),
            mentions: Vec::new(),
            teams: Vec::new(),
        }
        .into(),
        DeleteNote {
            client_id: client_id(),
            conversation,
            note: message,
        }
        .into(),
    ];
    for order in &orders {
        assert!(matches!(
            VisitorCommand::decode(&order.text()).unwrap(),
            VisitorCommand::Unknown(_)
        ));
        visitor.socket.send(order).await.unwrap();
        let refused = visitor.refusal().await;
        assert_eq!(refused.refusal.code, ErrorCode::UnknownFrame);
    }
}
