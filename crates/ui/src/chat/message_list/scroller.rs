//! Where the reader is in the list, and how that place survives every change of size.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client_core::Intent;
use client_core::view::RowContent;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, KeyboardEvent, ResizeObserver};

use super::drawn::Drawn;
use super::place::Place;
use super::{found, steps, window};
use crate::bridge::{Handle, Mirror};
use crate::dom::{El, at_end, listen, next_frame, watch};
use crate::second::when_here;

/// So far above the end, in pixels, the newest message still counts as in view.
const NEAR_END: i32 = 32;
/// So near to the top older messages are asked for: early enough to be there in time.
const NEAR_TOP: i32 = 800;

/// The list's scroll position.
pub(super) struct Scroller {
    pub(super) viewport: HtmlElement,
    /// The way back to the newest message, while that is not in view.
    way_back: El,
    pub(super) drawn: Rc<Drawn>,
    mirror: Mirror,
    handle: Handle,
    /// Whether the newest message is in view.
    at_newest: Cell<bool>,
    /// What the core was told last; nothing while the list cannot be seen.
    told: Cell<Option<bool>>,
    /// What the reader sees first.
    place: RefCell<Option<Place>>,
    /// How far it was scrolled when we looked or scrolled last, in pixels.
    top: Cell<i32>,
    /// Whether what is drawn will be looked over before the next painting.
    will_follow: Cell<bool>,
}

impl Scroller {
    /// Keeps the reader's place from now on.
    pub(super) fn start(
        viewport: &HtmlElement,
        content: &HtmlElement,
        way_back: &El,
        drawn: &Rc<Drawn>,
        mirror: Mirror,
        handle: Handle,
    ) -> Rc<Self> {
        way_back.hide(true);
        let scroller = Rc::new(Self {
            viewport: viewport.clone(),
            way_back: way_back.clone(),
            drawn: Rc::clone(drawn),
            mirror,
            handle,
            at_newest: Cell::new(true),
            told: Cell::new(None),
            place: RefCell::new(None),
            top: Cell::new(0),
            will_follow: Cell::new(false),
        });
        scroller.watch_sizes(content);
        scroller.watch_rows();
        scroller.watch_found();
        let this = Rc::clone(&scroller);
        listen(viewport, "scroll", Box::new(move |_| this.scrolled()));
        let of_keys = Rc::clone(drawn);
        let step = move |event: Event| {
            let key = event.unchecked_ref::<KeyboardEvent>().key();
            // Others, like the one that only passes by, fetch nothing.
            if key.starts_with("Arrow") || key == "Home" || key == "End" {
                let drawn = Rc::clone(&of_keys);
                when_here(move || steps::step(&drawn, &event));
            }
        };
        listen(viewport, "keydown", Box::new(step));
        let this = Rc::clone(&scroller);
        listen(way_back.element(), "click", Box::new(move |_| this.jump()));
        scroller
    }

    /// Rows came, went or moved.
    pub(super) fn order_changed(&self) {
        let room = self.viewport.client_height();
        self.drawn.follow_order(self.at_newest.get(), room);
        if self.drawn.is_part() {
            // The gaps may be as much smaller as the rows are higher: then no size changes.
            self.restore();
        }
    }

    /// The browser calls back after layout and before painting: nobody sees a jump.
    fn watch_sizes(self: &Rc<Self>, content: &HtmlElement) {
        let this = Rc::clone(self);
        let settle = Closure::<dyn FnMut()>::new(move || this.settle());
        if let Ok(watch) = ResizeObserver::new(settle.as_ref().unchecked_ref()) {
            watch.observe(&self.viewport);
            watch.observe(content);
            at_end(Box::new(move || {
                watch.disconnect();
                drop(settle);
            }));
        }
    }

    /// Another conversation begins at its newest message, and so does one's own new message.
    fn watch_rows(self: &Rc<Self>) {
        let (this, mut before) = (Rc::clone(self), None);
        watch(move || {
            let conversation = this.mirror.head.with(|head| head.conversation.clone());
            if before
                .as_ref()
                .is_some_and(|before| *before != conversation)
            {
                this.told.set(None);
                this.place.take();
                this.jump();
            }
            before = Some(conversation);
        });
        let (this, mut before) = (Rc::clone(self), None);
        watch(move || {
            let last = this.mirror.order.with(|rows| rows.last().cloned());
            let own = last.as_ref().is_some_and(|slot| {
                slot.content.with_untracked(
                    |content| matches!(content, RowContent::Message(row) if row.own),
                )
            });
            let key = last.map(|slot| slot.key);
            if own && before.as_ref().is_some_and(|before| *before != key) {
                this.jump();
            }
            before = Some(key);
        });
    }

    /// Shows the message that was looked for, and marks it for a moment.
    fn watch_found(self: &Rc<Self>) {
        let (this, mut before) = (Rc::clone(self), None);
        watch(move || {
            let found = this.mirror.head.with(|head| head.found.clone());
            let is_news = before.as_ref().is_some_and(|before| *before != found);
            if let Some(found) = found.clone().filter(|_| is_news) {
                let this = Rc::clone(&this);
                // Its row may be drawn only now.
                next_frame(move || found::lead_to(&this, &found.key));
            }
            before = Some(found);
        });
    }

    /// A size has changed: puts the reader where they were.
    fn settle(self: &Rc<Self>) {
        if self.viewport.client_height() == 0 {
            // Hidden: the app tells the core when it hides the list.
            self.told.set(None);
            return;
        }
        self.restore();
        self.look();
        // Not now: it would be a change of size while one is reported.
        if self.drawn.is_part() && !self.will_follow.replace(true) {
            let this = Rc::clone(self);
            next_frame(move || {
                this.will_follow.set(false);
                this.follow();
            });
        }
    }

    /// At the newest message, or where the message seen first keeps its distance from the edge.
    fn restore(&self) {
        let viewport = &self.viewport;
        if self.at_newest.get() {
            viewport.set_scroll_top(viewport.scroll_height());
        } else if let Some(place) = &*self.place.borrow() {
            let moved = place.moved(viewport);
            if moved != 0 {
                viewport.set_scroll_top(viewport.scroll_top() + moved);
            }
        }
        self.top.set(viewport.scroll_top());
    }

    pub(super) fn scrolled(&self) {
        let viewport = &self.viewport;
        if viewport.client_height() > 0 {
            let top = viewport.scroll_top();
            let below = viewport.scroll_height() - top - viewport.client_height();
            // A scroll of ours is told a frame later, and the list may have grown by then. Only who
            // went up has left the newest message.
            let has_left = top < self.top.replace(top);
            self.stand(below <= NEAR_END || self.at_newest.get() && !has_left);
            self.look();
            self.follow();
        }
    }

    /// Draws what has come near, and remembers the place with what is there now.
    fn follow(&self) {
        if self.drawn.is_part() {
            window::follow_view(&self.drawn, &self.viewport, self.place.borrow().as_ref());
            self.top.set(self.viewport.scroll_top());
            self.remember();
        }
    }

    fn remember(&self) {
        let place = Place::of(&self.drawn, &self.viewport);
        self.place.replace(place);
    }

    pub(super) fn stand(&self, at_newest: bool) {
        if self.at_newest.replace(at_newest) != at_newest {
            self.way_back.hide(at_newest);
        }
    }

    /// Remembers the place, tells the core what is in view, and asks for older messages.
    fn look(&self) {
        let viewport = &self.viewport;
        self.remember();
        let in_view = self.at_newest.get();
        if self.told.replace(Some(in_view)) != Some(in_view) {
            self.handle.dispatch(Intent::LookAtNewest { in_view });
        }
        // A frame that was asked for may come when the app has ended; then there is none.
        let older = self
            .mirror
            .head
            .with_untracked(|head| head.has_older && !head.loading_older);
        if older && viewport.scroll_top() < NEAR_TOP {
            self.handle.dispatch(Intent::LoadOlder);
        }
    }

    /// Goes to the newest message.
    fn jump(self: &Rc<Self>) {
        self.stand(true);
        let this = Rc::clone(self);
        next_frame(move || {
            if this.drawn.is_part() {
                this.order_changed();
            }
            this.settle();
        });
    }
}
