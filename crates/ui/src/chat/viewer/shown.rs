//! The one file on the stage: a picture or a player, that it is on its way, or that it could not
//! be had and can be tried again.
//!
//! Invariants: an address that works is not replaced by a newer one, or a film would begin anew;
//! one that has run out is, without being asked, and a player goes on where it was.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;

use super::browser::Player;
use super::files::Seen;
use super::zoom::Zoom;
use crate::chat::attachment_tile::Place;
use crate::chat::file_name::shown_name;
use crate::chat::voice_player;
use crate::dom::{El, Rows, at_end, listen, watch};
use crate::i18n::Key;
use crate::kit::{Glyph, Size, Variant, button, icon, spinner};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Ready,
    Failed,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

/// What is on the stage.
struct Shown {
    root: El,
    /// The picture or player.
    inner: El,
    place: Place,
    state: Cell<State>,
    waits: El,
    problem: RefCell<Rows>,
    zoom: Rc<Zoom>,
    is_picture: bool,
}

/// The file, as an element for the stage.
pub(super) fn shown(seen: &Seen, zoom: &Rc<Zoom>) -> El {
    let name = seen.place.with(|file| shown_name(&file.name));
    let name = name.unwrap_or_default();
    let is_picture = seen.shape == "image";
    let inner = match seen.shape {
        "image" => El::new("img|class=viewer-image|part=viewer-image|draggable=false"),
        "video" => El::new("video|class=viewer-player|part=viewer-player|playsinline="),
        _ => El::new("audio|class=viewer-player|part=viewer-player"),
    };
    if is_picture {
        inner.set("alt", Some(&name));
    } else {
        inner.set("controls", Some(""));
        inner.set("preload", Some("metadata"));
        inner.set("aria-label", Some(&name));
    }
    let waits =
        El::new("span|class=viewer-waits").child(&spinner(Key::COMMON_VIEWER_LOADING.into()));
    let root = El::new("div|class=viewer-file|part=viewer-file").child(&waits);
    root.set("data-shape", Some(seen.shape));
    if seen.shape == "audio" {
        root.append(&icon(Glyph::SOUND));
    }
    root.append(&inner);
    let shown = Rc::new(Shown {
        problem: RefCell::new(Rows::new(&root, None)),
        root: root.clone(),
        inner,
        place: seen.place.clone(),
        state: Cell::new(State::Loading),
        waits,
        zoom: Rc::clone(zoom),
        is_picture,
    });
    shown.tell(State::Loading);
    shown.listen();
    shown.watch_address();
    if is_picture {
        let zoom = Rc::clone(zoom);
        at_end(Box::new(move || zoom.take(None)));
    } else {
        let player = shown.inner.clone();
        // Nothing is heard of what is out of sight.
        at_end(Box::new(move || {
            player.element().unchecked_ref::<Player>().pause();
            player.set("src", None);
        }));
    }
    root
}

impl Shown {
    fn listen(self: &Rc<Self>) {
        let came = if self.is_picture {
            "load"
        } else {
            "loadedmetadata"
        };
        let this = Rc::clone(self);
        listen(
            self.inner.element(),
            came,
            Box::new(move |_| this.tell(State::Ready)),
        );
        let this = Rc::clone(self);
        listen(
            self.inner.element(),
            "error",
            Box::new(move |_| {
                // The newest address, if that is another one.
                match this.place.address(false) {
                    Some(known) if this.address().as_ref() != Some(&known) => this.fetch(&known),
                    _ => this.tell(State::Failed),
                }
            }),
        );
        if !self.is_picture {
            listen(
                self.inner.element(),
                "play",
                // One thing sounds at a time.
                Box::new(|_| voice_player::silence()),
            );
        }
    }

    /// The first address, and a renewed one for what failed.
    fn watch_address(self: &Rc<Self>) {
        let this = Rc::clone(self);
        watch(move || {
            let Some(known) = this.place.address(false) else {
                return;
            };
            let has_failed = this.state.get() == State::Failed;
            match this.address() {
                None => this.fetch(&known),
                Some(before) if has_failed && before != known => this.fetch(&known),
                Some(_) => {}
            }
        });
    }

    fn address(&self) -> Option<String> {
        self.inner.element().get_attribute("src")
    }

    fn fetch(self: &Rc<Self>, address: &str) {
        let player: &Player = self.inner.element().unchecked_ref();
        let at = match self.is_picture {
            true => 0.0,
            false => player.at(),
        };
        self.tell(State::Loading);
        self.inner.set("src", Some(address));
        if at > 0.0 {
            player.set_at(at);
        }
    }

    fn tell(self: &Rc<Self>, state: State) {
        self.state.set(state);
        self.root.set("data-state", Some(state.as_str()));
        self.waits.hide(state != State::Loading);
        let failed = (state == State::Failed).then_some("");
        let this = Rc::clone(self);
        self.problem
            .borrow_mut()
            .show_one(failed, move || this.failure());
        if self.is_picture {
            let picture = (state == State::Ready).then(|| self.inner.clone());
            self.zoom.take(picture);
        }
    }

    /// Why there is nothing to see, and what to do about it.
    fn failure(self: &Rc<Self>) -> El {
        let again = button(
            Key::COMMON_VIEWER_AGAIN.into(),
            Variant::Secondary,
            Size::Medium,
            Some(Glyph::RETRY),
            "viewer-again",
        );
        let this = Rc::clone(self);
        listen(
            again.element(),
            "click",
            Box::new(move |_| {
                // The button goes away under the keyboard.
                this.zoom.stage.focus();
                if let Some(known) = this.place.address(false) {
                    this.fetch(&known);
                }
            }),
        );
        El::new("div|class=viewer-problem|part=viewer-problem|role=alert")
            .child(&El::new("p").live_text(Key::COMMON_VIEWER_FAILED.into()))
            .child(&again)
    }
}
