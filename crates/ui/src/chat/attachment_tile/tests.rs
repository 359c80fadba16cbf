//! Files of messages, as their reader sees them.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::{AttachmentView, DeliveryState, FileState, Row};
use leptos::prelude::*;
use protocol::attachment::AttachmentKind;
use protocol::message::MessageKind;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{MeSide, MessageList};
use crate::i18n::Key;
use crate::tests::rows::{changed, message, own, timeline};
use crate::tests::stage::{Stage, settled, stage};

fn file(name: &str, kind: AttachmentKind) -> AttachmentView {
    AttachmentView {
        key: "f1".to_owned(),
        name: name.to_owned(),
        size: 3_565_158,
        kind,
        dimensions: (kind == AttachmentKind::Image).then_some((1600, 800)),
        voice: None,
        url: Some("https://files.example/f1".to_owned()),
        thumbnail_url: None,
        state: FileState::There,
    }
}

fn with(row: Row, file: AttachmentView) -> Row {
    changed(row, |row| row.attachments = vec![file])
}

async fn list() -> Stage {
    let me_side = MeSide::Visitor;
    stage(move || view! { <MessageList label=Key::WIDGET_LOG_LABEL me_side /> }).await
}

async fn shown(row: Row) -> Stage {
    let stage = list().await;
    stage.mirror.show_timeline(timeline(vec![row]));
    settled().await;
    stage
}

#[test]
async fn a_picture_has_its_measures_before_it_has_an_address() {
    let mut picture = file("a.png", AttachmentKind::Image);
    picture.url = None;
    let row = message("m1", MessageKind::Agent, "");
    let stage = shown(with(row.clone(), picture.clone())).await;
    let spacer = stage.one("[part~=attachment] svg[viewBox]");
    assert_eq!(
        spacer.get_attribute("viewBox").as_deref(),
        Some("0 0 280 140")
    );
    assert!(!stage.one("img").has_attribute("src"));
    assert!(stage.one("[part~=message-text]").hidden(), "no words");

    picture.url = Some("https://files.example/1".to_owned());
    picture.thumbnail_url = Some("https://files.example/2".to_owned());
    let linked = with(row.clone(), picture.clone());
    stage.mirror.show_timeline(timeline(vec![linked]));
    settled().await;
    let source = || stage.one("img").get_attribute("src");
    assert_eq!(source().as_deref(), Some("https://files.example/2"));
    let link = stage.by_role("link", "Open a.png");
    assert_eq!(
        link.get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );

    // A renewed address is for the link: what is drawn stays.
    picture.url = Some("https://files.example/3".to_owned());
    picture.thumbnail_url = Some("https://files.example/4".to_owned());
    stage
        .mirror
        .show_timeline(timeline(vec![with(row, picture)]));
    settled().await;
    assert_eq!(source().as_deref(), Some("https://files.example/2"));
    assert_eq!(
        link.get_attribute("href").as_deref(),
        Some("https://files.example/3")
    );
}

#[test]
async fn any_other_file_is_a_tile_with_name_size_and_download() {
    let name = "a long name that ends in photo\u{202e}gpj.exe";
    let row = message("m1", MessageKind::Agent, "words");
    let stage = shown(with(row, file(name, AttachmentKind::File))).await;
    let shown = stage.one("bdi[part~=file-name]").inner_text();
    assert!(!shown.contains('\u{202e}'));
    assert!(stage.one(".file-name-end").inner_text().ends_with(".exe"));
    assert_eq!(stage.one("[part~=attachment-size]").inner_text(), "3.4 MB");
    let link = stage.by_role("link", "Download a long name that ends in photogpj.exe");
    assert!(link.has_attribute("download"));
    assert!(!stage.one("[part~=message-text]").hidden());
}

#[test]
async fn sound_and_film_have_players_that_fetch_little() {
    for (kind, tag) in [
        (AttachmentKind::Audio, "audio"),
        (AttachmentKind::Video, "video"),
    ] {
        let row = message("m1", MessageKind::Agent, "");
        let stage = shown(with(row, file("a", kind))).await;
        let player = stage.one(tag);
        assert_eq!(player.get_attribute("preload").as_deref(), Some("metadata"));
        assert!(player.has_attribute("controls"));
    }
}

#[test]
async fn a_file_on_its_way_shows_how_far_and_can_be_cancelled() {
    let mut moving = file("a.bin", AttachmentKind::File);
    moving.state = FileState::Moving(40);
    let row = own("m1", MessageKind::Visitor, "", DeliveryState::Uploading);
    let row = changed(row, |row| row.can_cancel = true);
    let stage = shown(with(row.clone(), moving.clone())).await;
    let bar = stage.one("progress");
    assert_eq!(bar.get_attribute("value").as_deref(), Some("40"));
    assert_eq!(
        bar.get_attribute("aria-label").as_deref(),
        Some("Sending a.bin")
    );
    moving.state = FileState::Moving(41);
    stage
        .mirror
        .show_timeline(timeline(vec![with(row, moving)]));
    settled().await;
    assert_eq!(bar.get_attribute("value").as_deref(), Some("41"));
    stage.by_role("button", "Cancel").click();
    let key = "m1".to_owned();
    assert_eq!(stage.asked().pop(), Some(Intent::DiscardMessage { key }));
}

#[test]
async fn a_file_that_is_gone_asks_to_be_chosen_again() {
    let mut gone = file("a.bin", AttachmentKind::File);
    gone.state = FileState::Missing { is_other: false };
    let row = own("m1", MessageKind::Visitor, "", DeliveryState::Queued);
    let stage = shown(with(row.clone(), gone.clone())).await;
    assert!(stage.one("progress").hidden());
    stage.by_role("button", "Choose again");
    gone.state = FileState::Missing { is_other: true };
    stage.mirror.show_timeline(timeline(vec![with(row, gone)]));
    settled().await;
    let reason = stage.one("[part~=attachment-problem]").inner_text();
    assert_eq!(reason, "That is another file. Choose a.bin.");
}
