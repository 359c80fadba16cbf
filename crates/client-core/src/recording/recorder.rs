//! What becomes of recordings: which one runs, which are kept, and what is asked for next.

use protocol::attachment::VoiceNote;

use super::making::Making;
use super::{Ask, Happened, Notice, Phase, RecordingView, Refusal, Take, Wish, waveform};
use crate::composer::Place;

/// Levels that a screen shows while it records.
const RECENT: usize = 48;

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

fn forget(take: Option<Take>, asks: &mut Vec<Ask>) {
    if let Some(take) = take {
        asks.push(Ask::Forget(Box::new(take)));
    }
}
