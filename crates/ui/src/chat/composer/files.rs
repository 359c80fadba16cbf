//! The files that will go with what is being written, and how they come there: chosen or pasted.
//! What is dropped comes from the region around (`drop_target`).

use super::chips;
#[cfg(feature = "agent")]
use crate::bridge::attach_to;
use crate::bridge::{attach, use_mirror};
use crate::dom::{El, Rows, listen, pasted, picker, watch};
use crate::i18n::Key;
use crate::kit::{Glyph, icon_button};

/// The list of files, the button that asks for more, and the field it asks by. Files that are
/// pasted into the input come, too.
pub(super) fn files(input: &El) -> [El; 3] {
    let composer = use_mirror().composer;
    let list = El::new("ul|class=composer-files|part=composer-files")
        .live("aria-label", Key::COMMON_COMPOSER_FILES.into());
    let button = icon_button(Key::COMMON_COMPOSER_ATTACH.into(), Glyph::CLIP, "attach");
    #[cfg(not(feature = "agent"))]
    let field = picker(attach);
    // The window may stay open while another conversation comes on screen; what is chosen is
    // for the one it was opened in.
    #[cfg(feature = "agent")]
    let asked_in = std::rc::Rc::new(std::cell::RefCell::new(client_core::Place::default()));
    #[cfg(feature = "agent")]
    let field = {
        let asked_in = std::rc::Rc::clone(&asked_in);
        picker(move |chosen| attach_to(asked_in.borrow().clone(), chosen))
    };
    field.set("multiple", Some(""));
    let (typed, chooser) = (input.clone(), field.clone());
    listen(
        button.element(),
        "click",
        Box::new(move |_| {
            #[cfg(feature = "agent")]
            asked_in.replace(composer.with_untracked(client_core::view::ComposerView::place));
            chooser.html().click();
            typed.focus();
        }),
    );
    listen(
        input.element(),
        "paste",
        Box::new(move |event| {
            if let Some(files) = pasted(&event)
                && composer.with_untracked(|view| view.can_attach)
            {
                event.prevent_default();
                attach(&files);
            }
        }),
    );
    let mut rows = Rows::new(&list, None);
    let mut was_empty = true;
    let (place, press, typed) = (list.clone(), button.clone(), input.clone());
    watch(move || {
        composer.with(|view| {
            press.hide(!view.can_attach);
            place.hide(view.files.is_empty());
            // The first file came when the second module was here.
            if !view.files.is_empty() || !was_empty {
                chips::show(&mut rows, view, &typed);
            }
            was_empty = view.files.is_empty();
        });
    });
    [list, button, field]
}
