//! The few browser functions that elements need, bound without a `Result`: they cannot fail on
//! the constant names they are given, and a result to drop costs bytes at every call.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, FileList};

#[wasm_bindgen]
extern "C" {
    /// The document, as far as it makes elements.
    #[derive(Clone)]
    pub(super) type Maker;

    #[wasm_bindgen(thread_local_v2, js_name = document)]
    pub(super) static MAKER: Maker;

    #[wasm_bindgen(method, js_name = createElementNS)]
    pub(super) fn create(this: &Maker, namespace: &str, tag: &str) -> Element;

    /// An element, as far as its attributes and children go.
    pub(super) type Holder;

    #[wasm_bindgen(method, js_name = setAttribute)]
    pub(super) fn set(this: &Holder, name: &str, value: &str);

    #[wasm_bindgen(method, js_name = removeAttribute)]
    pub(super) fn unset(this: &Holder, name: &str);

    #[wasm_bindgen(method, js_name = append)]
    pub(super) fn append_text(this: &Holder, text: &str);

    #[wasm_bindgen(method, js_name = append)]
    pub(super) fn append(this: &Holder, child: &Element);

    /// A field, whatever its kind.
    #[wasm_bindgen(method, getter)]
    pub(super) fn value(this: &Holder) -> String;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_value(this: &Holder, value: &str);

    #[wasm_bindgen(method, js_name = setSelectionRange)]
    pub(super) fn select(this: &Holder, start: u32, end: u32);

    #[wasm_bindgen(method, getter, js_name = selectionStart)]
    pub(super) fn selection_start(this: &Holder) -> u32;

    #[wasm_bindgen(method, getter, js_name = selectionEnd)]
    pub(super) fn selection_end(this: &Holder) -> u32;

    #[wasm_bindgen(method, js_name = dispatchEvent)]
    pub(super) fn tell(this: &Holder, event: &News);

    /// A field for files, or what is dropped or pasted.
    #[wasm_bindgen(method, getter)]
    pub(super) fn files(this: &Load) -> Option<FileList>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn types(this: &Load) -> Array;

    pub(super) type Load;

    /// An event that brings something.
    pub(super) type Carrier;

    #[wasm_bindgen(method, getter, js_name = dataTransfer)]
    pub(super) fn dropped(this: &Carrier) -> Option<Load>;

    #[wasm_bindgen(method, getter, js_name = clipboardData)]
    pub(super) fn pasted(this: &Carrier) -> Option<Load>;

    /// An event of a finger, pen or mouse.
    pub(super) type Pointer;

    #[wasm_bindgen(method, getter, js_name = pointerId)]
    pub(super) fn id(this: &Pointer) -> i32;

    /// An event of our own making.
    #[wasm_bindgen(js_name = Event)]
    pub(super) type News;

    #[wasm_bindgen(constructor, js_class = "Event")]
    pub(super) fn new(kind: &str) -> News;

    #[wasm_bindgen(js_name = setTimeout)]
    pub(super) fn set_timeout(act: &wasm_bindgen::JsValue, milliseconds: i32) -> i32;

    #[wasm_bindgen(js_name = requestAnimationFrame)]
    pub(super) fn request_frame(act: &wasm_bindgen::JsValue) -> i32;
}
