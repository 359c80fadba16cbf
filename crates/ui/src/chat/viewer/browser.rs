//! What the viewer asks of the browser beyond elements, bound without a `Result`: these calls
//! cannot fail on an element that stands in the page.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    pub(super) type Dialog;

    /// Undefined in browsers from before dialogs.
    #[wasm_bindgen(method, getter, js_name = showModal)]
    pub(super) fn can_show(this: &Dialog) -> JsValue;

    #[wasm_bindgen(method, js_name = showModal)]
    pub(super) fn show(this: &Dialog);

    #[wasm_bindgen(method)]
    pub(super) fn close(this: &Dialog);

    /// An element whose sheet reads numbers that are set here.
    pub(super) type Styled;

    #[wasm_bindgen(method, getter)]
    pub(super) fn style(this: &Styled) -> Style;

    pub(super) type Style;

    /// The browser writes the number, in fewer bytes than we would.
    #[wasm_bindgen(method, js_name = setProperty)]
    pub(super) fn put(this: &Style, name: &str, value: f64);

    pub(super) type Picture;

    #[wasm_bindgen(method, getter, js_name = naturalWidth)]
    pub(super) fn natural_width(this: &Picture) -> f64;

    #[wasm_bindgen(method, getter, js_name = naturalHeight)]
    pub(super) fn natural_height(this: &Picture) -> f64;

    pub(super) type Player;

    #[wasm_bindgen(method, getter)]
    fn paused(this: &Player) -> bool;

    #[wasm_bindgen(method)]
    pub(super) fn pause(this: &Player);

    #[wasm_bindgen(method)]
    fn play(this: &Player) -> Promise;

    #[wasm_bindgen(method, getter, js_name = currentTime)]
    pub(super) fn at(this: &Player) -> f64;

    #[wasm_bindgen(method, setter, js_name = currentTime)]
    pub(super) fn set_at(this: &Player, seconds: f64);

    /// An event of a finger, pen or mouse.
    pub(super) type Pointer;

    #[wasm_bindgen(method, getter, js_name = pointerId)]
    pub(super) fn id(this: &Pointer) -> i32;

    #[wasm_bindgen(method, getter, js_name = pointerType)]
    pub(super) fn kind(this: &Pointer) -> String;

    #[wasm_bindgen(method, getter)]
    pub(super) fn button(this: &Pointer) -> i32;

    #[wasm_bindgen(method, getter, js_name = clientX)]
    pub(super) fn x(this: &Pointer) -> f64;

    #[wasm_bindgen(method, getter, js_name = clientY)]
    pub(super) fn y(this: &Pointer) -> f64;

    #[wasm_bindgen(method, getter, js_name = timeStamp)]
    pub(super) fn time(this: &Pointer) -> f64;

    /// Whether Ctrl is down, or a touch pad says so to tell a pinch.
    #[wasm_bindgen(method, getter, js_name = ctrlKey)]
    pub(super) fn has_ctrl(this: &Pointer) -> bool;

    #[wasm_bindgen(method, getter, js_name = deltaY)]
    pub(super) fn turn(this: &Pointer) -> f64;

    /// 0 when the turn is told in pixels.
    #[wasm_bindgen(method, getter, js_name = deltaMode)]
    pub(super) fn turn_unit(this: &Pointer) -> u32;
}

thread_local! {
    /// Hears that a player would not play. It says so itself, by an event.
    static DEAF: Closure<dyn FnMut(JsValue)> = Closure::wrap(Box::new(|_| {}));
}

/// Plays what stands still, and pauses what plays.
pub(super) fn play_or_pause(player: &Player) {
    if player.paused() {
        let _heard = DEAF.with(|deaf| player.play().catch(deaf));
    } else {
        player.pause();
    }
}
