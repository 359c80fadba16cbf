//! Small hands of this app in the browser: what it remembers, its icon and its theme.

pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod favicon;
pub(crate) mod names;
pub(crate) mod preferences;
pub(crate) mod theme;

/// The `html` element, where language, direction and theme stand.
pub(crate) fn root_element() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}
