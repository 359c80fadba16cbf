//! The loader as the app sees it: what it hands over, what it can be told, what it may call.
//!
//! Names on both sides of this file are a contract with `public/parlour.js`.

use js_sys::Array;
use ui::dom::El;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, WebSocket};

use crate::boot;

#[wasm_bindgen]
extern "C" {
    /// What the loader hands over.
    pub(crate) type Host;

    /// Where to draw; not in the page yet.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn place(this: &Host) -> Element;

    /// The channel's public key.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn site(this: &Host) -> String;

    /// Where the backend's socket is.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn address(this: &Host) -> String;

    /// The language that is shown.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn language(this: &Host) -> String;

    /// The browser's languages.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn languages(this: &Host) -> Array;

    /// Whether the language was chosen on this page, and not merely found.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn chosen(this: &Host) -> bool;

    /// The texts of the language, as they came.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn catalogue(this: &Host) -> String;

    /// Closes the panel; [`closed`] follows.
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Host);

    /// Shows another language; [`speak`] follows when its texts are there.
    #[wasm_bindgen(method, js_name = setLanguage)]
    pub(crate) fn ask_for(this: &Host, language: &str);

    /// Shows on the launcher how many messages wait, and gives it this name.
    #[wasm_bindgen(method)]
    pub(crate) fn unread(this: &Host, count: u32, label: &str);

    /// The loader's own input, which takes what is typed before the app is there.
    pub(crate) type Typed;

    /// Whether the visitor already said to send it.
    #[wasm_bindgen(method, getter, js_name = readOnly)]
    pub(crate) fn is_sent(this: &Typed) -> bool;
}

impl Typed {
    /// As an element with a value and a caret.
    pub(crate) fn field(&self) -> El {
        El::from_element(self.unchecked_ref::<Element>().clone())
    }
}

/// Draws the app. Nothing is read, stored or connected yet: perhaps the visitor
/// only points at the launcher. False when what the page says cannot be a channel's key.
#[wasm_bindgen]
pub fn mount(host: Host) -> bool {
    boot::mount(host).is_some()
}

/// The visitor acted: starts the client on this socket, which may be closed again by now, and
/// takes over what was typed.
#[wasm_bindgen]
pub fn begin(socket: WebSocket, typed: &Typed) {
    boot::with_app(|app| app.begin(socket, typed));
}

/// The panel was opened.
#[wasm_bindgen]
pub fn opened(by_user: bool) {
    boot::with_app(|app| app.opened(by_user));
}

/// The panel was closed.
#[wasm_bindgen]
pub fn closed() {
    boot::with_app(|app| app.closed());
}

/// Shows another language from now on, as the visitor or the page chose.
#[wasm_bindgen]
pub fn speak(language: &str, catalogue: &str) {
    boot::with_app(|app| app.speak(language, catalogue));
}
