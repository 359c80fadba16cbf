//! Recordings from the wish to the message, and everything that can come between.

use super::Happened::{Began, Level, Over, Refused, Shown, Stopped, TakenAway, Wanted};
use super::{Ask, Happened, Notice, Phase, Recorder, Refusal, Take, Wish};
use crate::composer::Place;
use crate::event::LocalFile;
use protocol::ids::ConversationId;

const LIMIT: u32 = 5 * 60 * 1000;

fn place(name: &str) -> Place {
    Place {
        conversation: ConversationId::parse(name),
        ..Place::default()
    }
}

fn take(id: &str) -> Take {
    Take {
        file: LocalFile {
            id: id.to_owned(),
            name: "voice.webm".to_owned(),
            size: 900,
            media_type: "audio/webm".to_owned(),
            voice: None,
        },
        url: format!("blob:{id}"),
    }
}

/// A recorder with a clock.
struct Desk {
    recorder: Recorder,
    now: i64,
}

impl Desk {
    fn at(name: &str) -> Self {
        let mut desk = Self {
            recorder: Recorder::default(),
            now: 1_000_000,
        };
        desk.show(name);
        desk
    }

    fn bring(&mut self, happened: Happened) -> Vec<Ask> {
        self.recorder.handle(self.now, happened)
    }

    fn show(&mut self, name: &str) -> Vec<Ask> {
        self.bring(Shown(Some((place(name), LIMIT))))
    }

    fn want(&mut self, wish: Wish) -> Vec<Ask> {
        self.bring(Wanted(wish))
    }

    /// Listens for so long, at one loudness.
    fn hear(&mut self, milliseconds: i64, level: u8) -> Vec<Ask> {
        let mut asks = Vec::new();
        for _ in 0..milliseconds / 100 {
            self.now += 100;
            asks.extend(self.bring(Level(level)));
        }
        asks
    }

    fn end(&mut self, id: &str) -> Vec<Ask> {
        self.bring(Stopped(Some(Box::new(take(id)))))
    }

    fn phase(&self) -> Phase {
        self.recorder.view().phase
    }

    fn recording(name: &str) -> Self {
        let mut desk = Self::at(name);
        assert_eq!(desk.want(Wish::Record), [Ask::Open]);
        assert_eq!(desk.phase(), Phase::Asking);
        assert_eq!(desk.bring(Began), []);
        desk
    }

    /// A recording of four seconds that waits to be sent.
    fn ready(name: &str, id: &str) -> Self {
        let mut desk = Self::recording(name);
        desk.hear(4_000, 90);
        assert_eq!(desk.want(Wish::Stop), [Ask::Stop]);
        assert_eq!(desk.end(id), []);
        desk
    }
}

#[test]
fn a_recording_is_made_listened_to_and_sent() {
    let mut desk = Desk::recording("c1");
    desk.hear(2_000, 100);
    let view = desk.recorder.view();
    assert_eq!((view.phase, view.elapsed_ms), (Phase::Recording, 2_000));
    assert_eq!(view.levels, vec![100; 20]);
    assert_eq!(desk.want(Wish::Stop), [Ask::Stop]);
    assert_eq!(desk.phase(), Phase::Ending);
    desk.now += 50;
    desk.end("f1");
    let view = desk.recorder.view();
    assert_eq!((view.phase, view.notice), (Phase::Ready, None));
    let file = view.take.unwrap().file;
    let voice = file.voice.clone().unwrap();
    assert_eq!(voice.duration_ms, 2_000);
    assert!(voice.is_well_formed() && voice.waveform.len() == 64);
    let url = "blob:f1".to_owned();
    let sent = Ask::Send(Box::new((place("c1"), file)));
    assert_eq!(desk.want(Wish::Send), [Ask::Release { url }, sent]);
    assert_eq!(desk.phase(), Phase::Idle);
    assert_eq!(desk.want(Wish::Send), [], "once");
}

#[test]
fn pauses_are_no_part_of_it() {
    let mut desk = Desk::recording("c1");
    desk.hear(1_000, 50);
    assert_eq!(desk.want(Wish::Pause), [Ask::Pause]);
    assert_eq!(desk.phase(), Phase::Paused);
    desk.hear(60_000, 200);
    assert_eq!(desk.recorder.view().elapsed_ms, 1_000);
    assert_eq!(desk.want(Wish::Pause), []);
    assert_eq!(desk.want(Wish::Resume), [Ask::Resume]);
    desk.hear(500, 50);
    desk.want(Wish::Pause);
    assert_eq!(desk.want(Wish::Stop), [Ask::Stop]);
    desk.end("f1");
    let voice = desk.recorder.view().take.unwrap().file.voice.unwrap();
    assert_eq!(voice.duration_ms, 1_500);
}

#[test]
fn the_longest_one_ends_by_itself_and_says_so() {
    let mut desk = Desk::recording("c1");
    assert_eq!(desk.hear(i64::from(LIMIT) - 100, 50), []);
    assert_eq!(desk.hear(100, 50), [Ask::Stop]);
    assert_eq!(desk.hear(1_000, 50), [], "once");
    desk.end("f1");
    let view = desk.recorder.view();
    assert_eq!(
        (view.phase, view.notice),
        (Phase::Ready, Some(Notice::Full))
    );
    let voice = view.take.unwrap().file.voice.unwrap();
    assert_eq!(voice.duration_ms, LIMIT);

    // A page out of view hears of the time late; the recording says no more than it may.
    let mut desk = Desk::recording("c1");
    desk.now += i64::from(LIMIT) + 30_000;
    assert_eq!(desk.bring(Level(1)), [Ask::Stop]);
    desk.end("f1");
    let voice = desk.recorder.view().take.unwrap().file.voice.unwrap();
    assert_eq!(voice.duration_ms, LIMIT);
}

#[test]
fn why_there_is_none_is_told_and_can_be_tried_again() {
    for (name, why) in [
        ("NotAllowedError", Refusal::Denied),
        ("NotFoundError", Refusal::Missing),
        ("NotReadableError", Refusal::Busy),
        ("TypeError", Refusal::Unusable),
    ] {
        let mut desk = Desk::at("c1");
        desk.want(Wish::Record);
        assert_eq!(desk.bring(Refused(name.to_owned())), []);
        let view = desk.recorder.view();
        let told = Some(Notice::Refused(why));
        assert_eq!((view.phase, view.notice), (Phase::Failed, told));
        assert_eq!(desk.want(Wish::Send), []);
        assert_eq!(desk.phase(), Phase::Failed);
        assert_eq!(desk.want(Wish::Record), [Ask::Open]);
        desk.bring(Began);
        assert_eq!(desk.phase(), Phase::Recording);
        assert_eq!(desk.recorder.view().notice, None);
    }
    let mut desk = Desk::at("c1");
    desk.want(Wish::Record);
    desk.bring(Refused("NotAllowedError".to_owned()));
    assert_eq!(desk.want(Wish::Discard), []);
    assert_eq!(desk.phase(), Phase::Idle);
}

#[test]
fn a_microphone_that_is_taken_away_leaves_what_was_recorded() {
    let mut desk = Desk::recording("c1");
    desk.hear(1_200, 50);
    assert_eq!(desk.bring(TakenAway), [Ask::Stop]);
    desk.now += 3_000;
    desk.end("f1");
    let view = desk.recorder.view();
    let told = Some(Notice::TakenAway);
    assert_eq!((view.phase, view.notice), (Phase::Ready, told));
    let voice = view.take.unwrap().file.voice.unwrap();
    assert_eq!(voice.duration_ms, 1_200);

    // Some browsers only end the recording.
    let mut desk = Desk::recording("c1");
    desk.hear(1_200, 50);
    desk.end("f1");
    assert_eq!(desk.recorder.view().notice, told);
}

#[test]
fn a_recording_without_a_sound_is_none() {
    let mut desk = Desk::recording("c1");
    desk.want(Wish::Stop);
    desk.bring(Stopped(None));
    let view = desk.recorder.view();
    let told = Some(Notice::Refused(Refusal::Silent));
    assert_eq!((view.phase, view.notice), (Phase::Failed, told));
}

#[test]
fn whoever_leaves_ends_it_and_finds_it_again() {
    let mut desk = Desk::recording("c1");
    desk.hear(3_000, 50);
    assert_eq!(desk.show("c2"), [Ask::Stop]);
    assert_eq!(desk.phase(), Phase::Idle);
    desk.end("f1");
    assert_eq!(desk.phase(), Phase::Idle);
    assert_eq!(desk.show("c1"), []);
    let view = desk.recorder.view();
    assert_eq!(view.phase, Phase::Ready);
    assert_eq!(view.take.unwrap().file.voice.unwrap().duration_ms, 3_000);

    let mut desk = Desk::recording("c1");
    desk.want(Wish::Pause);
    assert_eq!(desk.bring(Shown(None)), [Ask::Stop], "the panel is closed");
    desk.end("f1");
    desk.show("c1");
    assert_eq!(desk.phase(), Phase::Ready);
}

#[cfg(feature = "agent")]
#[test]
fn a_recording_for_a_note_is_never_sent_as_a_reply() {
    use crate::composer::Mode;

    let in_mode = |mode| {
        let place = Place {
            mode,
            ..place("c1")
        };
        Shown(Some((place, LIMIT)))
    };
    let mut desk = Desk::at("c1");
    desk.bring(in_mode(Mode::Note));
    desk.want(Wish::Record);
    desk.bring(Began);
    desk.hear(1_000, 50);
    assert_eq!(desk.bring(in_mode(Mode::Reply)), [Ask::Stop]);
    desk.end("f1");
    assert_eq!(desk.want(Wish::Send), [], "there is none for a reply");
    desk.bring(in_mode(Mode::Note));
    let asks = desk.want(Wish::Send);
    let [_, Ask::Send(sent)] = asks.as_slice() else {
        panic!("{asks:?}");
    };
    assert_eq!(sent.0.mode, Mode::Note);
}

#[test]
fn each_place_keeps_its_own() {
    let mut desk = Desk::ready("c1", "f1");
    desk.show("c2");
    assert_eq!(desk.want(Wish::Record), [Ask::Open]);
    desk.bring(Began);
    desk.hear(1_000, 50);
    desk.want(Wish::Stop);
    desk.end("f2");
    assert_eq!(desk.recorder.view().take.unwrap().file.id, "f2");
    desk.show("c1");
    assert_eq!(desk.recorder.view().take.unwrap().file.id, "f1");
    let kept = desk.recorder.view().take.unwrap();
    assert_eq!(desk.want(Wish::Discard), [Ask::Forget(Box::new(kept))]);
    desk.show("c2");
    assert_eq!(desk.phase(), Phase::Ready);
}

#[test]
fn a_recording_is_given_up_only_for_one_that_has_begun() {
    let mut desk = Desk::ready("c1", "f1");
    let first = desk.recorder.view().take.unwrap();
    assert_eq!(desk.want(Wish::Record), [Ask::Open]);
    assert_eq!(desk.want(Wish::Discard), [Ask::Close], "only the asking");
    assert_eq!(desk.recorder.view().take, Some(first.clone()));

    desk.want(Wish::Record);
    desk.bring(Refused("NotReadableError".to_owned()));
    let view = desk.recorder.view();
    assert_eq!(view.take, Some(first.clone()));
    assert_eq!(view.notice, Some(Notice::Refused(Refusal::Busy)));

    desk.want(Wish::Record);
    assert_eq!(desk.bring(Began), [Ask::Forget(Box::new(first))]);
    desk.hear(500, 50);
    assert_eq!(desk.want(Wish::Discard), [Ask::Close]);
    assert_eq!(desk.phase(), Phase::Idle);
}

#[test]
fn what_comes_late_is_let_go_of() {
    let mut desk = Desk::at("c1");
    desk.want(Wish::Record);
    assert_eq!(desk.show("c2"), [Ask::Close], "nobody waits any more");
    assert_eq!(desk.bring(Began), [Ask::Close]);
    assert_eq!(desk.end("f1"), [Ask::Forget(Box::new(take("f1")))]);
    assert_eq!(desk.phase(), Phase::Idle);
}

#[test]
fn nothing_is_left_for_the_next_person() {
    let mut desk = Desk::ready("c1", "f1");
    let kept = desk.recorder.view().take.unwrap();
    desk.show("c2");
    desk.want(Wish::Record);
    let asks = desk.bring(Over);
    assert_eq!(asks, [Ask::Close, Ask::Forget(Box::new(kept))]);
    desk.show("c1");
    assert_eq!(desk.phase(), Phase::Idle);
}
