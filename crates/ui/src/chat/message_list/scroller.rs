//! Where the reader is in the list, and how that place survives every change of size.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client_core::Intent;
use client_core::view::RowContent;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent, ResizeObserver};

use crate::bridge::{Handle, Mirror};
use crate::dom::{El, at_end, later, listen, next_frame, watch};

/// So far above the end, in pixels, the newest message still counts as in view.
const NEAR_END: i32 = 32;
/// So near to the top older messages are asked for.
const NEAR_TOP: i32 = 160;
/// How long a message that was looked for is marked, in milliseconds.
const FOUND_MS: i32 = 2500;
/// What the arrow keys step through, and what the place is measured by.
const MESSAGES: &str = "[data-kind]";

/// The list's scroll position.
pub(super) struct Scroller {
    viewport: HtmlElement,
    /// The way back to the newest message, while that is not in view.
    way_back: El,
    mirror: Mirror,
    handle: Handle,
    /// Whether the newest message is in view.
    at_newest: Cell<bool>,
    /// What the core was told last; nothing while the list cannot be seen.
    told: Cell<Option<bool>>,
    /// The first message and how far it was below the viewport's upper edge.
    anchor: RefCell<Option<(HtmlElement, i32)>>,
}

impl Scroller {
    /// Keeps the reader's place from now on.
    pub(super) fn start(
        viewport: &HtmlElement,
        content: &HtmlElement,
        way_back: &El,
        mirror: Mirror,
        handle: Handle,
    ) {
        way_back.hide(true);
        let scroller = Rc::new(Self {
            viewport: viewport.clone(),
            way_back: way_back.clone(),
            mirror,
            handle,
            at_newest: Cell::new(true),
            told: Cell::new(None),
            anchor: RefCell::new(None),
        });
        scroller.watch_sizes(content);
        scroller.watch_rows();
        scroller.watch_found();
        let this = Rc::clone(&scroller);
        listen(viewport, "scroll", Box::new(move |_| this.scrolled()));
        let this = Rc::clone(&scroller);
        let keys = move |event: web_sys::Event| this.key(event.unchecked_ref());
        listen(viewport, "keydown", Box::new(keys));
        let this = Rc::clone(&scroller);
        listen(way_back.element(), "click", Box::new(move |_| this.jump()));
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
                this.anchor.take();
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
                next_frame(move || this.lead_to(&found.key));
            }
            before = Some(found);
        });
    }

    fn lead_to(&self, key: &str) {
        let mut selector = String::from("[data-key=\"");
        selector.push_str(key);
        selector.push_str("\"]");
        let Ok(Some(row)) = self.viewport.query_selector(&selector) else {
            return;
        };
        let row: HtmlElement = row.unchecked_into();
        let room = self.viewport.client_height() - row.offset_height();
        self.stand(false);
        self.viewport
            .set_scroll_top(row.offset_top() - room.max(0) / 2);
        self.scrolled();
        let row = El::from_element(row.into());
        row.focus();
        row.set("data-found", Some(""));
        later(FOUND_MS, move || row.set("data-found", None));
    }

    /// Puts the reader where they were: at the newest message, or where the first message
    /// keeps its distance from the upper edge.
    fn settle(&self) {
        let viewport = &self.viewport;
        if viewport.client_height() == 0 {
            // Hidden: the app tells the core when it hides the list.
            self.told.set(None);
            return;
        }
        if self.at_newest.get() {
            viewport.set_scroll_top(viewport.scroll_height());
        } else if let Some((first, distance)) = &*self.anchor.borrow()
            && first.is_connected()
        {
            viewport.set_scroll_top(first.offset_top() - distance);
        }
        self.look();
    }

    fn scrolled(&self) {
        let viewport = &self.viewport;
        if viewport.client_height() > 0 {
            let below = viewport.scroll_height() - viewport.scroll_top() - viewport.client_height();
            self.stand(below <= NEAR_END);
            self.look();
        }
    }

    fn stand(&self, at_newest: bool) {
        if self.at_newest.replace(at_newest) != at_newest {
            self.way_back.hide(at_newest);
        }
    }

    /// Remembers the place, tells the core what is in view, and asks for older messages.
    fn look(&self) {
        let viewport = &self.viewport;
        let first = viewport.query_selector(MESSAGES).ok().flatten();
        let anchor = first.map(|first| {
            let first: HtmlElement = first.unchecked_into();
            let distance = first.offset_top() - viewport.scroll_top();
            (first, distance)
        });
        self.anchor.replace(anchor);
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
        next_frame(move || this.settle());
    }

    /// Steps from message to message, so that names and times can be reached by key.
    fn key(&self, event: &KeyboardEvent) {
        let viewport = &self.viewport;
        let Some(focused) = event.target().map(JsCast::unchecked_into::<Element>) else {
            return;
        };
        let Ok(messages) = viewport.query_selector_all(MESSAGES) else {
            return;
        };
        let count = messages.length();
        let here = (0..count).find(|at| messages.item(*at).is_some_and(|node| node == *focused));
        let there = match (event.key().as_str(), here) {
            ("ArrowUp", Some(at)) => at.checked_sub(1),
            ("ArrowUp", None) if viewport.is_same_node(Some(&focused)) => count.checked_sub(1),
            ("ArrowDown", Some(at)) => Some(at + 1),
            ("Home", Some(_)) => Some(0),
            ("End", Some(_)) => count.checked_sub(1),
            _ => None,
        };
        let message = there
            .and_then(|at| messages.item(at))
            .map(JsCast::unchecked_into::<HtmlElement>);
        if let Some(message) = message {
            event.prevent_default();
            let _ = message.focus();
        }
    }
}
