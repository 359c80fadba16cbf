//! What happens to the page: in view, out of view, frozen, thawed, with and without network.

use client_core::Event as CoreEvent;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Event, StorageEvent, VisibilityState, Window};

/// What the page reports.
pub(crate) enum Report {
    /// Something the core wants to know.
    Event(CoreEvent),
    /// The page goes away and may come back as it is. Sockets must be closed: a page with an
    /// open one is not always kept.
    Leaving,
    /// Another page of the same browser changed what is stored under this full name.
    Stored(String),
}

const OF_DOCUMENT: [&str; 1] = ["visibilitychange"];
const OF_WINDOW: [&str; 5] = ["pageshow", "pagehide", "online", "offline", "storage"];

/// Listens until it is dropped.
pub(crate) struct Page {
    window: Window,
    document: Document,
    listener: Closure<dyn Fn(Event)>,
}

impl Page {
    /// Listens to the page; nothing in a world without one.
    pub(crate) fn watch(on_report: impl Fn(Report) + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let seen = document.clone();
        let listener: Closure<dyn Fn(Event)> = Closure::new(move |event: Event| {
            on_report(match event.type_().as_str() {
                "storage" => match event.unchecked_ref::<StorageEvent>().key() {
                    Some(key) => Report::Stored(key),
                    // Everything was wiped; what this page knows lives on in the core.
                    None => return,
                },
                "pagehide" => Report::Leaving,
                "online" => Report::Event(CoreEvent::NetworkOnline),
                "offline" => Report::Event(CoreEvent::NetworkOffline),
                _ if seen.visibility_state() == VisibilityState::Hidden => {
                    Report::Event(CoreEvent::PageHidden)
                }
                _ => Report::Event(CoreEvent::PageShown),
            });
        });
        let page = Self {
            window,
            document,
            listener,
        };
        let function = page.listener.as_ref().unchecked_ref();
        for name in OF_DOCUMENT {
            let _ = page
                .document
                .add_event_listener_with_callback(name, function);
        }
        for name in OF_WINDOW {
            let _ = page.window.add_event_listener_with_callback(name, function);
        }
        Some(page)
    }

    /// Whether the browser is sure that there is no network.
    pub(crate) fn is_offline(&self) -> bool {
        !self.window.navigator().on_line()
    }

    /// Whether nobody can see the page.
    pub(crate) fn is_hidden(&self) -> bool {
        self.document.visibility_state() == VisibilityState::Hidden
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        for name in OF_DOCUMENT {
            let _ = self
                .document
                .remove_event_listener_with_callback(name, function);
        }
        for name in OF_WINDOW {
            let _ = self
                .window
                .remove_event_listener_with_callback(name, function);
        }
    }
}
