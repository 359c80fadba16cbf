//! The recorder: what one sees and does between the wish to record and the message.
//!
//! It stands above the field, which stays usable. What happens is decided by
//! `client_core::recording`; here its view is drawn. Whoever wants this comes in by [`show`],
//! [`leave`], [`arrive`] and [`forget`] alone.

mod desk;
mod parts;
#[cfg(test)]
mod tests;

use client_core::Place;
use client_core::recording::{Happened, Notice, Phase, RecordingView, Refusal, Wish};
use client_core::view::ComposerView;

use crate::bridge::{RecorderStand, use_mirror};
use crate::dom::{El, Rows, at_end, listen, watch};
use crate::i18n::{Catalogue, Key, use_catalogue};
pub use desk::Hands;
use desk::bring;

/// Puts the recorder into its place, for as long as the owner lives. `starts`: somebody wants to
/// record now.
#[inline(never)]
pub fn show(stand: &RecorderStand, starts: bool, hands: Hands) {
    desk::take(hands);
    let said = El::new("p|class=voice-said|part=voice-said|role=status");
    let wrong = El::new("p|class=voice-wrong|part=voice-wrong|role=alert");
    let recorder = El::new("div|class=voice-recorder|part=voice-recorder|role=group|hidden=")
        .live("aria-label", Key::COMMON_VOICE_NOTE.into());
    recorder.append(&said);
    recorder.append(&wrong);
    stand.place.append(&recorder);
    follow_place();
    listen(
        stand.button.element(),
        "click",
        Box::new(|_| bring(Happened::Wanted(Wish::Record))),
    );
    draw(stand, recorder, said, wrong);
    at_end(Box::new(leave));
    if starts {
        bring(Happened::Wanted(Wish::Record));
    }
}

/// Nobody writes any more: the panel was closed, or the agent went elsewhere. What is being
/// recorded ends, and is kept.
#[inline(never)]
pub fn leave() {
    bring(Happened::Shown(None));
}

/// The person at this page is another one from now on: nothing is left for them to hear.
#[inline(never)]
pub fn forget() {
    bring(Happened::Over);
    leave();
}

/// Somebody writes again.
#[inline(never)]
pub fn arrive() {
    bring(Happened::Shown(Some(
        use_mirror().composer.with_untracked(here),
    )));
}

/// Tells the machine where one writes, now and whenever that changes.
fn follow_place() {
    let composer = use_mirror().composer;
    let mut before = None;
    watch(move || {
        let now = Some(composer.with(here));
        if before != now {
            bring(Happened::Shown(now.clone()));
            before = now;
        }
    });
}

/// Where one writes, and how long a recording may be there.
fn here(view: &ComposerView) -> (Place, u32) {
    #[cfg(feature = "agent")]
    let place = view.place();
    // A visitor has one place, whatever their conversation is called by now.
    #[cfg(not(feature = "agent"))]
    let place = Place::default();
    (place, view.recordable_ms.unwrap_or(0))
}

fn draw(stand: &RecorderStand, recorder: El, said: El, wrong: El) {
    let (texts, view) = (use_catalogue(), desk::view());
    let (button, input) = (stand.button.clone(), stand.input.clone());
    let mut body = Rows::new(&recorder, None);
    let mut before = Phase::Idle;
    watch(move || {
        let now = view.with(RecordingView::clone);
        let (was_idle, is_idle) = (before == Phase::Idle, now.phase == Phase::Idle);
        let layout = layout(&now);
        // Who is here by keyboard stays here, whatever takes the place of what they pressed.
        let is_here = recorder.element().matches(":focus-within").unwrap_or(false)
            || was_idle && button.element().matches(":focus").unwrap_or(false);
        recorder.hide(is_idle);
        button.hide(!is_idle);
        recorder.set("data-phase", Some(word(now.phase)));
        texts.with(|texts| {
            said.set_text(&told(texts, &now));
            let reason = wrong_words(now.notice).map(|key| texts.text(key));
            wrong.hide(reason.is_none());
            wrong.set_text(&reason.unwrap_or_default());
        });
        let mut to_focus = None;
        body.show_one(layout.as_deref(), || {
            let (element, first) = parts::body(&now);
            to_focus = Some(first);
            element
        });
        if let Some(first) = to_focus.filter(|_| is_here) {
            first.focus();
        }
        if is_idle && !was_idle && is_here {
            input.focus();
        }
        before = now.phase;
    });
}

/// What stands in the recorder, by name: it is made anew when the name is another one.
fn layout(view: &RecordingView) -> Option<String> {
    Some(match (&view.take, view.phase) {
        (_, Phase::Idle) => return None,
        (Some(take), _) => take.url.clone(),
        (None, Phase::Failed) => "failed".to_owned(),
        (None, _) => "runs".to_owned(),
    })
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Idle => "idle",
        Phase::Asking => "asking",
        Phase::Recording => "recording",
        Phase::Paused => "paused",
        Phase::Ending => "ending",
        Phase::Ready => "ready",
        Phase::Failed => "failed",
    }
}

/// How it stands, for those who do not see it.
fn told(texts: &Catalogue, view: &RecordingView) -> String {
    match (view.phase, view.notice) {
        (_, Some(Notice::Full)) => {
            let limit = texts.clock(view.limit_ms / 1000);
            texts.text_with(Key::COMMON_VOICE_FULL, &[("limit", &limit)])
        }
        (_, Some(Notice::TakenAway)) => texts.text(Key::COMMON_VOICE_TAKEN_AWAY),
        (Phase::Asking, _) => texts.text(Key::COMMON_VOICE_ASKING),
        (Phase::Recording, _) => texts.text(Key::COMMON_VOICE_RECORDING),
        (Phase::Paused, _) => texts.text(Key::COMMON_VOICE_PAUSED),
        (Phase::Ready, _) => texts.text(Key::COMMON_VOICE_READY),
        _ => String::new(),
    }
}

/// Why there is no recording, and what to do about it.
fn wrong_words(notice: Option<Notice>) -> Option<Key> {
    let Some(Notice::Refused(why)) = notice else {
        return None;
    };
    Some(match why {
        Refusal::Denied => Key::COMMON_VOICE_DENIED,
        Refusal::Missing => Key::COMMON_VOICE_MISSING,
        Refusal::Busy => Key::COMMON_VOICE_BUSY,
        Refusal::Silent => Key::COMMON_VOICE_SILENT,
        Refusal::Unusable => Key::COMMON_VOICE_UNUSABLE,
    })
}
