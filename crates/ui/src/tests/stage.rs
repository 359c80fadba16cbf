//! A place to mount a component: a recording handle, a mirror to feed, the English texts, and
//! questions by role and name, as a person or a screen reader would ask.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client_core::Intent;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

use crate::bridge::{Handle, Mirror, provide_bridge};
use crate::i18n::{Catalogue, Current, provide_catalogue};

pub(crate) const ENGLISH: &str = include_str!("../../../../public/locales/en.json");
pub(crate) const SPANISH: &str = include_str!("../../../../public/locales/es.json");

/// A mounted component. Goes away when dropped.
pub(crate) struct Stage {
    pub(crate) root: HtmlElement,
    pub(crate) mirror: Mirror,
    pub(crate) catalogue: Current,
    asked: Rc<RefCell<Vec<Intent>>>,
    mounted: Option<Box<dyn Any>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.root.remove();
    }
}

/// Mounts a component and waits until its effects have run.
pub(crate) async fn stage<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Stage {
    let root = element("div");
    document().body().unwrap().append_child(&root).unwrap();
    let asked = Rc::new(RefCell::new(Vec::new()));
    let signals = Rc::new(Cell::new(None));
    let (kept, record) = (Rc::clone(&signals), Rc::clone(&asked));
    let mounted = mount_to(root.clone(), move || {
        let mirror = Mirror::new();
        let handle = Handle::new(move |intent| record.borrow_mut().push(intent));
        provide_bridge(mirror, handle);
        let catalogue = provide_catalogue(Catalogue::parse("en", ENGLISH).unwrap());
        kept.set(Some((mirror, catalogue)));
        view()
    });
    let (mirror, catalogue) = signals.take().unwrap();
    let stage = Stage {
        root,
        mirror,
        catalogue,
        asked,
        mounted: Some(Box::new(mounted)),
    };
    settled().await;
    stage
}

/// Waits until effects have run and the browser has laid out and painted.
pub(crate) async fn settled() {
    for _ in 0..2 {
        leptos::task::tick().await;
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(frame).await.unwrap();
    }
}

/// Waits that long by the browser's clock, for things that are meant to take time.
pub(crate) async fn passed(milliseconds: i32) {
    let time = js_sys::Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    JsFuture::from(time).await.unwrap();
}

pub(crate) fn element(tag: &str) -> HtmlElement {
    document().create_element(tag).unwrap().unchecked_into()
}

impl Stage {
    /// What was asked for since the last time.
    pub(crate) fn asked(&self) -> Vec<Intent> {
        self.asked.take()
    }

    /// The element with this role and name; there must be one.
    pub(crate) fn by_role(&self, role: &str, name: &str) -> HtmlElement {
        self.find(role, name)
            .unwrap_or_else(|| panic!("no {role} named {name:?} in {}", self.root.inner_html()))
    }

    /// The visible element with this role and name.
    pub(crate) fn find(&self, role: &str, name: &str) -> Option<HtmlElement> {
        self.all("*")
            .into_iter()
            .find(|found| role_of(found) == role && name_of(found) == name && is_shown(found))
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|at| found.item(at).unwrap().unchecked_into())
            .collect()
    }

    pub(crate) fn one(&self, selector: &str) -> HtmlElement {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.root.inner_html());
        found.remove(0)
    }
}

/// Presses a key on an element; says whether the browser would go on with its own doing.
pub(crate) fn press(target: &HtmlElement, key: &str, set: impl FnOnce(&KeyboardEventInit)) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    set(&init);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap()
}

/// Types a text into a textarea, as far as pages notice.
pub(crate) fn type_text(target: &HtmlElement, text: &str) {
    js_sys::Reflect::set(
        target,
        &JsValue::from_str("value"),
        &JsValue::from_str(text),
    )
    .unwrap();
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

pub(crate) fn text_of(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

pub(crate) fn is_shown(element: &Element) -> bool {
    element.closest("[hidden]").unwrap().is_none()
}

fn role_of(element: &Element) -> String {
    element.get_attribute("role").unwrap_or_else(|| {
        let role = match element.tag_name().as_str() {
            "BUTTON" => "button",
            "TEXTAREA" | "INPUT" => "textbox",
            "SELECT" => "combobox",
            "A" => "link",
            _ => "",
        };
        role.to_owned()
    })
}

fn name_of(element: &Element) -> String {
    element
        .get_attribute("aria-label")
        .unwrap_or_else(|| text_of(element).trim().to_owned())
}
