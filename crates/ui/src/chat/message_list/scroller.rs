//! Where the reader is in the list, and how that place survives every change of size.

use client_core::Intent;
use client_core::view::RowContent;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

use crate::bridge::{Handle, Mirror};

/// So far above the end, in pixels, the newest message still counts as in view.
const NEAR_END: i32 = 32;
/// So near to the top older messages are asked for.
const NEAR_TOP: i32 = 160;
/// What the arrow keys step through, and what the place is measured by.
const MESSAGES: &str = "[data-kind]";

type Observer = (ResizeObserver, Closure<dyn FnMut()>);

/// The list's scroll position. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Scroller {
    viewport: NodeRef<Div>,
    content: NodeRef<Div>,
    mirror: Mirror,
    handle: Handle,
    /// Whether the newest message is in view.
    pub(super) at_newest: RwSignal<bool>,
    /// What the core was told last; nothing while the list cannot be seen.
    told: StoredValue<Option<bool>>,
    /// The first message and how far it was below the viewport's upper edge.
    anchor: StoredValue<Option<(HtmlElement, i32)>, LocalStorage>,
}

impl Scroller {
    pub(super) fn new(
        viewport: NodeRef<Div>,
        content: NodeRef<Div>,
        mirror: Mirror,
        handle: Handle,
    ) -> Self {
        let scroller = Self {
            viewport,
            content,
            mirror,
            handle,
            at_newest: RwSignal::new(true),
            told: StoredValue::new(None),
            anchor: StoredValue::new_local(None),
        };
        scroller.watch_sizes();
        scroller.watch_rows();
        scroller
    }

    /// The browser calls back after layout and before painting: nobody sees a jump.
    fn watch_sizes(self) {
        let observer = StoredValue::<Option<Observer>, LocalStorage>::new_local(None);
        Effect::new(move |_| {
            let (Some(viewport), Some(content)) = (self.viewport.get(), self.content.get()) else {
                return;
            };
            let settle = Closure::<dyn FnMut()>::new(move || self.settle());
            if let Ok(watch) = ResizeObserver::new(settle.as_ref().unchecked_ref()) {
                watch.observe(&viewport);
                watch.observe(&content);
                observer.set_value(Some((watch, settle)));
            }
        });
        on_cleanup(move || {
            observer.try_update_value(|kept| {
                if let Some((watch, _settle)) = kept.take() {
                    watch.disconnect();
                }
            });
        });
    }

    /// Another conversation begins at its newest message, and so does one's own new message.
    fn watch_rows(self) {
        let mirror = self.mirror;
        Effect::new(move |before: Option<Option<_>>| {
            let conversation = mirror.head.with(|head| head.conversation.clone());
            if before.is_some_and(|before| before != conversation) {
                self.told.set_value(None);
                self.anchor.set_value(None);
                self.jump();
            }
            conversation
        });
        Effect::new(move |before: Option<Option<String>>| {
            let last = mirror.order.with(|rows| rows.last().cloned());
            let own = last.as_ref().is_some_and(|slot| {
                slot.content.with_untracked(
                    |content| matches!(content, RowContent::Message(row) if row.own),
                )
            });
            let key = last.map(|slot| slot.key);
            if own && before.is_some_and(|before| before != key) {
                self.jump();
            }
            key
        });
    }

    /// Puts the reader where they were: at the newest message, or where the first message
    /// keeps its distance from the upper edge.
    fn settle(self) {
        let Some(viewport) = self.viewport.get_untracked() else {
            return;
        };
        if viewport.client_height() == 0 {
            // Hidden: the app tells the core when it hides the list.
            self.told.set_value(None);
            return;
        }
        if self.at_newest.get_untracked() {
            viewport.set_scroll_top(viewport.scroll_height());
        } else if let Some((first, distance)) = self.anchor.get_value()
            && first.is_connected()
        {
            viewport.set_scroll_top(first.offset_top() - distance);
        }
        self.look(&viewport);
    }

    pub(super) fn scrolled(self) {
        if let Some(viewport) = self.viewport.get_untracked()
            && viewport.client_height() > 0
        {
            let below = viewport.scroll_height() - viewport.scroll_top() - viewport.client_height();
            let at_newest = below <= NEAR_END;
            if at_newest != self.at_newest.get_untracked() {
                self.at_newest.set(at_newest);
            }
            self.look(&viewport);
        }
    }

    /// Remembers the place, tells the core what is in view, and asks for older messages.
    fn look(self, viewport: &HtmlElement) {
        let first = viewport.query_selector(MESSAGES).ok().flatten();
        let anchor = first
            .and_then(|first| first.dyn_into::<HtmlElement>().ok())
            .map(|first| {
                let distance = first.offset_top() - viewport.scroll_top();
                (first, distance)
            });
        self.anchor.set_value(anchor);
        let in_view = self.at_newest.get_untracked();
        if self.told.get_value() != Some(in_view) {
            self.told.set_value(Some(in_view));
            self.handle.dispatch(Intent::LookAtNewest { in_view });
        }
        let older = self
            .mirror
            .head
            .with_untracked(|head| head.has_older && !head.loading_older);
        if older && viewport.scroll_top() < NEAR_TOP {
            self.handle.dispatch(Intent::LoadOlder);
        }
    }

    /// Goes to the newest message.
    pub(super) fn jump(self) {
        self.at_newest.set(true);
        request_animation_frame(move || self.settle());
    }

    /// Steps from message to message, so that names and times can be reached by key.
    pub(super) fn key(self, event: &KeyboardEvent) {
        let Some(viewport) = self.viewport.get_untracked() else {
            return;
        };
        let Some(focused) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        else {
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
            .and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some(message) = message {
            event.prevent_default();
            let _ = message.focus();
        }
    }
}
