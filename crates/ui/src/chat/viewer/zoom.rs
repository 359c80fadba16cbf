//! The lens over the stage: measured, changed, and told to the sheet by custom properties, which
//! a strict policy allows where it forbids style attributes.

use std::cell::RefCell;

use wasm_bindgen::JsCast;

use super::browser::{Picture, Styled};
use super::lens::{Change, Lens, Room};
use crate::dom::El;
use crate::shown::RcShown;

/// What one sees of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Seeing {
    pub(super) lens: Lens,
    pub(super) room: Room,
    /// Whether there is a picture that has come.
    pub(super) is_there: bool,
}

/// The stage, and the picture on it.
pub(super) struct Zoom {
    pub(super) stage: El,
    picture: RefCell<Option<El>>,
    pub(super) seeing: RcShown<Seeing>,
}

impl Zoom {
    pub(super) fn new(stage: &El) -> Self {
        Self {
            stage: stage.clone(),
            picture: RefCell::default(),
            seeing: RcShown::new(Seeing::default()),
        }
    }

    /// Another picture is on the stage, or none.
    pub(super) fn take(&self, picture: Option<El>) {
        self.picture.replace(picture);
        self.seeing.replace(Seeing::default());
        self.stage.set("data-zoomed", None);
        self.change(Change::Fit, false);
    }

    pub(super) fn is_zoomed(&self) -> bool {
        self.seeing.with_untracked(|seeing| seeing.lens.is_zoomed())
    }

    /// Whether a picture is there to be looked at.
    pub(super) fn is_there(&self) -> bool {
        self.seeing.with_untracked(|seeing| seeing.is_there)
    }

    /// Changes what one sees; `gently` lets the eye follow.
    pub(super) fn change(&self, change: Change, gently: bool) {
        let picture = self.picture.borrow().clone();
        let Some(picture) = picture else {
            return;
        };
        let room = self.measure(&picture);
        let before = self.seeing.with_untracked(|seeing| seeing.lens);
        let lens = before.after(change, room);
        picture.set("data-gently", gently.then_some(""));
        let style = picture.element().unchecked_ref::<Styled>().style();
        style.put("--viewer-zoom", lens.zoom);
        style.put("--viewer-x", lens.x);
        style.put("--viewer-y", lens.y);
        self.stage
            .set("data-zoomed", lens.is_zoomed().then_some(""));
        self.seeing.replace(Seeing {
            lens,
            room,
            is_there: true,
        });
    }

    /// Lets the picture follow a finger sideways, as a page that is turned.
    pub(super) fn follow(&self, x: f64) {
        if let Some(picture) = &*self.picture.borrow() {
            picture.set("data-gently", (x == 0.0).then_some(""));
            let style = picture.element().unchecked_ref::<Styled>().style();
            style.put("--viewer-x", x);
        }
    }

    /// A place on the screen, told from the stage's centre.
    pub(super) fn off_centre(&self, x: f64, y: f64) -> (f64, f64) {
        let stage = self.stage.element().get_bounding_client_rect();
        (
            x - stage.left() - stage.width() / 2.0,
            y - stage.top() - stage.height() / 2.0,
        )
    }

    fn measure(&self, picture: &El) -> Room {
        let stage = self.stage.element().get_bounding_client_rect();
        let picture: &Picture = picture.element().unchecked_ref();
        Room::of(
            (stage.width(), stage.height()),
            (picture.natural_width(), picture.natural_height()),
        )
    }
}
