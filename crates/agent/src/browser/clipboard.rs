//! The clipboard, where the browser lets a page have it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    /// Throws where there is no clipboard: on pages without a secure origin.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Copies a text, and says whether that could be done.
pub(crate) fn copy(text: &str, told: Box<dyn FnOnce(bool)>) {
    match write_text(text) {
        Ok(written) => spawn_local(async move {
            told(JsFuture::from(written).await.is_ok());
        }),
        Err(_) => told(false),
    }
}
