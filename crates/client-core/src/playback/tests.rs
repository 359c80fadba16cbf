//! One player for many voice notes.

use super::Happened::{Ended, Failed, Halted, Left, Moved, Renewed, Sought, SpeedWanted, Toggled};
use super::{Ask, Playback, Sound, stepped};

fn sound(key: &str) -> Sound {
    Sound {
        key: key.to_owned(),
        url: format!("https://files.example/{key}"),
        duration_ms: 10_000,
    }
}

fn play(key: &str, at_ms: u32, speed: u32) -> Option<Ask> {
    Some(Ask::Play {
        url: sound(key).url,
        at_ms,
        speed,
    })
}

#[test]
fn one_plays_at_a_time_and_each_goes_on_where_it_was_left() {
    let mut player = Playback::default();
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 0, 10));
    assert_eq!(player.handle(Moved(4_000)), None);
    assert_eq!(player.handle(Toggled(sound("b"))), play("b", 0, 10));
    assert!(!player.view("a").is_playing);
    assert!(player.view("b").is_playing);
    assert_eq!(player.view("a").at_ms, 4_000);
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 4_000, 10));
    assert_eq!(player.handle(Toggled(sound("a"))), Some(Ask::Pause));
    assert_eq!(player.handle(Toggled(sound("a"))), Some(Ask::Resume));
}

#[test]
fn one_that_is_over_begins_anew() {
    let mut player = Playback::default();
    player.handle(Toggled(sound("a")));
    player.handle(Moved(9_900));
    assert_eq!(player.handle(Ended), None);
    let view = player.view("a");
    assert_eq!((view.is_playing, view.at_ms), (false, 0));
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 0, 10));
}

#[test]
fn a_place_is_chosen_before_during_and_after_playing() {
    let mut player = Playback::default();
    assert_eq!(player.handle(Sought(sound("a"), 3_000)), None);
    assert_eq!(player.view("a").at_ms, 3_000);
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 3_000, 10));
    let far = player.handle(Sought(sound("a"), 99_000));
    assert_eq!(far, Some(Ask::Seek(10_000)));
    player.handle(Halted);
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 0, 10));
}

#[test]
fn speed_holds_for_all_of_them() {
    let mut player = Playback::default();
    assert_eq!(player.handle(SpeedWanted), None);
    assert_eq!(player.view("b").speed, 15);
    assert_eq!(player.handle(Toggled(sound("a"))), play("a", 0, 15));
    assert_eq!(player.handle(SpeedWanted), Some(Ask::Speed(20)));
    assert_eq!(player.handle(SpeedWanted), Some(Ask::Speed(10)));
}

#[test]
fn an_address_that_ran_out_is_replaced_without_losing_the_place() {
    let mut player = Playback::default();
    player.handle(Toggled(sound("a")));
    player.handle(Moved(5_000));
    let renewed = Sound {
        url: "https://files.example/new".to_owned(),
        ..sound("a")
    };
    assert_eq!(player.handle(Renewed(renewed.clone())), None);
    let again = Some(Ask::Play {
        url: renewed.url.clone(),
        at_ms: 5_000,
        speed: 10,
    });
    assert_eq!(player.handle(Failed), again);
    assert_eq!(player.handle(Failed), None, "that was the newest");
    let view = player.view("a");
    assert_eq!((view.is_playing, view.has_failed), (false, true));
    assert_eq!(player.handle(Toggled(renewed)), again);
    assert!(!player.view("a").has_failed);
}

#[test]
fn what_is_left_falls_silent() {
    let mut player = Playback::default();
    player.handle(Toggled(sound("a")));
    assert_eq!(player.handle(Left(Some("b".to_owned()))), None);
    assert_eq!(player.handle(Left(None)), Some(Ask::Pause));
    assert_eq!(player.handle(Left(None)), None);
    player.handle(Toggled(sound("a")));
    let own = player.handle(Left(Some("a".to_owned())));
    assert_eq!(own, Some(Ask::Pause));
}

#[test]
fn keys_lead_through_it_in_steps_and_not_beyond() {
    for (key, at, wanted) in [
        ("ArrowRight", 0, Some(1_000)),
        ("ArrowLeft", 500, Some(0)),
        ("ArrowUp", 9_700, Some(10_000)),
        ("PageUp", 1_000, Some(4_000)),
        ("Home", 4_000, Some(0)),
        ("End", 4_000, Some(10_000)),
        ("a", 4_000, None),
    ] {
        assert_eq!(stepped(key, at, 10_000), wanted, "{key}");
    }
    assert_eq!(stepped("ArrowRight", 0, 300_000), Some(5_000));
}
