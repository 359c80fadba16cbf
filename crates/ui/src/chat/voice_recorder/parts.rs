//! What stands in the recorder: level, time and buttons while it listens; a player and buttons
//! once there is something to hear; a reason and a way to try again when there is not.

use client_core::recording::{Happened, Phase, RecordingView, Take, Wish};

use protocol::attachment::VoiceNote;

use super::desk::{self, bring};
use crate::bridge::{Sound, put_player};
use crate::characters::digits;
use crate::chat::voice_player;
use crate::dom::{El, at_end, watch};
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Glyph, Size, Variant, button, icon_button};

/// Room of one level in the drawing.
const STEP: usize = 3;
/// Levels in it.
const LEVELS: usize = 48;
/// Its height.
const HIGH: u32 = 24;

/// What stands there now, and what gets the keyboard.
pub(super) fn body(view: &RecordingView) -> (El, El) {
    let place = El::new("div|class=voice-body");
    let first = match (&view.take, view.phase) {
        (Some(take), _) => ready(&place, take),
        (None, Phase::Failed) => failed(&place),
        _ => runs(&place),
    };
    (place, first)
}

/// It listens, or will.
fn runs(place: &El) -> El {
    let level = El::new("path");
    let meter = El::new("svg|class=voice-level|part=voice-level|aria-hidden=true").child(&level);
    let mut room = String::from("0 0 ");
    room.push_str(&digits((LEVELS * STEP) as u64));
    room.push(' ');
    room.push_str(&digits(HIGH.into()));
    meter.set("viewBox", Some(&room));
    meter.set("preserveAspectRatio", Some("none"));
    let time = El::new("span|class=voice-time|part=voice-time|role=timer");
    let discard = small(Key::COMMON_VOICE_DISCARD, Glyph::TRASH, Wish::Discard);
    let pause = small(Key::COMMON_VOICE_HOLD, Glyph::PAUSE, Wish::Pause);
    let resume = small(Key::COMMON_VOICE_RESUME, Glyph::MICROPHONE, Wish::Resume);
    let stop = small(Key::COMMON_VOICE_STOP, Glyph::STOP, Wish::Stop);
    stop.set("part", Some("voice-stop"));
    for part in [&discard, &meter, &time, &pause, &resume, &stop] {
        place.append(part);
    }
    let (texts, view) = (use_catalogue(), desk::view());
    let (first, waiting) = (stop.clone(), discard.clone());
    let mut before = Phase::Idle;
    watch(move || {
        let (phase, elapsed_ms, drawn) =
            view.with(|view| (view.phase, view.elapsed_ms, drawn(&view.levels)));
        level.set("d", Some(&drawn));
        time.set_text(&texts.with(|texts| texts.clock(elapsed_ms / 1000)));
        let (runs, rests) = (phase == Phase::Recording, phase == Phase::Paused);
        let had = |button: &El| button.element().matches(":focus").unwrap_or(false);
        // What is pressed goes away under the keyboard, which goes on with what comes instead.
        let moves = (had(&pause) && rests).then_some(&resume);
        let moves = moves.or((had(&resume) && runs).then_some(&pause));
        let moves = moves.or((had(&waiting) && runs && before == Phase::Asking).then_some(&stop));
        pause.hide(!runs);
        resume.hide(!rests);
        // Whoever pressed it stays on it until there is something to hear.
        stop.hide(phase == Phase::Asking);
        stop.set_state("aria-disabled", phase == Phase::Ending);
        if let Some(next) = moves {
            next.focus();
        }
        before = phase;
    });
    // There is nothing to stop yet while the browser asks.
    if desk::view().with_untracked(|view| view.phase == Phase::Asking) {
        discard
    } else {
        first
    }
}

/// The levels, the newest at the end.
fn drawn(levels: &[u8]) -> String {
    let mut path = String::new();
    let from = LEVELS.saturating_sub(levels.len());
    for (at, level) in levels.iter().enumerate() {
        let high = 2 + u32::from(*level) * (HIGH - 2) / 255;
        path.push('M');
        path.push_str(&digits(((from + at) * STEP + 1) as u64));
        path.push(' ');
        path.push_str(&digits(((HIGH - high) / 2).into()));
        path.push('v');
        path.push_str(&digits(high.into()));
    }
    path
}

/// It can be listened to and sent.
fn ready(place: &El, take: &Take) -> El {
    let stand = El::new("div|class=voice-preview");
    let url = take.url.clone();
    put_player(
        &stand,
        Sound {
            key: url.clone(),
            voice: take.file.voice.clone().unwrap_or(VoiceNote {
                duration_ms: 0,
                waveform: String::new(),
            }),
            address: Box::new(move || Some(url.clone())),
        },
    );
    let key = take.url.clone();
    at_end(Box::new(move || voice_player::leave(&key)));
    let discard = small(Key::COMMON_VOICE_DISCARD, Glyph::TRASH, Wish::Discard);
    let again = small(Key::COMMON_VOICE_AGAIN, Glyph::RETRY, Wish::Record);
    let send = button(
        Key::COMMON_VOICE_SEND.into(),
        Variant::Primary,
        Size::Small,
        Some(Glyph::SEND),
        "voice-send",
    )
    .on("click", |_| bring(Happened::Wanted(Wish::Send)));
    for part in [&stand, &discard, &again, &send] {
        place.append(part);
    }
    let play = stand.element().query_selector("button");
    play.ok().flatten().map_or(send, El::from_element)
}

/// There is none; the reason stands above.
fn failed(place: &El) -> El {
    let again = button(
        Key::COMMON_ACTION_RETRY.into(),
        Variant::Secondary,
        Size::Small,
        Some(Glyph::RETRY),
        "voice-again",
    )
    .on("click", |_| bring(Happened::Wanted(Wish::Record)));
    let close = small(Key::COMMON_ACTION_CLOSE, Glyph::CLOSE, Wish::Discard);
    place.append(&again);
    place.append(&close);
    again
}

fn small(label: Key, glyph: Glyph, wish: Wish) -> El {
    icon_button(label.into(), glyph, "voice-action")
        .on("click", move |_| bring(Happened::Wanted(wish)))
}
