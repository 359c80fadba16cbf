//! Files from outside the page: chosen, dropped, or pasted.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, FileList};

use super::El;
use super::browser::{Carrier, Load};

/// A field that nobody sees; a click on it asks the system for files. What was chosen goes to
/// `take`, the same file a second time, too. It has to stand in the page.
pub(crate) fn picker(mut take: impl FnMut(&FileList) + 'static) -> El {
    let field = El::new("input|type=file|hidden=");
    let chosen = field.clone();
    field.on("change", move |_| {
        if let Some(files) = chosen.element().unchecked_ref::<Load>().files() {
            take(&files);
        }
        chosen.set_value("");
    })
}

/// Whether an event of dragging carries files.
pub(crate) fn brings_files(event: &Event) -> bool {
    let load = event.unchecked_ref::<Carrier>().dropped();
    load.is_some_and(|load| has(&load, "Files"))
}

/// The files that were dropped.
pub(crate) fn dropped(event: &Event) -> Option<FileList> {
    event.unchecked_ref::<Carrier>().dropped()?.files()
}

/// The files that were pasted. A picture that comes with formatted text is how office programs
/// copy text; then the text is meant.
pub(crate) fn pasted(event: &Event) -> Option<FileList> {
    let load = event.unchecked_ref::<Carrier>().pasted()?;
    if has(&load, "text/plain") && has(&load, "text/html") {
        return None;
    }
    load.files().filter(|files| files.length() > 0)
}

fn has(load: &Load, kind: &str) -> bool {
    load.types().includes(&JsValue::from_str(kind), 0)
}
