//! Replies and private notes: which of the two an agent writes, and how one sees it.
//!
//! Invariant: the two differ in words, colour, border, icon and the button's text at once, so
//! that nobody who misses one of these takes a note for a reply.

use client_core::{Intent, Mode};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, MouseEvent};

use crate::bridge::{Mirror, use_handle, use_mirror};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::Key;
use crate::kit::{Glyph, fresh_id, icon};

/// The key that switches. No browser and no keyboard layout has another use for it in a text.
const SWITCH: &str = "F2";

/// Puts the two choices above the field, where the backend keeps notes, and says beside them, in
/// the field's description and on the button what is written. Hands out the button's words.
pub(super) fn show(composer: &El, input: &El, send: &El, problem: &El) -> El {
    let written = use_mirror().composer;
    let words_id = fresh_id("private");
    let on_button = El::new("span|class=composer-send-text|aria-hidden=true");
    send.append(&icon(Glyph::LOCK));
    send.append(&on_button);
    let mut head = Rows::new(composer, Some(problem));
    let (around, field) = (composer.clone(), input.clone());
    let problem_id = problem.html().id();
    let described_by = [problem_id.clone(), [&words_id, " ", &problem_id].concat()];
    watch(move || {
        let (offered, mode) = written.with(|view| (view.notes.offered, view.notes.mode));
        head.show_one(offered.then_some("modes"), || choices(&field, &words_id));
        around.set("data-mode", offered.then_some(word(mode)));
        let described_by = &described_by[usize::from(mode == Mode::Note)];
        field.set("aria-describedby", Some(described_by));
    });
    on_button
}

/// The choices, and the words that stand beside them while notes are written.
fn choices(input: &El, words_id: &str) -> El {
    let written = use_mirror().composer;
    let group = fresh_id("mode");
    let words = El::new("p|class=composer-private|part=composer-private")
        .child(&icon(Glyph::LOCK))
        .child(&El::new("span").live_text(Key::AGENT_COMPOSE_NOTE_HINT.into()));
    words.set("id", Some(words_id));
    let hint = words.clone();
    watch(move || hint.hide(written.with(|view| view.notes.mode == Mode::Reply)));
    let choices = El::new("div|class=composer-modes|part=composer-modes|role=radiogroup")
        .live("aria-label", Key::AGENT_COMPOSE_MODE.into())
        .child(&choice(&group, Mode::Reply, input))
        .child(&choice(&group, Mode::Note, input));
    El::new("div|class=composer-head|part=composer-head")
        .child(&choices)
        .child(&words)
}

/// What a key wants: the other of the two, or nothing.
pub fn switch_mode(mirror: Mirror, key: &str) -> Option<Intent> {
    if key != SWITCH {
        return None;
    }
    let mode = mirror.composer.with_untracked(|view| view.notes.mode);
    Some(Intent::ChooseMode(match mode {
        Mode::Reply => Mode::Note,
        Mode::Note => Mode::Reply,
    }))
}

pub(super) fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "reply",
        Mode::Note => "note",
    }
}

fn choice(group: &str, mode: Mode, input: &El) -> El {
    let (handle, written) = (use_handle(), use_mirror().composer);
    let (key, glyph) = match mode {
        Mode::Reply => (Key::AGENT_COMPOSE_REPLY, Glyph::SEND),
        Mode::Note => (Key::AGENT_COMPOSE_NOTE, Glyph::LOCK),
    };
    let radio = El::new("input|class=composer-mode-radio|type=radio");
    radio.set("name", Some(group));
    radio.set("value", Some(word(mode)));
    radio.set("aria-keyshortcuts", Some(SWITCH));
    let shown = radio.clone();
    watch(move || {
        let is_it = written.with(|view| view.notes.mode == mode);
        let radio: &HtmlInputElement = shown.element().unchecked_ref();
        radio.set_checked(is_it);
    });
    let (radio, field) = (radio, input.clone());
    listen(
        radio.element(),
        "change",
        Box::new(move |_| handle.dispatch(Intent::ChooseMode(mode))),
    );
    // Who points at a mode wants to write; who walks through them by keys wants to walk on.
    listen(
        radio.element(),
        "click",
        Box::new(move |event| {
            let event: &MouseEvent = event.unchecked_ref();
            if event.detail() > 0 {
                field.focus();
            }
        }),
    );
    let draft = El::new("span|class=composer-mode-draft").live_text(Key::AGENT_LIST_DRAFT.into());
    let mark = draft.clone();
    watch(move || {
        let waits = written.with(|view| view.notes.has_other_draft && view.notes.mode != mode);
        mark.hide(!waits);
    });
    El::new("label|class=composer-mode")
        .live("title", Key::AGENT_COMPOSE_SWITCH.into())
        .child(&radio)
        .child(&icon(glyph))
        .child(&El::new("span").live_text(key.into()))
        .child(&draft)
}

/// What the field hints at, and what stands on the button.
pub(super) fn words(reply: (Key, Key), mode: Mode) -> (Key, Key) {
    match mode {
        Mode::Reply => reply,
        Mode::Note => (
            Key::AGENT_COMPOSE_NOTE_PLACEHOLDER,
            Key::AGENT_COMPOSE_NOTE_ADD,
        ),
    }
}
