//! What is said to those who do not see the screen.
#![cfg(target_arch = "wasm32")]

use client_core::Alert;
use client_core::view::BannerView;
use leptos::prelude::*;
use protocol::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::BURST;
use crate::chat::Announcer;
use crate::tests::stage::{Stage, passed, settled, stage, text_of};

async fn announcer() -> Stage {
    stage(|| view! { <Announcer /> }).await
}

fn arrived(author: Option<&str>, text: &str) -> Alert {
    Alert::MessageArrived {
        author: author.map(str::to_owned),
        text: text.to_owned(),
        attachment: None,
    }
}

async fn burst_over() {
    passed(BURST.as_millis() as i32 + 50).await;
    settled().await;
}

fn said(stage: &Stage, role: &str) -> String {
    let selector = if role == "alert" {
        "[role=alert]"
    } else {
        "[role=status]"
    };
    text_of(&stage.one(selector))
}

#[test]
async fn one_message_is_told_with_its_writer() {
    let stage = announcer().await;
    stage.mirror.alert(arrived(Some("Ana"), "{text} hi"));
    burst_over().await;
    assert_eq!(said(&stage, "status"), "Ana: {text} hi");
    assert_eq!(said(&stage, "alert"), "");
}

#[test]
async fn a_burst_is_told_as_a_number() {
    let stage = announcer().await;
    for text in ["one", "two", "three"] {
        stage.mirror.alert(arrived(None, text));
        leptos::task::tick().await;
    }
    burst_over().await;
    assert_eq!(said(&stage, "status"), "3 new messages");
}

#[test]
async fn the_same_text_twice_is_told_twice() {
    let stage = announcer().await;
    stage.mirror.alert(arrived(None, "hi"));
    burst_over().await;
    let first = said(&stage, "status");
    stage.mirror.alert(arrived(None, "hi"));
    burst_over().await;
    assert_ne!(said(&stage, "status"), first);
}

#[test]
async fn a_failed_send_and_a_lost_connection_are_told_at_once() {
    let stage = announcer().await;
    stage.mirror.alert(Alert::SendFailed);
    settled().await;
    assert_eq!(said(&stage, "alert"), "Your message was not sent.");
    stage.mirror.banner.set(BannerView::Waiting {
        retry_at: Timestamp(0),
    });
    settled().await;
    assert!(said(&stage, "alert").starts_with("Connection lost."));
    stage.mirror.banner.set(BannerView::None);
    settled().await;
    assert_eq!(said(&stage, "status"), "Connected again.");
    assert_eq!(said(&stage, "alert"), "");
}

#[cfg(feature = "agent")]
#[test]
async fn a_mention_through_a_team_names_the_team() {
    use protocol::agent::{Mention, TeamRef};
    use protocol::author::{Author, AuthorRole};
    use protocol::conversation::ContactRef;
    use protocol::ids::{ChannelId, ContactId, ConversationId, MessageId, TeamId};
    use protocol::seq::Position;

    let mention = |team: Option<&str>| Mention {
        note: MessageId::parse("n1").unwrap(),
        conversation: ConversationId::parse("c1").unwrap(),
        position: Position(1),
        channel: ChannelId::parse("support").unwrap(),
        contact: ContactRef {
            id: ContactId::parse("kim").unwrap(),
            name: None,
            language: None,
            widget_language: None,
            country: None,
        },
        author: Author {
            role: AuthorRole::Agent,
            agent: None,
            name: Some("Ana".to_owned()),
        },
        text: "look".to_owned(),
        posted_at: Timestamp(0),
        seen: false,
        team: team.map(|name| TeamRef {
            id: TeamId::parse("billing").unwrap(),
            name: name.to_owned(),
        }),
        deleted_at: None,
    };
    for (team, wanted) in [
        (None, "Ana mentions you: look"),
        (Some("Billing"), "Ana mentions your team Billing: look"),
    ] {
        let stage = announcer().await;
        stage
            .mirror
            .alert(Alert::Mentioned(Box::new(mention(team))));
        burst_over().await;
        assert_eq!(said(&stage, "status"), wanted);
    }
}
