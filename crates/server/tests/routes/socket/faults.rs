//! Frames that make no sense, and how little they break.

use protocol::error::{ErrorCode, close};
use protocol::visitor::VisitorCommand;

use crate::support::{Visitor, client_id, connect_visitor, server};

#[tokio::test]
async fn a_frame_that_is_none_is_refused_and_the_socket_lives() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    for text in [
        "",
        "{",
        "[]",
        "null",
        "\u{0}",
        r#"{"type":7}"#,
        r#"{"no":"type"}"#,
    ] {
        visitor.socket.send_text(text).await.unwrap();
        assert_eq!(
            visitor.refusal().await.refusal.code,
            ErrorCode::BadFrame,
            "{text}"
        );
    }
    let deep = "[".repeat(50_000);
    visitor.socket.send_text(deep).await.unwrap();
    assert_eq!(visitor.refusal().await.refusal.code, ErrorCode::BadFrame);
    visitor.is_heard().await;
}

#[tokio::test]
async fn a_refusal_names_the_command_or_query_it_is_about() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let name = client_id();
    let text = format!(r#"{{"type":"post_message","client_id":"{name}"}}"#);
    visitor.socket.send_text(text).await.unwrap();
    let refused = visitor.refusal().await;
    assert_eq!(refused.client_id, Some(name));
    assert_eq!(refused.refusal.code, ErrorCode::BadFrame);
    let text = r#"{"type":"open_conversation","ref":7}"#;
    visitor.socket.send_text(text).await.unwrap();
    assert_eq!(visitor.refusal().await.reference, Some(7));
}

#[tokio::test]
async fn unknown_frames_are_refused_and_unknown_fields_ignored() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let name = client_id();
    let text = format!(r#"{{"type":"dance","client_id":"{name}","with":["you"]}}"#);
    visitor.socket.send_text(text).await.unwrap();
    let refused = visitor.refusal().await;
    assert_eq!(refused.refusal.code, ErrorCode::UnknownFrame);
    assert_eq!(refused.client_id, Some(name));
    let text = r#"{"type":"take_conversation","client_id":"c","conversation":"x"}"#;
    visitor.socket.send_text(text).await.unwrap();
    // What only agents may say is unknown to visitors.
    assert_eq!(
        visitor.refusal().await.refusal.code,
        ErrorCode::UnknownFrame
    );
    visitor
        .socket
        .send_text(r#"{"later":1,"type":"ping","more":{"x":[]}}"#)
        .await
        .unwrap();
    visitor.is_heard().await;
}

#[tokio::test]
async fn a_frame_above_the_limit_is_refused_by_name() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let name = client_id();
    let text = format!(
        r#"{{"type":"post_message","client_id":"{name}","format":"plain","text":"{}"}}"#,
        "x".repeat(70_000)
    );
    visitor.socket.send_text(text).await.unwrap();
    let refused = visitor.refusal().await;
    assert_eq!(refused.refusal.code, ErrorCode::FrameTooBig);
    assert_eq!(refused.client_id, Some(name));
    visitor.is_heard().await;
}

#[tokio::test]
async fn a_frame_too_large_to_read_ends_the_socket_with_its_code() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    // The server may close before everything is written.
    let _ = visitor.socket.send_text("x".repeat(1_000_000)).await;
    assert_eq!(
        visitor.socket.closed().await.unwrap(),
        Some(close::FRAME_TOO_BIG)
    );
}

#[tokio::test]
async fn binary_frames_and_a_second_connect_are_refused() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    visitor.socket.send_binary(vec![1, 2, 3]).await.unwrap();
    assert_eq!(visitor.refusal().await.refusal.code, ErrorCode::BadFrame);
    let again = VisitorCommand::Connect(connect_visitor(None, Vec::new()));
    visitor.send(again).await;
    assert_eq!(visitor.refusal().await.refusal.code, ErrorCode::BadFrame);
    visitor.is_heard().await;
}

#[tokio::test]
async fn half_a_character_becomes_a_replacement_and_loses_nothing_else() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let name = client_id();
    let text = format!(
        r#"{{"type":"post_message","client_id":"{name}","format":"plain","text":"a\ud83db"}}"#
    );
    visitor.socket.send_text(text).await.unwrap();
    let conversation = visitor
        .socket
        .wait_for(|frame| match frame {
            protocol::visitor::VisitorFrame::Done(done) => done.posted,
            _ => None,
        })
        .await
        .unwrap()
        .conversation;
    let opened = visitor.open(&conversation).await;
    assert_eq!(opened.messages.last().unwrap().text, "a\u{fffd}b");
}
