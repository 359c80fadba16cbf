//! A voice note in the making: from the wish to record to the recording that is sent.
//!
//! It stands beside the core, because a page needs none of it before somebody wants to record.
//! Whoever runs it brings what happened ([`Happened`]) with the time, and carries out what is
//! asked ([`Ask`]).
//!
//! Invariants: there is one microphone, and so one recording that runs; it belongs to the place
//! it was begun for and never becomes a message of another. Whoever leaves that place ends it,
//! so that no microphone listens where nobody sees it; what was recorded is kept there, for as
//! long as the page lives. A recording goes away only by being sent, discarded, or replaced by
//! another that has begun.

mod making;
mod recorder;
mod refusal;
#[cfg(test)]
mod tests;
mod waveform;

pub use recorder::Recorder;
pub use refusal::Refusal;

use crate::composer::Place;
use crate::event::LocalFile;

/// What may happen to a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// This is written in now, where a recording may be so long in milliseconds; or nothing is.
    Shown(Option<(Place, u32)>),
    /// The person wants something.
    Wanted(Wish),
    /// The microphone was given, and is being recorded.
    Began,
    /// It was not given; the browser's name for why.
    Refused(String),
    /// How loud it is now, `0` to `255`; told ten times a second.
    Level(u8),
    /// The microphone is gone.
    TakenAway,
    /// The recording has ended; nothing when not a sound was recorded.
    Stopped(Option<Box<Take>>),
    /// The person at this page is another one from now on.
    Over,
}

/// What the person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Record, or record anew.
    Record,
    /// Stop listening for a while.
    Pause,
    /// Go on.
    Resume,
    /// It is complete.
    Stop,
    /// Throw it away, or the reason why there is none.
    Discard,
    /// Send it.
    Send,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Ask for the microphone and record it.
    Open,
    /// Stop listening for a while.
    Pause,
    /// Listen again.
    Resume,
    /// End the recording, let the microphone go, and hand the recording out.
    Stop,
    /// Let the microphone go, or do not ask for it any more. Nothing is to be told of it.
    Close,
    /// A recording is wanted no longer.
    Forget(Box<Take>),
    /// A recording is not listened to here any more.
    Release {
        /// Where it could be heard.
        url: String,
    },
    /// Send a recording from its place.
    Send(Box<(Place, LocalFile)>),
}

/// A recording that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// The browser's file.
    pub file: LocalFile,
    /// Where it can be heard on this page.
    pub url: String,
}

/// How far the recording of the place on screen is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// There is none.
    #[default]
    Idle,
    /// The browser asks the person whether it may listen.
    Asking,
    /// It listens.
    Recording,
    /// It does not for a while.
    Paused,
    /// The last of it is being put together.
    Ending,
    /// It can be listened to and sent.
    Ready,
    /// There is none, and the notice says why.
    Failed,
}

/// Something to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is as long as one may be.
    Full,
    /// The microphone went away in the middle.
    TakenAway,
    /// There is no recording.
    Refused(Refusal),
}

/// What a screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingView {
    /// How far it is.
    pub phase: Phase,
    /// How long it is by now.
    pub elapsed_ms: u32,
    /// How long it may be.
    pub limit_ms: u32,
    /// How loud it was of late, the newest last.
    pub levels: Vec<u8>,
    /// The recording, once it is complete.
    pub take: Option<Take>,
    /// What is to be told.
    pub notice: Option<Notice>,
}
