//! Where the visitor is, as far as the browser tells.

use client_core::Arrival;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// Page, time zone, and whether less motion is wished for. Costs a little: ask when it is needed.
pub fn arrival() -> Arrival {
    let window = web_sys::window();
    let window = window.as_ref();
    let page = window.and_then(|window| window.location().href().ok());
    let motion = window.and_then(|window| {
        window
            .match_media("(prefers-reduced-motion: reduce)")
            .ok()
            .flatten()
    });
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let time_zone = Reflect::get(&options, &JsValue::from_str("timeZone"));
    Arrival {
        page: page.map(|page| page.split('#').next().unwrap_or_default().to_owned()),
        time_zone: time_zone.ok().and_then(|zone| zone.as_string()),
        reduced_motion: motion.is_some_and(|motion| motion.matches()),
    }
}
