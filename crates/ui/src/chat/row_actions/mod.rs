//! What can be done about a message: one bar of buttons that goes to whichever message one points
//! at, goes into by key, or opens by its "…".
//!
//! Invariants: there is one bar for a whole list, so rows cost nothing; it never leaves a message
//! while the keyboard is in it; deleting is asked about once, in the same place.

#[cfg(feature = "agent")]
mod link;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use client_core::Intent;
use client_core::view::{Actions, RowContent};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::bridge::{Handle, Mirror, use_handle, use_mirror};
use crate::dom::{El, listen};
use crate::i18n::Key;
use crate::kit::{Glyph, Size, Variant, button, icon_button};

/// What a message's element is told by.
const MESSAGE: &str = "[data-key]";
/// The button of a message that opens the bar where nothing can point at it.
const MORE: &str = ".message-more";

/// The bar, and the message it stands at.
struct Bar {
    root: El,
    tools: El,
    reply: El,
    edit: El,
    delete: El,
    #[cfg(feature = "agent")]
    link: El,
    asks: El,
    keep: El,
    at: RefCell<Option<(String, El)>>,
    mirror: Mirror,
    handle: Handle,
}

/// Lets something be done about the messages of a list from now on.
pub(super) fn start(log: &El) {
    let tool = |key: Key, glyph, part| {
        let tool = icon_button(key.into(), glyph, part);
        tool.set("data-size", Some("small"));
        tool
    };
    let choice = |key: Key, variant, part| button(key.into(), variant, Size::Small, None, part);
    let reply = tool(Key::COMMON_MESSAGE_REPLY, Glyph::REPLY, "message-reply");
    let edit = tool(Key::COMMON_MESSAGE_EDIT, Glyph::PENCIL, "message-edit");
    let delete = tool(Key::COMMON_MESSAGE_DELETE, Glyph::TRASH, "message-delete");
    let tools = El::new("div|class=row-tools")
        .child(&reply)
        .child(&edit)
        .child(&delete);
    let gone = choice(
        Key::COMMON_MESSAGE_DELETE,
        Variant::Danger,
        "message-delete-now",
    );
    let keep = choice(
        Key::COMMON_MESSAGE_DELETE_KEEP,
        Variant::Quiet,
        "message-keep",
    );
    let asks = El::new("div|class=row-asks|role=group")
        .child(&El::new("p").live_text(Key::COMMON_MESSAGE_DELETE_ASK.into()))
        .child(&gone)
        .child(&keep)
        .live("aria-label", Key::COMMON_MESSAGE_DELETE_ASK.into());
    let root = El::new("div|class=row-actions|part=message-actions|role=toolbar")
        .live("aria-label", Key::COMMON_MESSAGE_ACTIONS.into())
        .child(&tools)
        .child(&asks);
    let bar = Rc::new(Bar {
        #[cfg(feature = "agent")]
        link: link::link(&tools),
        root,
        tools,
        reply,
        edit,
        delete,
        asks,
        keep,
        at: RefCell::default(),
        mirror: use_mirror(),
        handle: use_handle(),
    });
    bar.on(&bar.reply, |bar, key| {
        bar.leave();
        bar.handle.dispatch(Intent::ReplyTo { key });
    });
    bar.on(&bar.edit, |bar, key| {
        bar.leave();
        bar.handle.dispatch(Intent::EditMessage { key });
    });
    bar.on(&bar.delete, |bar, _| bar.ask(true));
    bar.on(&bar.keep, |bar, _| {
        bar.ask(false);
        bar.delete.focus();
    });
    bar.on(&gone, |bar, key| {
        bar.leave();
        bar.handle.dispatch(Intent::DeleteMessage { key });
    });
    #[cfg(feature = "agent")]
    bar.on(&bar.link, |bar, _| link::copy(&bar.link, bar.linked()));
    for event in ["pointerover", "focusin"] {
        let this = Rc::clone(&bar);
        listen(
            log.element(),
            event,
            Box::new(move |event| this.meet(&event)),
        );
    }
    let this = Rc::clone(&bar);
    listen(
        log.element(),
        "click",
        Box::new(move |event| this.clicked(&event)),
    );
    let this = Rc::clone(&bar);
    listen(
        log.element(),
        "pointerleave",
        Box::new(move |_| {
            if !this.is_in_use() {
                this.leave();
            }
        }),
    );
    let this = Rc::clone(&bar);
    listen(
        bar.root.element(),
        "keydown",
        Box::new(move |event| this.key(event.unchecked_ref())),
    );
}

impl Bar {
    /// Does this when a button of the bar is pressed, with the message it stands at.
    fn on(self: &Rc<Self>, button: &El, act: fn(&Self, String)) {
        let this = Rc::clone(self);
        listen(
            button.element(),
            "click",
            Box::new(move |_| {
                let key = this.at.borrow().as_ref().map(|(key, _)| key.clone());
                if let Some(key) = key {
                    act(&this, key);
                }
            }),
        );
    }

    /// Whether somebody is in it: then it stays where it is.
    fn is_in_use(&self) -> bool {
        let root = self.root.element();
        let has_focus = root.matches(":focus-within").unwrap_or(false);
        has_focus && root.is_connected()
    }

    /// Goes to the message that was pointed at or gone into.
    fn meet(&self, event: &Event) {
        if let Some(message) = closest(event, MESSAGE)
            && !self.is_in_use()
        {
            self.go_to(message);
        }
    }

    fn clicked(&self, event: &Event) {
        if closest(event, MORE).is_some()
            && let Some(message) = closest(event, MESSAGE)
        {
            self.go_to(message);
            if let Ok(Some(first)) = self.tools.element().query_selector("button:not([hidden])") {
                El::from_element(first).focus();
            }
        }
    }

    fn go_to(&self, message: Element) {
        let Some(key) = message.get_attribute("data-key") else {
            return;
        };
        let actions = self.actions(&key).unwrap_or_default();
        let is_same = matches!(&*self.at.borrow(), Some((at, _)) if *at == key);
        if !is_same {
            self.ask(false);
        }
        let changes = actions
            .change_until
            .is_some_and(|until| js_sys::Date::now() < until.0 as f64);
        self.reply.hide(!actions.reply);
        self.edit.hide(!changes);
        self.delete.hide(!changes);
        let is_empty = !actions.reply && !changes;
        #[cfg(feature = "agent")]
        let is_empty = {
            self.link.hide(actions.link.is_none());
            is_empty && actions.link.is_none()
        };
        self.root.hide(is_empty);
        let message = El::from_element(message);
        if !is_same || !self.root.element().is_connected() {
            message.append(&self.root);
        }
        self.at.replace(Some((key, message)));
    }

    fn actions(&self, key: &str) -> Option<Actions> {
        self.mirror.order.with_untracked(|slots| {
            let slot = slots.iter().find(|slot| slot.key == key)?;
            slot.content.with_untracked(|content| match content {
                RowContent::Message(row) => Some(row.actions.clone()),
                _ => None,
            })
        })
    }

    /// Asks whether to delete, or no longer.
    fn ask(&self, asks: bool) {
        self.tools.hide(asks);
        self.asks.hide(!asks);
        self.root.set("data-asks", asks.then_some(""));
        if asks {
            self.keep.focus();
        }
    }

    /// Goes away; the keyboard stays at the message.
    fn leave(&self) {
        let was_in_use = self.is_in_use();
        self.ask(false);
        if let Some((_, message)) = self.at.take()
            && was_in_use
        {
            message.focus();
        }
        self.root.hide(true);
    }

    fn key(&self, event: &KeyboardEvent) {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            self.leave();
        }
    }

    #[cfg(feature = "agent")]
    fn linked(&self) -> Option<protocol::ids::MessageId> {
        let key = self.at.borrow().as_ref().map(|(key, _)| key.clone())?;
        self.actions(&key)?.link
    }
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.unchecked_into();
    target.closest(selector).ok().flatten()
}
