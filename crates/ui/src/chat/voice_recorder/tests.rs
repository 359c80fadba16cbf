//! The recorder as somebody sees and works it, with hands that only remember.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use client_core::recording::{Ask, Happened, Take};
use client_core::view::ComposerView;
use client_core::{Intent, LocalFile, Place};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlElement;

use super::{desk, forget, leave, show};
use crate::bridge::{RecorderStand, Sound, Voice, provide_voice};
use crate::chat::{Composer, voice_player};
use crate::dom::El;
use crate::i18n::Key;
use crate::tests::stage::{Stage, settled, stage};

thread_local! {
    static ASKED: RefCell<Vec<Ask>> = const { RefCell::new(Vec::new()) };
}

fn hands(ask: Ask, _: fn(Happened)) {
    ASKED.with_borrow_mut(|asked| asked.push(ask));
}

fn asked() -> Vec<Ask> {
    ASKED.take()
}

fn recorder(stand: RecorderStand, starts: bool) {
    show(&stand, starts, hands);
}

fn player(place: &El, sound: Sound) {
    voice_player::show(place, sound, |_, _| {});
}

async fn composer() -> Stage {
    forget();
    asked();
    provide_voice(Voice {
        can_record: || true,
        recorder,
        player,
    });
    let stage = stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await;
    stage.mirror.composer.set(ComposerView {
        recordable_ms: Some(300_000),
        ..ComposerView::default()
    });
    settled().await;
    stage
}

fn microphone(stage: &Stage) -> HtmlElement {
    stage.by_role("button", "Record voice note")
}

fn take() -> Take {
    Take {
        file: LocalFile {
            id: "7".to_owned(),
            name: "voice.webm".to_owned(),
            size: 900,
            media_type: "audio/webm".to_owned(),
            voice: None,
        },
        url: "blob:7".to_owned(),
    }
}

async fn bring(happened: Happened) {
    desk::bring(happened);
    settled().await;
}

/// Somebody pressed the button, and the browser lets them.
async fn recording() -> Stage {
    let stage = composer().await;
    let button = microphone(&stage);
    button.focus().unwrap();
    button.click();
    settled().await;
    assert_eq!(asked(), [Ask::Open]);
    bring(Happened::Began).await;
    stage
}

async fn ready() -> Stage {
    let stage = recording().await;
    stage.by_role("button", "Stop recording").click();
    bring(Happened::Stopped(Some(Box::new(take())))).await;
    asked();
    stage
}

fn focused(stage: &Stage) -> Option<String> {
    let found = stage.all(":focus").pop()?;
    found.get_attribute("aria-label")
}

#[test]
async fn the_button_is_there_where_one_may_record_and_can() {
    let stage = composer().await;
    microphone(&stage);
    let composer = stage.mirror.composer;
    composer.update(|view| view.recordable_ms = None);
    settled().await;
    assert!(stage.find("button", "Record voice note").is_none());
    drop(stage);
    provide_voice(Voice {
        can_record: || false,
        recorder,
        player,
    });
    let stage = stage_without().await;
    assert!(stage.find("button", "Record voice note").is_none());
}

async fn stage_without() -> Stage {
    let stage = stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await;
    let composer = stage.mirror.composer;
    composer.update(|view| view.recordable_ms = Some(300_000));
    settled().await;
    stage
}

#[test]
async fn the_browser_is_waited_for_and_can_be_given_up() {
    let stage = composer().await;
    microphone(&stage).click();
    settled().await;
    stage.by_role("group", "Voice note");
    stage.by_role("status", "Waiting for the microphone…");
    assert!(stage.find("button", "Record voice note").is_none());
    assert!(stage.find("button", "Stop recording").is_none());
    asked();
    stage.by_role("button", "Discard recording").click();
    settled().await;
    assert_eq!(asked(), [Ask::Close]);
    microphone(&stage);
}

#[test]
async fn while_it_listens_there_are_level_time_pause_and_stop() {
    let stage = recording().await;
    stage.by_role("status", "Recording");
    assert_eq!(focused(&stage).as_deref(), Some("Stop recording"));
    assert_eq!(stage.one("[role=timer]").inner_text(), "0:00");
    bring(Happened::Level(255)).await;
    let drawn = |stage: &Stage| stage.one(".voice-level path").get_attribute("d").unwrap();
    assert!(drawn(&stage).contains("v24"), "{}", drawn(&stage));
    let pause = stage.by_role("button", "Pause recording");
    pause.focus().unwrap();
    pause.click();
    settled().await;
    assert_eq!(asked(), [Ask::Pause]);
    stage.by_role("status", "Recording is paused");
    assert_eq!(focused(&stage).as_deref(), Some("Continue recording"));
    stage.by_role("button", "Continue recording").click();
    settled().await;
    assert_eq!(asked(), [Ask::Resume]);
    stage.by_role("button", "Stop recording").click();
    settled().await;
    assert_eq!(asked(), [Ask::Stop]);
    let stop = stage.by_role("button", "Stop recording");
    assert_eq!(stop.get_attribute("aria-disabled").as_deref(), Some("true"));
    stop.click();
    assert_eq!(asked(), [], "once");
}

#[test]
async fn a_recording_is_heard_before_it_is_sent() {
    let stage = recording().await;
    stage.by_role("button", "Stop recording").focus().unwrap();
    stage.by_role("button", "Stop recording").click();
    settled().await;
    bring(Happened::Stopped(Some(Box::new(take())))).await;
    asked();
    stage.by_role("status", "Recorded, not sent yet");
    stage.by_role("slider", "Position");
    assert_eq!(focused(&stage).as_deref(), Some("Play"));
    let send = stage.by_role("button", "Send voice note");
    send.focus().unwrap();
    send.click();
    settled().await;
    let sent = stage.asked();
    let [Intent::SendVoice(recorded)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    let (place, file) = &**recorded;
    assert_eq!(*place, Place::default());
    assert_eq!(file.id, "7");
    assert!(
        file.voice
            .as_ref()
            .is_some_and(|voice| voice.is_well_formed())
    );
    let url = "blob:7".to_owned();
    assert_eq!(asked(), [Ask::Release { url }]);
    microphone(&stage);
    assert_eq!(focused(&stage).as_deref(), Some("Message"));
}

#[test]
async fn a_recording_can_be_thrown_away_or_made_anew() {
    let stage = ready().await;
    stage.by_role("button", "Record again").click();
    settled().await;
    assert_eq!(asked(), [Ask::Open]);
    bring(Happened::Began).await;
    assert!(matches!(asked()[..], [Ask::Forget(_)]));
    stage.by_role("button", "Discard recording").click();
    settled().await;
    assert_eq!(asked(), [Ask::Close]);
    microphone(&stage);

    let stage = ready().await;
    stage.by_role("button", "Discard recording").click();
    settled().await;
    assert!(matches!(asked()[..], [Ask::Forget(_)]));
    microphone(&stage);
}

#[test]
async fn why_there_is_no_recording_is_told_with_what_to_do() {
    for (name, start) in [
        ("NotAllowedError", "The microphone is blocked. Allow it"),
        ("NotFoundError", "No microphone was found. Connect one"),
        (
            "NotReadableError",
            "Another program is using the microphone.",
        ),
        ("", "The microphone cannot be used here."),
    ] {
        let stage = composer().await;
        microphone(&stage).click();
        bring(Happened::Refused(name.to_owned())).await;
        let said = stage.one("[role=alert].voice-wrong");
        assert!(!said.hidden());
        assert!(
            said.inner_text().starts_with(start),
            "{}",
            said.inner_text()
        );
        asked();
        stage.by_role("button", "Retry").click();
        settled().await;
        assert_eq!(asked(), [Ask::Open]);
        bring(Happened::Refused(name.to_owned())).await;
        stage.by_role("button", "Close").click();
        settled().await;
        microphone(&stage);
    }
}

#[test]
async fn a_microphone_taken_away_and_the_longest_recording_say_so() {
    let stage = recording().await;
    bring(Happened::TakenAway).await;
    bring(Happened::Stopped(Some(Box::new(take())))).await;
    let said = stage.one("[role=status].voice-said").inner_text();
    assert!(said.starts_with("The microphone was taken away."), "{said}");
    stage.by_role("button", "Send voice note");

    let stage = composer().await;
    let shown = stage.mirror.composer;
    shown.update(|view| view.recordable_ms = Some(1));
    settled().await;
    microphone(&stage).click();
    bring(Happened::Began).await;
    asked();
    bring(Happened::Level(1)).await;
    assert_eq!(asked(), [Ask::Stop]);
    bring(Happened::Stopped(Some(Box::new(take())))).await;
    let said = stage.one("[role=status].voice-said").inner_text();
    assert!(said.starts_with("Recording has stopped"), "{said}");
}

#[test]
async fn whoever_comes_back_finds_the_recording() {
    let stage = recording().await;
    leave();
    settled().await;
    assert_eq!(asked(), [Ask::Stop]);
    desk::bring(Happened::Stopped(Some(Box::new(take()))));
    drop(stage);
    // Another composer, as after another page of the app.
    let stage = stage_without().await;
    stage.by_role("button", "Send voice note");
    forget();
    settled().await;
    assert!(matches!(asked()[..], [Ask::Forget(_)]));
}
