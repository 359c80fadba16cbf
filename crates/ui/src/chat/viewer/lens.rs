//! How far a picture is magnified and which part of it one sees: arithmetic without a browser.
//!
//! Invariants: a lens magnifies one to [`MOST`] times what fits into the stage; the place under
//! the pointer stays under it; no edge of the picture comes further in than it has to.

/// The most that the fitted picture is magnified.
pub(super) const MOST: f64 = 8.0;
/// One press of a button or key.
pub(super) const STEP: f64 = 1.5;
/// A picture without pixels to spare is magnified so much by a double click.
const SMALL: f64 = 2.0;
/// Less than this is nothing that anybody meant.
const HARDLY: f64 = 1.01;

/// The stage and the picture on it, in pixels of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Room {
    /// Width and height of the stage.
    pub(super) stage: (f64, f64),
    /// Width and height of the picture as it fits into the stage.
    pub(super) fitted: (f64, f64),
    /// The picture's own width.
    pub(super) natural: f64,
}

/// A magnification, and the way from the stage's centre to the picture's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lens {
    pub(super) zoom: f64,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// What is done to it. Places are told from the stage's centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    /// The whole picture.
    Fit,
    /// A pixel of the picture is a pixel of the page.
    Actual,
    /// The whole picture, or as large as it is around a place.
    Toggle(f64, f64),
    /// So many times larger around a place.
    By(f64, f64, f64),
    /// So far to the right and down.
    Pan(f64, f64),
}

impl Default for Lens {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Lens {
    /// Whether there is more of the picture than one sees.
    pub(super) fn is_zoomed(self) -> bool {
        self.zoom > HARDLY
    }

    /// The lens after a change.
    pub(super) fn after(self, change: Change, room: Room) -> Self {
        match change {
            Change::Fit => Self::default(),
            Change::Actual => self.to(room.actual(), 0.0, 0.0, room),
            Change::Toggle(..) if self.is_zoomed() => Self::default(),
            Change::Toggle(x, y) if room.has_more() => self.to(room.actual(), x, y, room),
            Change::Toggle(x, y) => self.to(SMALL, x, y, room),
            Change::By(factor, x, y) => self.to(self.zoom * factor, x, y, room),
            Change::Pan(x, y) => self.moved(x, y).within(room),
        }
    }

    /// Magnified so much, with what is at this place still there.
    fn to(self, zoom: f64, x: f64, y: f64, room: Room) -> Self {
        let zoom = match zoom.clamp(1.0, MOST) {
            hardly if hardly < HARDLY => 1.0,
            zoom => zoom,
        };
        let grown = zoom / self.zoom;
        let lens = Self {
            zoom,
            x: x - (x - self.x) * grown,
            y: y - (y - self.y) * grown,
        };
        lens.within(room)
    }

    fn moved(self, x: f64, y: f64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
    }

    /// With the picture's edges no further in than the stage's, and centred where it is smaller.
    fn within(self, room: Room) -> Self {
        let reach = |fitted: f64, stage: f64| ((fitted * self.zoom - stage) / 2.0).max(0.0);
        let (across, down) = (
            reach(room.fitted.0, room.stage.0),
            reach(room.fitted.1, room.stage.1),
        );
        Self {
            x: self.x.clamp(-across, across),
            y: self.y.clamp(-down, down),
            ..self
        }
    }

    /// How large one sees the picture; 1 is its own size.
    pub(super) fn share(self, room: Room) -> f64 {
        match room.natural > 0.0 {
            true => self.zoom * room.fitted.0 / room.natural,
            false => self.zoom,
        }
    }
}

impl Room {
    /// A picture that is made smaller to fit, never larger, as the sheet does it.
    pub(super) fn of(stage: (f64, f64), natural: (f64, f64)) -> Self {
        let scale = match natural.0 > 0.0 && natural.1 > 0.0 {
            true => (stage.0 / natural.0).min(stage.1 / natural.1).min(1.0),
            false => 0.0,
        };
        Self {
            stage,
            fitted: (natural.0 * scale, natural.1 * scale),
            natural: natural.0,
        }
    }

    /// The magnification at which the picture has its own size.
    fn actual(self) -> f64 {
        match self.fitted.0 > 0.0 {
            true => (self.natural / self.fitted.0).clamp(1.0, MOST),
            false => 1.0,
        }
    }

    /// Whether the picture had to be made smaller to fit.
    pub(super) fn has_more(self) -> bool {
        self.actual() > HARDLY
    }
}

/// What a turn of the wheel makes of the magnification: the same way back and forth, and never
/// more at once than a turn of an ordinary wheel.
pub(super) fn turned(delta: f64, is_pinch: bool) -> f64 {
    // A touch pad tells a pinch in small turns.
    let far = if is_pinch { delta * 5.0 } else { delta };
    let factor = 1.0 + far.abs().min(100.0) / 400.0;
    if far < 0.0 { factor } else { 1.0 / factor }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Change, Lens, MOST, Room, turned};

    /// A wide picture, twice as large as fits.
    const ROOM: Room = Room {
        stage: (800.0, 600.0),
        fitted: (800.0, 400.0),
        natural: 1600.0,
    };

    fn after(changes: &[Change]) -> Lens {
        let lens = Lens::default();
        changes
            .iter()
            .fold(lens, |lens, change| lens.after(*change, ROOM))
    }

    #[test]
    fn a_picture_is_made_to_fit_and_never_larger() {
        assert_eq!(Room::of((800.0, 600.0), (1600.0, 800.0)), ROOM);
        let tall = Room::of((800.0, 600.0), (600.0, 2400.0));
        assert_eq!(tall.fitted, (150.0, 600.0));
        let small = Room::of((800.0, 600.0), (30.0, 20.0));
        assert_eq!((small.fitted, small.has_more()), ((30.0, 20.0), false));
        assert!(!Room::of((800.0, 600.0), (0.0, 0.0)).has_more());
    }

    #[test]
    fn it_magnifies_from_what_fits_to_eight_times_that() {
        assert_eq!(after(&[Change::By(100.0, 0.0, 0.0)]).zoom, MOST);
        assert_eq!(after(&[Change::By(0.1, 0.0, 0.0)]), Lens::default());
        let there_and_back = [Change::By(1.5, 30.0, 0.0), Change::By(1.0 / 1.5, 0.0, 0.0)];
        assert_eq!(after(&there_and_back), Lens::default());
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let before = after(&[Change::By(2.0, 0.0, 0.0)]);
        let (x, y) = (100.0, 50.0);
        let now = before.after(Change::By(1.5, x, y), ROOM);
        let place = |lens: Lens| ((x - lens.x) / lens.zoom, (y - lens.y) / lens.zoom);
        assert_eq!(place(before), (50.0, 25.0));
        assert_eq!(place(now), (50.0, 25.0));
    }

    #[test]
    fn no_edge_comes_further_in_than_it_has_to() {
        let far = after(&[Change::By(2.0, 0.0, 0.0), Change::Pan(9999.0, -9999.0)]);
        assert_eq!((far.x, far.y), (400.0, -100.0));
        let fitted = after(&[Change::Pan(50.0, 50.0)]);
        assert_eq!(fitted, Lens::default());
        // Still lower than the stage: it moves sideways only.
        let low = after(&[Change::By(1.25, 0.0, 0.0), Change::Pan(50.0, 50.0)]);
        assert_eq!((low.x, low.y), (50.0, 0.0));
        let smaller = Room {
            stage: (2000.0, 2000.0),
            ..ROOM
        };
        let after_turning = far.after(Change::Pan(0.0, 0.0), smaller);
        assert_eq!((after_turning.x, after_turning.y), (0.0, 0.0));
    }

    #[test]
    fn a_double_click_goes_to_the_real_size_and_back() {
        let large = after(&[Change::Toggle(100.0, 0.0)]);
        assert_eq!((large.zoom, large.x), (2.0, -100.0));
        assert_eq!(large.share(ROOM), 1.0);
        assert_eq!(large.after(Change::Toggle(0.0, 0.0), ROOM), Lens::default());
        let small = Room {
            natural: 800.0,
            ..ROOM
        };
        assert!(!small.has_more());
        let twice = Lens::default().after(Change::Toggle(0.0, 0.0), small);
        assert_eq!(twice.zoom, 2.0);
        assert_eq!(after(&[Change::Actual]).zoom, 2.0);
        assert_eq!(Lens::default().share(ROOM), 0.5);
    }

    #[test]
    fn the_wheel_goes_as_far_back_as_it_went() {
        assert_eq!(turned(-100.0, false), 1.25);
        assert!((turned(-30.0, false) * turned(30.0, false) - 1.0).abs() < 1e-9);
        assert_eq!(turned(-5000.0, false), 1.25, "a wild wheel");
        assert!(turned(-4.0, true) > turned(-4.0, false));
    }
}
