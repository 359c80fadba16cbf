//! The page's one player of voice notes.
//!
//! It decides nothing; `client_core::playback` does. One element plays them all, so that two can
//! never sound at once.

use std::cell::Cell;

use client_core::playback::{Ask, Happened};
use js_sys::Reflect;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlAudioElement};

/// Takes what happened.
pub type Tell = fn(Happened);

const EVENTS: [&str; 4] = ["timeupdate", "ended", "pause", "error"];

#[wasm_bindgen]
extern "C" {
    /// Something that will be there, or not.
    type Promised;

    #[wasm_bindgen(method)]
    fn catch(this: &Promised, failed: &JsValue);
}

thread_local! {
    static PLAYER: Option<HtmlAudioElement> = player();
    static TELL: Cell<Option<Tell>> = const { Cell::new(None) };
    static HEAR: Closure<dyn Fn(Event)> = Closure::new(heard);
    static REFUSED: Closure<dyn Fn(JsValue)> = Closure::new(refused);
}

fn player() -> Option<HtmlAudioElement> {
    let player = HtmlAudioElement::new().ok()?;
    HEAR.with(|hear| {
        for event in EVENTS {
            let _ = player.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
        }
    });
    Some(player)
}

/// Does what is asked, and tells what comes of it.
#[inline(never)]
pub fn carry_out(ask: Ask, tell: Tell) {
    TELL.set(Some(tell));
    PLAYER.with(|player| {
        if let Some(player) = player {
            obey(player, ask);
        }
    });
}

fn obey(player: &HtmlAudioElement, ask: Ask) {
    match ask {
        Ask::Play { url, at_ms, speed } => {
            player.set_default_playback_rate(rate(speed));
            player.set_src(&url);
            if at_ms > 0 {
                player.set_current_time(seconds(at_ms));
            }
            play(player);
        }
        Ask::Resume => play(player),
        Ask::Pause => drop(player.pause()),
        Ask::Seek(to) => player.set_current_time(seconds(to)),
        Ask::Speed(speed) => {
            player.set_default_playback_rate(rate(speed));
            player.set_playback_rate(rate(speed));
        }
    }
}

fn play(player: &HtmlAudioElement) {
    if let Ok(promised) = player.play() {
        REFUSED.with(|refused| {
            promised.unchecked_ref::<Promised>().catch(refused.as_ref());
        });
    }
}

fn seconds(milliseconds: u32) -> f64 {
    f64::from(milliseconds) / 1000.0
}

fn rate(tenths: u32) -> f64 {
    f64::from(tenths) / 10.0
}

/// It may not play. Whatever else there is about a promise to play, events tell.
fn refused(error: JsValue) {
    let name = Reflect::get(&error, &JsValue::from_str("name")).ok();
    if name.is_some_and(|name| name == "NotAllowedError") {
        tell(Happened::Halted);
    }
}

fn heard(event: Event) {
    let happened = PLAYER.with(|player| {
        let player = player.as_ref()?;
        match event.type_().as_str() {
            // Before it knows what it plays it is at the beginning, wherever it is to begin.
            "timeupdate" if player.ready_state() > 0 && !player.seeking() => {
                Some(Happened::Moved((player.current_time() * 1000.0) as u32))
            }
            "ended" => Some(Happened::Ended),
            // Told late: it may play again by now.
            "pause" if player.paused() && !player.ended() => Some(Happened::Halted),
            "error" => Some(Happened::Failed),
            _ => None,
        }
    });
    if let Some(happened) = happened {
        tell(happened);
    }
}

fn tell(happened: Happened) {
    if let Some(tell) = TELL.get() {
        tell(happened);
    }
}
