//! The loader as the app sees it: what it hands over, what it can be told, what it may call.
//!
//! Names on both sides of this file are a contract with `public/parlour.js`.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, WebSocket};

use crate::boot;

#[wasm_bindgen]
extern "C" {
    /// What the loader hands over.
    pub(crate) type Host;

    /// The box to draw in.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn panel(this: &Host) -> HtmlElement;

    /// The channel's public key.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn site(this: &Host) -> String;

    /// A socket to the backend, opened when the visitor acted; may be closed again by now.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn socket(this: &Host) -> WebSocket;

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

    /// What was typed before the app was there.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn draft(this: &Host) -> String;

    /// Whether the visitor already said to send it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn send(this: &Host) -> bool;

    /// Whether the keyboard was in the input.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn focus(this: &Host) -> bool;

    /// Whether the panel is open.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn open(this: &Host) -> bool;

    /// Closes the panel; [`closed`] follows.
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Host);

    /// Shows another language; [`speak`] follows when its texts are there.
    #[wasm_bindgen(method, js_name = speak)]
    pub(crate) fn ask_for(this: &Host, language: &str);

    /// Shows on the launcher how many messages wait, and gives it this name.
    #[wasm_bindgen(method)]
    pub(crate) fn unread(this: &Host, count: u32, label: &str);
}

/// Draws the app in the panel and starts its client.
#[wasm_bindgen]
pub fn mount(host: Host) {
    boot::mount(host);
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
