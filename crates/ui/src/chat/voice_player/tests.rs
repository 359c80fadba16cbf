//! Voice notes as their listener sees and works them.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use client_core::playback::{Ask, Happened};
use protocol::attachment::VoiceNote;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, PointerEvent, PointerEventInit};

use super::show;
use crate::bridge::Sound;
use crate::dom::El;
use crate::tests::stage::{SPANISH, Stage, press, settled, stage};

thread_local! {
    static ASKED: RefCell<Vec<Ask>> = const { RefCell::new(Vec::new()) };
}

/// Hands that only remember.
fn hands(ask: Ask, _: fn(Happened)) {
    ASKED.with_borrow_mut(|asked| asked.push(ask));
}

fn asked() -> Vec<Ask> {
    ASKED.take()
}

fn sound(key: &'static str) -> Sound {
    Sound {
        key: key.to_owned(),
        voice: VoiceNote {
            duration_ms: 12_000,
            waveform: "0123456789".to_owned(),
        },
        address: Box::new(move || Some(format!("https://files.example/{key}"))),
    }
}

/// Players with these keys. The machine is one for the page, so each test has its own.
async fn players(keys: &'static [&'static str]) -> Stage {
    asked();
    super::silence();
    let stage = stage(move || {
        let place = El::new("div");
        for key in keys {
            show(&place, sound(key), hands);
        }
        place.view()
    })
    .await;
    asked();
    stage
}

fn slider(stage: &Stage) -> HtmlElement {
    stage.by_role("slider", "Position")
}

fn place(stage: &Stage) -> (String, String) {
    let told = |name| slider(stage).get_attribute(name).unwrap();
    (told("aria-valuenow"), told("aria-valuetext"))
}

#[test]
async fn everything_stands_there_before_a_byte_is_fetched() {
    let stage = players(&["still"]).await;
    stage.by_role("group", "Voice message");
    stage.by_role("button", "Play");
    assert_eq!(place(&stage), ("0".to_owned(), "0:00 of 0:12".to_owned()));
    assert_eq!(slider(&stage).get_attribute("aria-valuemax").unwrap(), "12");
    assert_eq!(stage.one(".voice-time").inner_text(), "0:12");
    let path = stage.one(".voice-rest").get_attribute("d").unwrap();
    assert_eq!(path.matches('M').count(), 10);
    assert_eq!(asked(), []);
}

#[test]
async fn play_and_pause_and_what_is_left() {
    let stage = players(&["one"]).await;
    stage.by_role("button", "Play").click();
    let url = "https://files.example/one".to_owned();
    let (at_ms, speed) = (0, 10);
    assert_eq!(asked(), [Ask::Play { url, at_ms, speed }]);
    settled().await;
    super::bring(Happened::Moved(4_200));
    settled().await;
    assert_eq!(place(&stage), ("4".to_owned(), "0:04 of 0:12".to_owned()));
    assert_eq!(stage.one(".voice-time").inner_text(), "0:08");
    let heard = stage.one(".voice-heard").get_attribute("d").unwrap();
    assert_eq!(heard.matches('M').count(), 4);
    stage.by_role("button", "Pause").click();
    assert_eq!(asked(), [Ask::Pause]);
    settled().await;
    stage.by_role("button", "Play");
}

#[test]
async fn two_never_play_at_once() {
    let stage = players(&["a", "b"]).await;
    let plays = stage.all("[part~=voice-play]");
    plays[0].click();
    plays[1].click();
    settled().await;
    let playing = |at: usize| stage.all("[part~=voice]")[at].has_attribute("data-playing");
    assert!(!playing(0) && playing(1));
    assert_eq!(asked().len(), 2, "both in one player");
}

#[test]
async fn keys_and_pointers_seek() {
    let stage = players(&["sought"]).await;
    let slider = slider(&stage);
    assert!(!press(&slider, "ArrowRight", |_| {}), "it is taken");
    settled().await;
    assert_eq!(place(&stage).0, "1");
    press(&slider, "End", |_| {});
    settled().await;
    assert_eq!(place(&stage).0, "12");
    assert!(press(&slider, "Tab", |_| {}), "others may have it");

    let measured = slider.get_bounding_client_rect();
    let point = |kind: &str, share: f64, buttons: u16| {
        let init = PointerEventInit::new();
        init.set_buttons(buttons);
        init.set_client_x((measured.left() + measured.width() * share) as i32);
        let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
        slider.dispatch_event(&event).unwrap();
    };
    point("pointerdown", 0.55, 1);
    settled().await;
    assert_eq!(place(&stage).0, "6");
    point("pointermove", 0.3, 1);
    settled().await;
    assert_eq!(place(&stage).0, "3");
    point("pointermove", 0.9, 0);
    settled().await;
    assert_eq!(place(&stage).0, "3", "it only passes by");
}

#[test]
async fn speed_goes_round_and_holds_for_all() {
    let stage = players(&["fast", "faster"]).await;
    for (now, next) in [("1×", "1.5×"), ("1.5×", "2×"), ("2×", "1×")] {
        let buttons = stage.all("[part~=voice-speed]");
        assert!(buttons.iter().all(|button| button.inner_text() == now));
        buttons[0].click();
        settled().await;
        let label = format!("Speed {next}");
        assert_eq!(buttons[1].get_attribute("aria-label"), Some(label));
    }
}

#[test]
async fn what_cannot_be_played_says_so() {
    let stage = players(&["broken"]).await;
    stage.by_role("button", "Play").click();
    super::bring(Happened::Failed);
    settled().await;
    let said = stage.by_role("status", "This voice message cannot be played here.");
    assert!(!said.hidden());
    stage.by_role("button", "Play");
}

#[test]
async fn another_language_is_spoken_at_once() {
    let stage = players(&["spoken"]).await;
    let spanish = crate::i18n::Catalogue::parse("es", SPANISH).unwrap();
    stage.catalogue.set(spanish);
    settled().await;
    stage.by_role("button", "Reproducir");
    stage.by_role("slider", "Posición");
}
