//! Shared notes, expertise and files on real sockets: agents are told live, and a visitor's client
//! has no word for any of it.

use protocol::agent::{
    AgentCommand, AgentFrame, ChooseExpertise, FetchSharedNotes, ListFiles, SaveSharedNotes,
    SharedNotes,
};
use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use testkit::socket::Sendable;

use crate::support::{AGENT, Agent, Visitor, client_id, server};

const BEN: &str = "ben@example.com";

fn save(conversation: &ConversationId, base_version: u64, text: &str) -> SaveSharedNotes {
    SaveSharedNotes {
        client_id: client_id(),
        conversation: conversation.clone(),
        base_version,
        text: text.to_owned(),
        restores: None,
    }
}

async fn saved(agent: &mut Agent, order: SaveSharedNotes) -> SharedNotes {
    let name = order.client_id.clone();
    agent.send(order).await;
    agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::SharedNotesSaved(saved) if saved.client_id == name => Some(saved.notes),
            _ => None,
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn notes_are_merged_and_everybody_who_watches_is_told() {
    let (_place, _server, address) = server().await;
    let conversation = Visitor::arrive(address)
        .await
        .post("hello")
        .await
        .conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, BEN).await;
    let opened = ben.open(&conversation).await;
    assert_eq!(opened.shared_notes, Some(SharedNotes::default()));
    saved(&mut ana, save(&conversation, 0, "Paid.")).await;
    saved(&mut ana, save(&conversation, 1, "Paid late.")).await;
    let merged = saved(&mut ben, save(&conversation, 1, "Paid. Calls.")).await;
    assert_eq!((merged.version, &*merged.text), (3, "Paid late. Calls."));
    assert_eq!(ana.open(&conversation).await.shared_notes, Some(merged));

    ana.send(FetchSharedNotes {
        reference: 9,
        conversation: conversation.clone(),
        before: None,
        limit: 10,
    })
    .await;
    let fetched = ana.socket.wait_for(|frame| match frame {
        AgentFrame::SharedNotesFetched(fetched) => Some(fetched.versions),
        _ => None,
    });
    let versions = fetched.await.unwrap();
    let numbers: Vec<u64> = versions.iter().map(|it| it.version).collect();
    assert_eq!(numbers, [3, 2]);
}

#[tokio::test]
async fn chosen_expertise_is_told_to_who_watches() {
    let (_place, _server, address) = server().await;
    let conversation = Visitor::arrive(address)
        .await
        .post("hello")
        .await
        .conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, BEN).await;
    ben.open(&conversation).await;
    ana.send(ChooseExpertise {
        client_id: client_id(),
        conversation: conversation.clone(),
        expertise: "Technical".to_owned(),
        chosen: true,
    })
    .await;
    let told = ben.socket.wait_for(|frame| match frame {
        AgentFrame::ExpertiseChanged(entry) => Some(entry.expertise),
        _ => None,
    });
    assert_eq!(told.await.unwrap().chosen, ["Technical"]);
}

#[tokio::test]
async fn a_visitor_s_client_has_no_word_for_any_of_it() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let orders: [AgentCommand; 4] = [
        save(&conversation, 0, "mine").into(),
        FetchSharedNotes {
            reference: 1,
            conversation: conversation.clone(),
            before: None,
            limit: 10,
        }
        .into(),
        ChooseExpertise {
            client_id: client_id(),
            conversation: conversation.clone(),
            expertise: "Sales".to_owned(),
            chosen: true,
        }
        .into(),
        ListFiles {
            reference: 2,
            conversation,
            before: None,
            limit: 10,
        }
        .into(),
    ];
    for order in orders {
        visitor.socket.send_text(order.text()).await.unwrap();
        assert_eq!(
            visitor.refusal().await.refusal.code,
            ErrorCode::UnknownFrame
        );
    }
}
