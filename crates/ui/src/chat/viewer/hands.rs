//! Fingers, pens, mouse and wheel on a picture: drag, pinch, turn, double click, and a swipe to
//! the next file.
//!
//! Invariant: players keep all of it for their own controls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Event;

use super::browser::Pointer;
use super::lens::{Change, turned};
use super::zoom::Zoom;
use crate::dom::{El, hold_pointer, listen};

/// So far a finger moves sideways, in pixels, to turn to another file.
const SWIPE: f64 = 56.0;
/// A finger that moved less has tapped.
const TAP: f64 = 10.0;
/// The second tap of two comes within so many milliseconds.
const TWICE_MS: f64 = 320.0;
/// A turn of the wheel that is told in lines, in pixels.
const LINE: f64 = 33.0;

#[derive(Clone, Copy, Default)]
struct Point {
    x: f64,
    y: f64,
}

/// What touches the stage.
struct Hands {
    zoom: Rc<Zoom>,
    down: RefCell<Vec<(i32, Point)>>,
    /// Where the first finger came down; absent once there was a second.
    start: Cell<Option<Point>>,
    tapped: Cell<Option<(f64, Point)>>,
    /// Turns to the file on the right, or on the left.
    turn: Box<dyn Fn(bool)>,
}

/// Lets hands work the picture. `turn` is told of a swipe: `true` asks for the file on the right.
pub(super) fn start(zoom: &Rc<Zoom>, turn: Box<dyn Fn(bool)>) {
    let hands = Rc::new(Hands {
        zoom: Rc::clone(zoom),
        down: RefCell::default(),
        start: Cell::default(),
        tapped: Cell::default(),
        turn,
    });
    let stage = &zoom.stage;
    hands.on(stage, "pointerdown", Hands::press);
    hands.on(stage, "pointermove", Hands::drag);
    hands.on(stage, "pointerup", |hands, event, pointer| {
        hands.lift(event, pointer, true);
    });
    hands.on(stage, "pointercancel", |hands, event, pointer| {
        hands.lift(event, pointer, false);
    });
    hands.on(stage, "wheel", Hands::roll);
    hands.on(stage, "dblclick", |hands, _, pointer| {
        // Two taps are told by the fingers themselves.
        if hands.tapped.get().is_none() {
            hands.toggle(place(pointer));
        }
    });
}

fn place(pointer: &Pointer) -> Point {
    Point {
        x: pointer.x(),
        y: pointer.y(),
    }
}

fn is_touch(pointer: &Pointer) -> bool {
    pointer.kind() == "touch"
}

fn apart(one: Point, other: Point) -> f64 {
    let (across, down) = (one.x - other.x, one.y - other.y);
    (across * across + down * down).sqrt()
}

fn between(one: Point, other: Point) -> Point {
    Point {
        x: (one.x + other.x) / 2.0,
        y: (one.y + other.y) / 2.0,
    }
}

impl Hands {
    fn on(self: &Rc<Self>, stage: &El, event: &'static str, act: fn(&Self, &Event, &Pointer)) {
        let this = Rc::clone(self);
        listen(
            stage.element(),
            event,
            Box::new(move |event| {
                if this.zoom.is_there() {
                    act(&this, &event, event.unchecked_ref());
                }
            }),
        );
    }

    fn press(&self, event: &Event, pointer: &Pointer) {
        if pointer.button() != 0 {
            return;
        }
        hold_pointer(&self.zoom.stage, event);
        let mut down = self.down.borrow_mut();
        down.retain(|(id, _)| *id != pointer.id());
        down.push((pointer.id(), place(pointer)));
        self.start.set(match down.len() {
            1 => Some(place(pointer)),
            _ => None,
        });
        if !is_touch(pointer) {
            self.tapped.set(None);
        }
    }

    fn drag(&self, _: &Event, pointer: &Pointer) {
        let (id, now) = (pointer.id(), place(pointer));
        let before = self.down.borrow().clone();
        let Some(at) = before.iter().position(|(held, _)| *held == id) else {
            return;
        };
        self.down.borrow_mut()[at].1 = now;
        let from = before[at].1;
        match before.iter().find(|(other, _)| *other != id) {
            Some((_, other)) => {
                let (old, new) = (apart(from, *other), apart(now, *other));
                let (was, is) = (between(from, *other), between(now, *other));
                let (x, y) = self.zoom.off_centre(is.x, is.y);
                self.zoom
                    .change(Change::Pan(is.x - was.x, is.y - was.y), false);
                if old > 0.0 {
                    self.zoom.change(Change::By(new / old, x, y), false);
                }
            }
            None if self.zoom.is_zoomed() => {
                let pan = Change::Pan(now.x - from.x, now.y - from.y);
                self.zoom.change(pan, false);
            }
            None if is_touch(pointer) => {
                if let Some(start) = self.start.get() {
                    self.zoom.follow(now.x - start.x);
                }
            }
            None => {}
        }
    }

    fn lift(&self, _: &Event, pointer: &Pointer, is_meant: bool) {
        let mut down = self.down.borrow_mut();
        let count = down.len();
        down.retain(|(id, _)| *id != pointer.id());
        if down.len() == count {
            return;
        }
        drop(down);
        let Some(start) = self.start.take().filter(|_| is_touch(pointer)) else {
            return;
        };
        let now = place(pointer);
        let (across, down) = (now.x - start.x, now.y - start.y);
        if apart(now, start) < TAP {
            if is_meant {
                self.tap(pointer.time(), now);
            }
        } else if !self.zoom.is_zoomed() {
            self.zoom.follow(0.0);
            if is_meant && across.abs() > SWIPE && across.abs() > down.abs() {
                (self.turn)(across < 0.0);
            }
        }
    }

    fn tap(&self, time: f64, now: Point) {
        let before = self.tapped.replace(Some((time, now)));
        if let Some((then, at)) = before
            && time - then < TWICE_MS
            && apart(at, now) < TAP * 3.0
        {
            // A third tap begins anew.
            self.tapped.set(Some((0.0, now)));
            self.toggle(now);
        }
    }

    fn toggle(&self, at: Point) {
        let (x, y) = self.zoom.off_centre(at.x, at.y);
        self.zoom.change(Change::Toggle(x, y), true);
    }

    fn roll(&self, event: &Event, wheel: &Pointer) {
        event.prevent_default();
        let delta = match wheel.turn_unit() {
            0 => wheel.turn(),
            _ => wheel.turn() * LINE,
        };
        let (x, y) = self.zoom.off_centre(wheel.x(), wheel.y());
        let factor = turned(delta, wheel.has_ctrl());
        self.zoom.change(Change::By(factor, x, y), false);
    }
}
