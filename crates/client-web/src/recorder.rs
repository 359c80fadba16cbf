//! The microphone: asked for, listened to, recorded, let go of.
//!
//! It decides nothing; `client_core::recording` does, and tells it what to do by [`carry_out`].
//! Invariant: a microphone that nobody waits for any more is let go of at once, also one that
//! the browser hands over late.

use std::cell::{Cell, RefCell};

use client_core::recording::{Ask, Happened, Take};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AnalyserNode, AudioContext, BlobEvent, Event, File, FilePropertyBag, MediaRecorder,
    MediaRecorderOptions, MediaStream, MediaStreamConstraints, MediaStreamTrack, RecordingState,
    Url, Window,
};

use crate::files;

/// Takes what happened.
pub type Tell = fn(Happened);

/// Formats as browsers name them, the best first, with the ending of a file's name.
const FORMATS: [(&str, &str); 4] = [
    ("audio/webm;codecs=opus", "voice.webm"),
    ("audio/ogg;codecs=opus", "voice.ogg"),
    ("audio/mp4", "voice.m4a"),
    ("", "voice"),
];
/// Enough for speech.
const BITS_A_SECOND: u32 = 32_000;
/// How often the browser hands out what it has, in milliseconds: what breaks off loses no more.
const PART_MS: i32 = 1_000;
/// How often it is told how loud it is, in milliseconds.
const LEVEL_MS: i32 = 100;
/// Samples that are looked at for one level.
const SAMPLES: usize = 2_048;

#[wasm_bindgen]
extern "C" {
    /// Something that will be there, or not.
    type Promised;

    #[wasm_bindgen(method)]
    fn then(this: &Promised, done: &JsValue, failed: &JsValue);
}

/// A recording that runs.
struct Run {
    stream: MediaStream,
    recorder: MediaRecorder,
    name: &'static str,
    parts: Array,
    ears: Option<(AudioContext, AnalyserNode)>,
    clock: Option<i32>,
}

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
    static TELL: Cell<Option<Tell>> = const { Cell::new(None) };
    /// Grows with every asking and every giving up: who comes late sees that it has.
    static TURN: Cell<u32> = const { Cell::new(0) };
    static HEAR: Closure<dyn Fn(Event)> = Closure::new(heard);
    static TICK: Closure<dyn Fn()> = Closure::new(tick);
}

/// Does what is asked, and tells what came of it.
#[inline(never)]
pub fn carry_out(ask: Ask, tell: Tell) {
    TELL.set(Some(tell));
    match ask {
        Ask::Open => open(),
        Ask::Pause => with_recorder(|recorder| drop(recorder.pause())),
        Ask::Resume => with_recorder(|recorder| drop(recorder.resume())),
        Ask::Stop => with_recorder(|recorder| drop(recorder.stop())),
        Ask::Close => {
            TURN.set(TURN.get() + 1);
            if let Some(run) = RUN.take() {
                run.listen(false);
                run.close();
            }
        }
        Ask::Forget(take) => {
            let _ = Url::revoke_object_url(&take.url);
            files::forget(&take.file.id);
        }
        Ask::Release { url } => {
            let _ = Url::revoke_object_url(&url);
        }
        // That is the core's.
        Ask::Send(_) => {}
    }
}

fn tell(happened: Happened) {
    if let Some(tell) = TELL.get() {
        tell(happened);
    }
}

/// Where the browser has ended by itself, it has said so by itself.
fn with_recorder(act: fn(&MediaRecorder)) {
    let recorder = RUN.with_borrow(|run| run.as_ref().map(|run| run.recorder.clone()));
    if let Some(recorder) = recorder
        && recorder.state() != RecordingState::Inactive
    {
        act(&recorder);
    }
}

fn open() {
    let turn = TURN.get() + 1;
    TURN.set(turn);
    let Some(asked) = web_sys::window().and_then(|window| ask_browser(&window)) else {
        tell(Happened::Refused(String::new()));
        return;
    };
    let given = Closure::once_into_js(move |stream: MediaStream| begin(stream, turn));
    let refused = Closure::once_into_js(move |error: JsValue| {
        if TURN.get() == turn {
            tell(Happened::Refused(name_of(&error)));
        }
    });
    asked.then(&given, &refused);
}

fn ask_browser(window: &Window) -> Option<Promised> {
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&JsValue::TRUE);
    let devices = window.navigator().media_devices().ok()?;
    let asked = devices.get_user_media_with_constraints(&wanted).ok()?;
    Some(asked.unchecked_into())
}

/// What a browser calls an exception.
fn name_of(error: &JsValue) -> String {
    let name = Reflect::get(error, &JsValue::from_str("name")).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}

fn begin(stream: MediaStream, turn: u32) {
    if TURN.get() != turn {
        stop_tracks(&stream);
        return;
    }
    let Some((recorder, name)) = recorder_of(&stream) else {
        stop_tracks(&stream);
        tell(Happened::Refused(String::new()));
        return;
    };
    let run = Run {
        ears: listen_to(&stream),
        stream,
        recorder: recorder.clone(),
        name,
        parts: Array::new(),
        clock: None,
    };
    run.listen(true);
    RUN.set(Some(run));
    if recorder.start_with_time_slice(PART_MS).is_err() {
        if let Some(run) = RUN.take() {
            run.close();
        }
        tell(Happened::Refused(String::new()));
    }
}

fn recorder_of(stream: &MediaStream) -> Option<(MediaRecorder, &'static str)> {
    let known = |kind: &str| kind.is_empty() || MediaRecorder::is_type_supported(kind);
    let (kind, name) = FORMATS.into_iter().find(|(kind, _)| known(kind))?;
    let options = MediaRecorderOptions::new();
    options.set_audio_bits_per_second(BITS_A_SECOND);
    if !kind.is_empty() {
        options.set_mime_type(kind);
    }
    let made =
        MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options).ok()?;
    Some((made, name))
}

/// What tells how loud it is. Without it a recording is only flat to look at.
fn listen_to(stream: &MediaStream) -> Option<(AudioContext, AnalyserNode)> {
    let context = AudioContext::new().ok()?;
    let _ = context.resume();
    let source = context.create_media_stream_source(stream).ok()?;
    let analyser = context.create_analyser().ok()?;
    source.connect_with_audio_node(&analyser).ok()?;
    Some((context, analyser))
}

fn heard(event: Event) {
    match event.type_().as_str() {
        "start" => {
            let clock = web_sys::window().and_then(|window| {
                TICK.with(|tick| {
                    let tick = tick.as_ref().unchecked_ref();
                    window
                        .set_interval_with_callback_and_timeout_and_arguments_0(tick, LEVEL_MS)
                        .ok()
                })
            });
            RUN.with_borrow_mut(|run| {
                if let Some(run) = run {
                    run.clock = clock;
                }
            });
            tell(Happened::Began);
        }
        "dataavailable" => {
            let part = event.unchecked_ref::<BlobEvent>().data();
            RUN.with_borrow(|run| {
                if let (Some(run), Some(part)) = (run, part)
                    && part.size() > 0.0
                {
                    run.parts.push(&part);
                }
            });
        }
        "stop" => {
            if let Some(run) = RUN.take() {
                run.listen(false);
                let take = run.take();
                run.close();
                tell(Happened::Stopped(take.map(Box::new)));
            }
        }
        // The track's own end: nobody here ended it.
        "ended" => tell(Happened::TakenAway),
        _ => {}
    }
}

fn tick() {
    let level = RUN.with_borrow(|run| {
        let run = run.as_ref()?;
        (run.recorder.state() == RecordingState::Recording).then(|| run.level())
    });
    if let Some(level) = level {
        tell(Happened::Level(level));
    }
}

impl Run {
    fn track(&self) -> Option<MediaStreamTrack> {
        self.stream.get_audio_tracks().get(0).dyn_into().ok()
    }

    fn listen(&self, listening: bool) {
        HEAR.with(|hear| {
            let function = hear.as_ref().unchecked_ref();
            let listener = listening.then_some(function);
            self.recorder.set_onstart(listener);
            self.recorder.set_ondataavailable(listener);
            self.recorder.set_onstop(listener);
            if let Some(track) = self.track() {
                track.set_onended(listener);
            }
        });
    }

    /// The furthest from rest of the newest samples.
    fn level(&self) -> u8 {
        let Some((_, analyser)) = &self.ears else {
            return 0;
        };
        let mut samples = [128_u8; SAMPLES];
        analyser.get_byte_time_domain_data(&mut samples);
        let furthest = samples.iter().map(|sample| sample.abs_diff(128)).max();
        furthest.unwrap_or(0).saturating_mul(2)
    }

    /// The recording, if there is anything in it.
    fn take(&self) -> Option<Take> {
        let kind = FilePropertyBag::new();
        kind.set_type(&self.recorder.mime_type());
        let file = File::new_with_blob_sequence_and_options(&self.parts, self.name, &kind).ok()?;
        if file.size() == 0.0 {
            return None;
        }
        let url = Url::create_object_url_with_blob(&file).unwrap_or_default();
        Some(Take {
            file: files::keep_one(file),
            url,
        })
    }

    fn close(&self) {
        if let (Some(clock), Some(window)) = (self.clock, web_sys::window()) {
            window.clear_interval_with_handle(clock);
        }
        if self.recorder.state() != RecordingState::Inactive {
            let _ = self.recorder.stop();
        }
        stop_tracks(&self.stream);
        if let Some((context, _)) = &self.ears {
            let _ = context.close();
        }
    }
}

fn stop_tracks(stream: &MediaStream) {
    for track in stream.get_tracks() {
        track.unchecked_ref::<MediaStreamTrack>().stop();
    }
}
