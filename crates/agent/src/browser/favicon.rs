//! The dot on the page's icon while messages wait to be read.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlLinkElement;

const PLAIN: &str = "/favicon.svg";
const DOTTED: &str = "/favicon-unread.svg";

/// Shows the icon with a dot, or without.
pub(crate) fn show(unread: bool) {
    let icon = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("link[rel~='icon']").ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlLinkElement>().ok());
    let wanted = if unread { DOTTED } else { PLAIN };
    if let Some(icon) = icon
        && icon.get_attribute("href").as_deref() != Some(wanted)
    {
        icon.set_href(wanted);
    }
}
