//! The kit: small pieces without knowledge. Strings and callbacks come in as props, looks come
//! from `data-*` attributes and tokens, and every piece has a `part`.
//!
//! Each is a function that makes an element, and a component of the same name for `view!`.

mod avatar;
mod badge;
mod button;
mod empty_state;
mod icon;
mod icon_button;
mod live;
mod notice;
mod select;
mod spinner;
mod text_field;
mod visually_hidden;

pub use avatar::{Avatar, avatar};
pub use badge::{Badge, badge};
pub use button::{Button, Size, Variant, button};
pub use empty_state::{EmptyState, empty_state};
pub use icon::{Glyph, Icon, icon};
pub use icon_button::{IconButton, icon_button};
pub use live::{Flag, Press, Take, Text};
pub(crate) use notice::notice;
pub use notice::{Notice, Tone};
pub use select::{Select, SelectOption, select};
pub use spinner::Spinner;
pub(crate) use spinner::spinner;
pub use text_field::TextField;
pub use visually_hidden::VisuallyHidden;
pub(crate) use visually_hidden::visually_hidden;

/// An id that no other element of this page has, for labels and descriptions.
pub(crate) fn fresh_id(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};

    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut id = String::from("parlour-");
    id.push_str(prefix);
    id.push('-');
    id.push_str(&crate::characters::digits(
        NEXT.fetch_add(1, Ordering::Relaxed).into(),
    ));
    id
}
