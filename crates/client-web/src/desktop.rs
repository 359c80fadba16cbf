//! Notes on the person's desktop, outside the page, where browser and person allow them.
//!
//! Only one note is shown at a time, and it goes when what it tells of is over.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether notes may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// They may.
    Granted,
    /// Nobody was asked yet.
    NotAsked,
    /// They may not, or the browser has no such thing.
    Refused,
}

/// Whether notes may be shown on this page.
pub fn permission() -> Permission {
    // Pages on insecure addresses, and some phones, lack the whole interface.
    if !js_sys::Reflect::has(&js_sys::global(), &"Notification".into()).unwrap_or(false) {
        return Permission::Refused;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Default => Permission::NotAsked,
        _ => Permission::Refused,
    }
}

/// Asks the person, through the browser; `on_answer` is called when they have answered. Only in
/// answer to a press: browsers ignore it otherwise.
pub fn ask(on_answer: impl FnOnce() + 'static) {
    if permission() != Permission::NotAsked {
        on_answer();
        return;
    }
    let answered = Closure::once_into_js(on_answer);
    // A browser that refuses to ask has answered, too: nothing changes.
    if let Ok(promise) = Notification::request_permission() {
        let then: Result<Function, _> = js_sys::Reflect::get(&promise, &"then".into())
            .and_then(|then| then.dyn_into::<Function>());
        if let Ok(then) = then {
            let _ = then.call2(&promise, &answered, &answered);
        }
    }
}

/// The note on the desktop.
#[derive(Default)]
pub struct DesktopNote {
    shown: RefCell<Option<Notification>>,
}

impl DesktopNote {
    /// Shows a note instead of the one before; nothing where that is not allowed. A press on it
    /// brings the page to the front. `about` names what it tells of: the same again makes no
    /// second note.
    pub fn show(&self, about: &str, title: &str, text: &str) {
        if permission() != Permission::Granted {
            return;
        }
        let options = NotificationOptions::new();
        options.set_body(text);
        options.set_tag(about);
        // Phones show notes through a worker only; there the page makes do without.
        let Ok(note) = Notification::new_with_options(title, &options) else {
            return;
        };
        let come = Closure::<dyn Fn()>::new(|| {
            if let Some(window) = web_sys::window() {
                let _ = window.focus();
            }
        });
        note.set_onclick(Some(come.as_ref().unchecked_ref()));
        // The note may be pressed for as long as it is there, which only the desktop knows.
        come.forget();
        *self.shown.borrow_mut() = Some(note);
    }

    /// Takes the note away.
    pub fn clear(&self) {
        if let Some(note) = self.shown.borrow_mut().take() {
            note.close();
        }
    }
}
