//! Languages and countries by name instead of by code.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// A language's name in the reader's language; the tag itself where the browser knows none.
pub(crate) fn language_name(reader: &str, tag: &str) -> String {
    from_browser(reader, "language", tag).unwrap_or_else(|| tag.to_owned())
}

/// A country's name in the reader's language; the code itself where the browser knows none.
pub(crate) fn country_name(reader: &str, code: &str) -> String {
    from_browser(reader, "region", code).unwrap_or_else(|| code.to_owned())
}

/// `new Intl.DisplayNames(reader, { type: kind }).of(code)`; the bindings lack it.
fn from_browser(reader: &str, kind: &str, code: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker: Function = Reflect::get(&intl, &"DisplayNames".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &kind.into()).ok()?;
    let names = Reflect::construct(&maker, &Array::of2(&reader.into(), &options)).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    // Refuses what is no code; contacts may claim anything.
    of.call1(&names, &JsValue::from_str(code)).ok()?.as_string()
}
