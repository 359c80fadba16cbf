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

mod refusal;
#[cfg(test)]
mod tests;
mod waveform;

pub use refusal::Refusal;

use protocol::attachment::VoiceNote;

use crate::composer::Place;
use crate::event::LocalFile;

/// Levels that a screen shows while it records.
const RECENT: usize = 48;

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

#[derive(Debug)]
struct Making {
    place: Place,
    phase: Phase,
    limit_ms: u32,
    /// How long it was when it last began to listen.
    before_ms: i64,
    /// Since when it listens.
    since: i64,
    levels: Vec<u8>,
    notice: Option<Notice>,
}

#[derive(Debug)]
struct Kept {
    place: Place,
    take: Option<Take>,
    notice: Option<Notice>,
}

/// All recordings of a page that were not sent.
#[derive(Debug, Default)]
pub struct Recorder {
    here: Option<(Place, u32)>,
    making: Option<Making>,
    kept: Vec<Kept>,
    now: i64,
}

impl Recorder {
    /// Takes in what happened at this time, in milliseconds from anywhere, and says what to do.
    pub fn handle(&mut self, now: i64, happened: Happened) -> Vec<Ask> {
        let mut asks = Vec::new();
        self.now = now;
        match happened {
            Happened::Shown(here) => {
                self.here = here;
                self.leave(&mut asks);
            }
            Happened::Wanted(wish) => self.want(wish, &mut asks),
            Happened::Began => self.began(&mut asks),
            Happened::Refused(name) => self.refused(Refusal::read(&name)),
            Happened::Level(level) => self.heard(level, &mut asks),
            Happened::TakenAway => self.end(Some(Notice::TakenAway), &mut asks),
            Happened::Stopped(take) => self.stopped(take, &mut asks),
            Happened::Over => {
                if self.making.take().is_some() {
                    asks.push(Ask::Close);
                }
                for kept in std::mem::take(&mut self.kept) {
                    forget(kept.take, &mut asks);
                }
            }
        }
        asks
    }

    /// What the place on screen shows.
    pub fn view(&self) -> RecordingView {
        let Some((place, limit_ms)) = &self.here else {
            return RecordingView::default();
        };
        if let Some(making) = self.making.as_ref().filter(|it| it.place == *place) {
            let from = making.levels.len().saturating_sub(RECENT);
            return RecordingView {
                phase: making.phase,
                elapsed_ms: making.elapsed(self.now),
                limit_ms: making.limit_ms,
                levels: making.levels[from..].to_vec(),
                take: None,
                notice: making.notice,
            };
        }
        let kept = self.kept.iter().find(|it| it.place == *place);
        let take = kept.and_then(|it| it.take.clone());
        RecordingView {
            phase: match (kept, &take) {
                (None, _) => Phase::Idle,
                (Some(_), Some(_)) => Phase::Ready,
                (Some(_), None) => Phase::Failed,
            },
            limit_ms: *limit_ms,
            notice: kept.and_then(|it| it.notice),
            take,
            ..RecordingView::default()
        }
    }

    fn want(&mut self, wish: Wish, asks: &mut Vec<Ask>) {
        let Some((place, limit_ms)) = self.here.clone() else {
            return;
        };
        match wish {
            Wish::Record => {
                if self.making.is_none() {
                    self.making = Some(Making::new(place, limit_ms));
                    asks.push(Ask::Open);
                }
            }
            Wish::Pause => {
                if let Some(making) = self.making.as_mut().filter(|it| it.listens()) {
                    making.hold(self.now);
                    making.phase = Phase::Paused;
                    asks.push(Ask::Pause);
                }
            }
            Wish::Resume => {
                if let Some(making) = &mut self.making
                    && making.phase == Phase::Paused
                {
                    making.since = self.now;
                    making.phase = Phase::Recording;
                    asks.push(Ask::Resume);
                }
            }
            Wish::Stop => self.end(None, asks),
            Wish::Discard => {
                if self.making.take().is_some() {
                    asks.push(Ask::Close);
                } else if let Some(kept) = self.take_kept(&place) {
                    forget(kept.take, asks);
                }
            }
            Wish::Send => {
                let is_ready = |it: &Kept| it.place == place && it.take.is_some();
                if self.making.is_none()
                    && self.kept.iter().any(is_ready)
                    && let Some(take) = self.take_kept(&place).and_then(|kept| kept.take)
                {
                    asks.push(Ask::Release { url: take.url });
                    asks.push(Ask::Send(Box::new((place, take.file))));
                }
            }
        }
    }

    /// What is being made is not on screen any more.
    fn leave(&mut self, asks: &mut Vec<Ask>) {
        let here = self.here.as_ref().map(|(place, _)| place);
        let Some(making) = self.making.as_ref().filter(|it| Some(&it.place) != here) else {
            return;
        };
        if making.phase == Phase::Asking {
            self.making = None;
            asks.push(Ask::Close);
        } else {
            self.end(None, asks);
        }
    }

    fn began(&mut self, asks: &mut Vec<Ask>) {
        match &mut self.making {
            Some(making) if making.phase == Phase::Asking => {
                making.phase = Phase::Recording;
                making.since = self.now;
                let place = making.place.clone();
                // Only now is there another one to put in its place.
                if let Some(kept) = self.take_kept(&place) {
                    forget(kept.take, asks);
                }
            }
            Some(_) => {}
            None => asks.push(Ask::Close),
        }
    }

    fn refused(&mut self, why: Refusal) {
        if let Some(making) = self.making.take() {
            // One that was to be recorded anew is still there.
            let take = self.take_kept(&making.place).and_then(|kept| kept.take);
            self.kept.push(Kept {
                place: making.place,
                take,
                notice: Some(Notice::Refused(why)),
            });
        }
    }

    fn heard(&mut self, level: u8, asks: &mut Vec<Ask>) {
        let Some(making) = self.making.as_mut().filter(|it| it.listens()) else {
            return;
        };
        making.levels.push(level);
        if making.elapsed(self.now) >= making.limit_ms {
            self.end(Some(Notice::Full), asks);
        }
    }

    /// The recording is complete, or as complete as it will be.
    fn end(&mut self, notice: Option<Notice>, asks: &mut Vec<Ask>) {
        let Some(making) = &mut self.making else {
            return;
        };
        if matches!(making.phase, Phase::Recording | Phase::Paused) {
            making.hold(self.now);
            making.phase = Phase::Ending;
            making.notice = notice;
            asks.push(Ask::Stop);
        }
    }

    fn stopped(&mut self, take: Option<Box<Take>>, asks: &mut Vec<Ask>) {
        let Some(mut making) = self.making.take() else {
            forget(take.map(|take| *take), asks);
            return;
        };
        let take = take.map(|mut take| {
            take.file.voice = Some(VoiceNote {
                duration_ms: making.elapsed(self.now).max(1),
                waveform: waveform::of(&making.levels),
            });
            *take
        });
        if take.is_none() {
            making.notice = Some(Notice::Refused(Refusal::Silent));
        } else if making.phase != Phase::Ending {
            // It ended by itself.
            making.notice = Some(Notice::TakenAway);
        }
        let before = self.take_kept(&making.place);
        forget(before.and_then(|kept| kept.take), asks);
        self.kept.push(Kept {
            place: making.place,
            take,
            notice: making.notice,
        });
    }

    fn take_kept(&mut self, place: &Place) -> Option<Kept> {
        let at = self.kept.iter().position(|it| it.place == *place)?;
        Some(self.kept.remove(at))
    }
}

impl Making {
    fn new(place: Place, limit_ms: u32) -> Self {
        Self {
            place,
            phase: Phase::Asking,
            limit_ms,
            before_ms: 0,
            since: 0,
            levels: Vec::new(),
            notice: None,
        }
    }

    fn listens(&self) -> bool {
        self.phase == Phase::Recording
    }

    /// How long it is, and never longer than it may be: a page out of view is told of the time
    /// a little late.
    fn elapsed(&self, now: i64) -> u32 {
        let running = if self.listens() {
            (now - self.since).max(0)
        } else {
            0
        };
        (self.before_ms + running).clamp(0, self.limit_ms.into()) as u32
    }

    fn hold(&mut self, now: i64) {
        self.before_ms = self.elapsed(now).into();
        self.since = now;
    }
}

fn forget(take: Option<Take>, asks: &mut Vec<Ask>) {
    if let Some(take) = take {
        asks.push(Ask::Forget(Box::new(take)));
    }
}
