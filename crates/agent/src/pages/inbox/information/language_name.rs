//! Languages by name instead of by tag.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// A language's name in the reader's language; the tag itself where the browser knows none.
pub(super) fn language_name(reader: &str, tag: &str) -> String {
    from_browser(reader, tag).unwrap_or_else(|| tag.to_owned())
}

/// `new Intl.DisplayNames(reader, { type: "language" }).of(tag)`; the bindings lack it.
fn from_browser(reader: &str, tag: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker: Function = Reflect::get(&intl, &"DisplayNames".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let names = Reflect::construct(&maker, &Array::of2(&reader.into(), &options)).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    // Refuses what is no tag; contacts may claim anything.
    of.call1(&names, &JsValue::from_str(tag)).ok()?.as_string()
}
