//! Pictures, films and sounds of a conversation, one at a time over the whole page, with keyboard
//! and zoom. It is code of the second module: it comes in by [`start`] alone.
//!
//! What it shows comes from the views of the conversation, not from the page, and nothing stays on
//! screen of a file that is deleted while one looks at it.
//!
//! Invariants: there is one viewer, a modal dialog of the browser, so nothing behind it is reached
//! while it stands; it goes with its conversation; the keyboard goes back to where it was.

mod browser;
mod files;
mod frame;
mod hands;
mod keys;
mod lens;
mod shown;
#[cfg(test)]
mod tests;
mod zoom;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::Owner;
use protocol::ids::ConversationId;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, ResizeObserver};

use crate::bridge::{Mirror, use_mirror};
use crate::dom::{El, Rows, at_end, listen};
use crate::i18n::{direction, use_catalogue};
use crate::shown::RcShown;
use browser::{Dialog, Player, play_or_pause};
use files::{Seen, To};
use frame::Frame;
use keys::{Pressed, Wish, wish};
use lens::Change;
use zoom::Zoom;

/// What opens a file bears its key by this name.
pub(super) const OPENS: &str = "data-view";
/// What Tab goes through.
const STOPS: &str = "button, a[href], [tabindex='0'], video, audio";

struct Viewer {
    frame: Frame,
    zoom: Rc<Zoom>,
    mirror: Mirror,
    log: El,
    /// What was pressed.
    opener: El,
    /// The key of the file one looks at.
    now: RcShown<String>,
    /// Its place among all, or where that was.
    at: Cell<usize>,
    /// The dialog in its place; absent once it is closed.
    stand: RefCell<Option<Rows>>,
}

/// Lets the files of a list be opened from now on.
pub(super) fn start(log: &El) {
    let (owner, place) = (Owner::current(), log.clone());
    listen(
        log.element(),
        "click",
        Box::new(move |event| {
            let pressed: &MouseEvent = event.unchecked_ref();
            // A press that asks for another tab or window is the browser's.
            let is_changed = pressed.ctrl_key() || pressed.meta_key() || pressed.shift_key();
            let Some(opener) = opener(&event).filter(|_| !is_changed) else {
                return;
            };
            let is_open = match &owner {
                Some(owner) => owner.with(|| open(&place, &opener)),
                None => open(&place, &opener),
            };
            if is_open.is_some() {
                event.prevent_default();
            }
        }),
    );
}

fn opener(event: &Event) -> Option<El> {
    let target: Element = event.target()?.unchecked_into();
    let found = target.closest("[data-view]").ok().flatten();
    found.map(El::from_element)
}

/// Opens the viewer; nothing where the browser has no dialogs, or the file is not there.
fn open(log: &El, opener: &El) -> Option<()> {
    let mirror = use_mirror();
    let key = opener.element().get_attribute(OPENS)?;
    let mut seen = files::all_now(mirror).into_iter();
    let at = seen.position(|seen| seen.place.key == key)?;
    hush(log);
    let stand = log.element().parent_element()?;
    let mut rows = Rows::new(&El::from_element(stand), None);
    let mut made = None;
    rows.show_one(Some(""), || {
        let frame = Frame::new();
        let viewer = Rc::new(Viewer {
            zoom: Rc::new(Zoom::new(&frame.stage)),
            frame,
            mirror,
            log: log.clone(),
            opener: opener.clone(),
            now: RcShown::new(key),
            at: Cell::new(at),
            stand: RefCell::default(),
        });
        viewer.begin();
        let dialog = viewer.frame.dialog.clone();
        made = Some(viewer);
        dialog
    });
    let viewer = made?;
    let dialog: &Dialog = viewer.frame.dialog.element().unchecked_ref();
    if dialog.can_show().is_undefined() {
        rows.show(Vec::new(), &mut |_| El::new("span"));
        return None;
    }
    viewer.stand.replace(Some(rows));
    dialog.show();
    viewer.frame.stage.focus();
    Some(())
}

/// What plays in the list goes on in the viewer or not at all.
fn hush(log: &El) {
    let Ok(players) = log.element().query_selector_all("video, audio") else {
        return;
    };
    for at in 0..players.length() {
        if let Some(player) = players.item(at) {
            player.unchecked_ref::<Player>().pause();
        }
    }
}

impl Viewer {
    /// Fills it and listens, for as long as it stands.
    fn begin(self: &Rc<Self>) {
        frame::follow(self);
        self.follow_zoom();
        self.listen_to_buttons();
        let turner = Rc::clone(self);
        let turn = move |to_right: bool| {
            turner.go(match to_right != turner.is_mirrored() {
                true => To::Next,
                false => To::Previous,
            });
        };
        hands::start(&self.zoom, Box::new(turn));
        let dialog = &self.frame.dialog;
        self.on(dialog, "keydown", |viewer, event| {
            // Nothing behind it hears a key.
            event.stop_propagation();
            viewer.key(event.unchecked_ref());
        });
        // However else a browser closes it, by a gesture for one.
        self.on(dialog, "close", |viewer, _| viewer.close());
        // What turns the wheel beside the picture does not mean the page.
        self.on(dialog, "wheel", |_, event| event.prevent_default());
        self.watch_size();
    }

    /// Listens on an element.
    fn on(self: &Rc<Self>, place: &El, event: &'static str, act: fn(&Rc<Self>, &Event)) {
        let this = Rc::clone(self);
        listen(
            place.element(),
            event,
            Box::new(move |event| act(&this, &event)),
        );
    }

    /// The picture stays inside of a stage that changes. A stage without room is one whose panel
    /// was closed by the page: a modal dialog in it would lock the page unseen.
    fn watch_size(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let fit = Closure::<dyn FnMut()>::new(move || {
            let stage = this.frame.stage.element();
            if stage.client_width() == 0 && this.stand.borrow().is_some() {
                this.close();
            } else {
                this.zoom.change(Change::Pan(0.0, 0.0), false);
            }
        });
        if let Ok(watch) = ResizeObserver::new(fit.as_ref().unchecked_ref()) {
            watch.observe(self.frame.stage.element());
            at_end(Box::new(move || {
                watch.disconnect();
                drop(fit);
            }));
        }
    }

    fn conversation(&self) -> Option<ConversationId> {
        self.mirror
            .head
            .with_untracked(|head| head.conversation.clone())
    }

    fn is_mirrored(&self) -> bool {
        use_catalogue().with_untracked(|texts| direction(texts.tag()) == "rtl")
    }

    /// Where the file one looks at is among these.
    fn find(&self, seen: &[Seen]) -> Option<usize> {
        self.now
            .with_untracked(|now| seen.iter().position(|seen| seen.place.key == *now))
    }

    /// Shows another file, if there is one.
    fn go(&self, to: To) {
        let seen = files::all_now(self.mirror);
        let at = self.find(&seen);
        let is_gone = at.is_none();
        let there = files::beside(to, at.unwrap_or(self.at.get()), is_gone, seen.len());
        if let Some(seen) = there.and_then(|there| seen.get(there)) {
            self.now.set(seen.place.key.clone());
        }
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let is_on = |selector: &str| {
            let target: Option<Element> = event.target().map(JsCast::unchecked_into);
            target.is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
        };
        let pressed = Pressed {
            is_zoomed: self.zoom.is_zoomed(),
            is_mirrored: self.is_mirrored(),
            in_player: is_on("video, audio"),
            on_button: is_on("button, a"),
        };
        let Some(wish) = wish(&event.key(), event.shift_key(), pressed) else {
            return;
        };
        match wish {
            Wish::Round(is_back) if !self.goes_round(event, is_back) => return,
            Wish::Close => self.close(),
            Wish::Go(to) => self.go(to),
            Wish::Look(change) => self.zoom.change(change, true),
            Wish::Play => self.play(),
            Wish::Nothing | Wish::Round(_) => {}
        }
        event.prevent_default();
    }

    /// From the last stop Tab goes to the first, and back; says whether it did.
    fn goes_round(&self, event: &KeyboardEvent, is_back: bool) -> bool {
        let Ok(stops) = self.frame.dialog.element().query_selector_all(STOPS) else {
            return false;
        };
        let stops = (0..stops.length()).filter_map(|at| stops.item(at));
        let mut stops = stops
            .map(JsCast::unchecked_into::<Element>)
            .filter(|stop| matches!(stop.closest("[hidden]"), Ok(None)));
        let first = stops.next();
        let last = stops.next_back();
        let (from, to) = match is_back {
            true => (first, last),
            false => (last, first),
        };
        let here: Option<Element> = event.target().map(JsCast::unchecked_into);
        let is_at_end = here.is_some() && here == from;
        if let Some(to) = to.filter(|_| is_at_end) {
            El::from_element(to).focus();
        }
        is_at_end
    }

    fn play(&self) {
        let player = self.frame.stage.element().query_selector("video, audio");
        if let Ok(Some(player)) = player {
            play_or_pause(player.unchecked_ref());
        }
    }

    /// Ends it; the keyboard goes back to where it was.
    fn close(&self) {
        let Some(mut rows) = self.stand.take() else {
            return;
        };
        let dialog: &Dialog = self.frame.dialog.element().unchecked_ref();
        dialog.close();
        let back = match self.opener.element().is_connected() {
            true => &self.opener,
            // Its row has scrolled away, or was deleted.
            false => &self.log,
        };
        back.focus();
        rows.show(Vec::new(), &mut |_| El::new("span"));
    }
}
