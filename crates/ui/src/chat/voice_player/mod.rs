//! A voice note that can be listened to: play and pause, a waveform that is a slider, the time
//! that is left, the speed.
//!
//! What plays and where is decided by `client_core::playback`; here its views are drawn. Waveform
//! and length came with the message, so everything stands there before a byte of sound is asked
//! for. Whoever wants this comes in by [`show`] alone.

mod desk;
#[cfg(test)]
mod tests;
mod wave;

use std::rc::Rc;

use client_core::playback::{self, Happened};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::bridge::Sound;
use crate::characters::digits;
use crate::dom::{El, hold_pointer, listen, pressed_along, watch};
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Glyph, icon};
pub use desk::Hands;
use desk::bring;
use wave::Wave;

/// Puts a player into this place, for as long as the owner lives.
#[inline(never)]
pub fn show(place: &El, sound: Sound, hands: Hands) {
    desk::take(hands);
    let (key, sound) = (sound.key.clone(), Rc::new(sound));
    let wave = Wave::new(&sound.voice.waveform);
    let slider = El::new("div|class=voice-slider|part=voice-slider|role=slider|tabindex=0|dir=ltr")
        .live("aria-label", Key::COMMON_VOICE_PLACE.into())
        .child(&wave.drawing);
    slider.set("aria-valuemin", Some("0"));
    let time = El::new("span|class=voice-time|part=voice-time");
    let play = El::new("button|class=icon-button voice-play|part=voice-play|type=button")
        .child(&icon(Glyph::PLAY))
        .child(&icon(Glyph::PAUSE));
    let speed = El::new("button|class=voice-speed|part=voice-speed|type=button");
    let problem = El::new("p|class=attachment-problem|part=attachment-problem|hidden=|role=status")
        .live_text(Key::COMMON_VOICE_FAILED.into());
    let player = El::new("div|class=voice|part=voice|role=group")
        .live("aria-label", Key::COMMON_ATTACHMENT_VOICE.into())
        .child(&play)
        .child(&slider)
        .child(&time)
        .child(&speed)
        .child(&problem);
    place.append(&player);
    hear(&sound, &play, &slider, &speed);

    let texts = use_catalogue();
    let (shown, mut before) = (Rc::clone(&sound), None);
    watch(move || {
        let view = desk::view(&shown.key);
        // Whatever moves in any of them is heard by all.
        let now = (view, texts.with(|texts| texts.tag().to_owned()));
        if before.as_ref() == Some(&now) {
            return;
        }
        before = Some(now);
        let all_ms = shown.voice.duration_ms;
        player.set("data-playing", view.is_playing.then_some(""));
        problem.hide(!view.has_failed);
        wave.fill(view.at_ms, all_ms);
        let clock = |ms: u32| texts.with(|texts| texts.clock(ms.div_ceil(1000)));
        let name = match view.is_playing {
            true => Key::COMMON_VOICE_PAUSE,
            false => Key::COMMON_VOICE_PLAY,
        };
        let name = texts.with(|texts| texts.text(name));
        play.set("aria-label", Some(&name));
        play.set("title", Some(&name));
        let whole = all_ms.div_ceil(1000);
        slider.set("aria-valuemax", Some(&digits(whole.into())));
        slider.set("aria-valuenow", Some(&digits((view.at_ms / 1000).into())));
        let (at, all) = (clock(view.at_ms / 1000 * 1000), clock(all_ms));
        let told = texts.with(|texts| {
            texts.text_with(Key::COMMON_VOICE_AT, &[("at", &at), ("duration", &all)])
        });
        slider.set("aria-valuetext", Some(&told));
        time.set_text(&clock(all_ms.saturating_sub(view.at_ms)));
        let mut fast = digits((view.speed / 10).into());
        if !view.speed.is_multiple_of(10) {
            fast.push('.');
            fast.push_str(&digits((view.speed % 10).into()));
        }
        fast.push('×');
        speed.set_text(&fast);
        let label =
            texts.with(|texts| texts.text_with(Key::COMMON_VOICE_SPEED, &[("speed", &fast)]));
        speed.set("aria-label", Some(&label));
        speed.set("title", Some(&label));
    });
    // A new address is for what plays, when the old one runs out in the middle.
    watch(move || {
        if let Some(now) = named(&sound) {
            bring(Happened::Renewed(now));
        }
    });
    desk::silence_at_end(&key);
}

/// Nothing is to be heard any more.
#[inline(never)]
pub fn silence() {
    bring(Happened::Left(None));
}

/// A voice note is not to be heard any more.
pub(super) fn leave(key: &str) {
    bring(Happened::Left(Some(key.to_owned())));
}

/// The sound as the machine knows it; nothing without an address.
fn named(sound: &Sound) -> Option<playback::Sound> {
    Some(playback::Sound {
        key: sound.key.clone(),
        url: (sound.address)()?,
        duration_ms: sound.voice.duration_ms,
    })
}

fn hear(sound: &Rc<Sound>, play: &El, slider: &El, speed: &El) {
    let played = Rc::clone(sound);
    listen(
        play.element(),
        "click",
        Box::new(move |_| {
            if let Some(sound) = named(&played) {
                bring(Happened::Toggled(sound));
            }
        }),
    );
    listen(
        speed.element(),
        "click",
        Box::new(|_| bring(Happened::SpeedWanted)),
    );
    let stepped = Rc::clone(sound);
    listen(
        slider.element(),
        "keydown",
        Box::new(move |event| {
            let pressed: &KeyboardEvent = event.unchecked_ref();
            let is_changed = pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key();
            let at_ms = desk::view_once(&stepped.key).at_ms;
            let to = playback::stepped(&pressed.key(), at_ms, stepped.voice.duration_ms);
            if let Some((to, sound)) = to.filter(|_| !is_changed).zip(named(&stepped)) {
                event.prevent_default();
                event.stop_propagation();
                bring(Happened::Sought(sound, to));
            }
        }),
    );
    for kind in ["pointerdown", "pointermove"] {
        let (sound, place) = (Rc::clone(sound), slider.clone());
        let act = move |event: web_sys::Event| {
            if let Some((share, named)) = pressed_along(&place, &event).zip(named(&sound)) {
                let to = share * f64::from(named.duration_ms);
                bring(Happened::Sought(named, to as u32));
            }
        };
        listen(slider.element(), kind, Box::new(act));
    }
    let place = slider.clone();
    listen(
        slider.element(),
        "pointerdown",
        Box::new(move |event| hold_pointer(&place, &event)),
    );
}
