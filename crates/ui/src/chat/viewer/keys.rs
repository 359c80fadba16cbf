//! What a key asks of the viewer.
//!
//! The rule: arrows to the left and right change the file, except where they are needed for
//! something nearer. In a magnified picture all four move the picture, in a player that has the
//! keyboard they are the player's. PageUp, PageDown, Home and End change the file everywhere.

use super::files::To;
use super::lens::{Change, STEP};

/// So far an arrow key moves the picture, in pixels.
const PAN: f64 = 80.0;

/// Where the key was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pressed {
    /// The picture is magnified.
    pub(super) is_zoomed: bool,
    /// Reading runs from right to left.
    pub(super) is_mirrored: bool,
    /// The player has the keyboard.
    pub(super) in_player: bool,
    /// A button or link has the keyboard.
    pub(super) on_button: bool,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    /// No viewer any more.
    Close,
    /// Another file.
    Go(To),
    /// More, less, or another part of the picture.
    Look(Change),
    /// Play, or pause.
    Play,
    /// Nothing, and nothing of the page behind either.
    Nothing,
    /// The next thing that takes keys; the other way round for `true`.
    Round(bool),
}

/// What a key without Ctrl, Alt or Meta asks for.
pub(super) fn wish(key: &str, has_shift: bool, at: Pressed) -> Option<Wish> {
    let pan = |x: f64, y: f64| Some(Wish::Look(Change::Pan(x * PAN, y * PAN)));
    let go = |to| Some(Wish::Go(to));
    match key {
        "Escape" => Some(Wish::Close),
        "Tab" => Some(Wish::Round(has_shift)),
        "+" | "=" => Some(Wish::Look(Change::By(STEP, 0.0, 0.0))),
        "-" | "_" => Some(Wish::Look(Change::By(1.0 / STEP, 0.0, 0.0))),
        "0" => Some(Wish::Look(Change::Fit)),
        "PageUp" => go(To::Previous),
        "PageDown" => go(To::Next),
        "Home" => go(To::First),
        "End" => go(To::Last),
        _ if at.in_player => None,
        // What one looks at moves the way of the arrow, so the picture moves against it.
        "ArrowLeft" if at.is_zoomed => pan(1.0, 0.0),
        "ArrowRight" if at.is_zoomed => pan(-1.0, 0.0),
        "ArrowUp" if at.is_zoomed => pan(0.0, 1.0),
        "ArrowDown" if at.is_zoomed => pan(0.0, -1.0),
        "ArrowLeft" | "ArrowRight" => {
            let is_back = (key == "ArrowLeft") != at.is_mirrored;
            go(if is_back { To::Previous } else { To::Next })
        }
        "ArrowUp" | "ArrowDown" => Some(Wish::Nothing),
        " " if !at.on_button => Some(Wish::Play),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Change, PAN, Pressed, To, Wish, wish};

    fn pressed(key: &str, at: Pressed) -> Option<Wish> {
        wish(key, false, at)
    }

    #[test]
    fn arrows_change_the_file_in_the_direction_of_reading() {
        let (plain, mirrored) = (
            Pressed::default(),
            Pressed {
                is_mirrored: true,
                ..Pressed::default()
            },
        );
        assert_eq!(pressed("ArrowRight", plain), Some(Wish::Go(To::Next)));
        assert_eq!(pressed("ArrowLeft", plain), Some(Wish::Go(To::Previous)));
        assert_eq!(pressed("ArrowLeft", mirrored), Some(Wish::Go(To::Next)));
        assert_eq!(pressed("PageDown", mirrored), Some(Wish::Go(To::Next)));
        assert_eq!(pressed("ArrowDown", plain), Some(Wish::Nothing));
    }

    #[test]
    fn arrows_are_the_magnified_pictures_and_the_players_first() {
        let zoomed = Pressed {
            is_zoomed: true,
            ..Pressed::default()
        };
        let moved = Some(Wish::Look(Change::Pan(-PAN, 0.0)));
        assert_eq!(pressed("ArrowRight", zoomed), moved);
        assert_eq!(pressed("PageUp", zoomed), Some(Wish::Go(To::Previous)));
        let player = Pressed {
            in_player: true,
            ..Pressed::default()
        };
        assert_eq!(pressed("ArrowRight", player), None);
        assert_eq!(pressed(" ", player), None);
        assert_eq!(pressed("End", player), Some(Wish::Go(To::Last)));
    }

    #[test]
    fn space_plays_unless_it_presses_something() {
        assert_eq!(pressed(" ", Pressed::default()), Some(Wish::Play));
        let on_button = true;
        let button = Pressed {
            on_button,
            ..Pressed::default()
        };
        assert_eq!(pressed(" ", button), None);
        assert_eq!(pressed("Enter", button), None);
    }
}
