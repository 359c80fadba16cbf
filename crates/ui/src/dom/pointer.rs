//! A pointer that is held: it goes on telling an element of itself until it is lifted, wherever
//! it is by then.

use wasm_bindgen::JsCast;
use web_sys::{Event, MouseEvent};

use super::El;
use super::browser::Pointer;

/// Holds the pointer of this event.
pub(crate) fn hold_pointer(by: &El, event: &Event) {
    let pointer: &Pointer = event.unchecked_ref();
    // One that the browser does not know, such as a test's, is not to be held.
    let _ = by.element().set_pointer_capture(pointer.id());
}

/// How far along an element a pressed pointer is, from left to right; nothing for one that only
/// passes by.
pub(crate) fn pressed_along(place: &El, event: &Event) -> Option<f64> {
    let pointer: &MouseEvent = event.unchecked_ref();
    let measured = place.element().get_bounding_client_rect();
    let is_pressed = pointer.buttons() & 1 == 1 && measured.width() > 0.0;
    let along = f64::from(pointer.client_x()) - measured.left();
    is_pressed.then(|| (along / measured.width()).clamp(0.0, 1.0))
}
