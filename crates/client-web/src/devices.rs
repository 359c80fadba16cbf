//! What the browser could do here, asked before anything of it is fetched.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether this browser can record, on this page.
pub fn can_record() -> bool {
    // Pages that did not come by a safe way have no devices.
    let Some(window) = web_sys::window() else {
        return false;
    };
    let has = |of: &JsValue, name: &str| {
        Reflect::get(of, &JsValue::from_str(name)).is_ok_and(|found| !found.is_undefined())
    };
    has(&window, "MediaRecorder") && has(&window.navigator(), "mediaDevices")
}
