//! Whether there can be a recorder at all. Apart from it, because every page asks, and most never
//! bring the recorder.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether this browser can record, on this page.
pub fn is_there() -> bool {
    // Pages that did not come by a safe way have no devices.
    let Some(window) = web_sys::window() else {
        return false;
    };
    let has = |of: &JsValue, name: &str| {
        Reflect::get(of, &JsValue::from_str(name)).is_ok_and(|found| !found.is_undefined())
    };
    has(&window, "MediaRecorder") && has(&window.navigator(), "mediaDevices")
}
