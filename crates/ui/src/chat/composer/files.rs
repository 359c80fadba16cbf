//! The files that will go with what is being written, and how they come there: chosen or pasted.
//! What is dropped comes from the region around (`drop_target`).

use client_core::Intent;
use client_core::view::{ComposerView, FileProblem};
use protocol::error::ErrorCode;

#[cfg(feature = "agent")]
use crate::bridge::attach_to;
use crate::bridge::{attach, use_handle, use_mirror};
use crate::chat::file_name::{file_name, shown_name};
use crate::dom::{El, Rows, listen, pasted, picker, watch};
use crate::i18n::{Catalogue, Key, use_catalogue};
use crate::kit::{Glyph, icon, icon_button};

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
            asked_in.replace(composer.with_untracked(ComposerView::place));
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
    let mut chips = Rows::new(&list, None);
    let (place, press, typed) = (list.clone(), button.clone(), input.clone());
    watch(move || {
        composer.with(|view| {
            press.hide(!view.can_attach);
            place.hide(view.files.is_empty());
            show(&mut chips, view, &typed);
        });
    });
    [list, button, field]
}

fn show(chips: &mut Rows, view: &ComposerView, input: &El) {
    let mut keys = Vec::with_capacity(view.files.len());
    for file in &view.files {
        keys.push(file.id.clone());
    }
    chips.show(keys, &mut |at| {
        let file = &view.files[at];
        chip(&file.id, &file.name, file.size, input)
    });
}

fn chip(id: &str, name: &str, bytes: u64, input: &El) -> El {
    let (handle, texts) = (use_handle(), use_catalogue());
    let size = El::new("span|class=file-chip-size");
    let remove = El::new("button|class=icon-button|part=file-remove|type=button|data-size=small")
        .child(&icon(Glyph::CLOSE));
    let chip = El::new("li|class=file-chip|part=file")
        .child(&icon(Glyph::FILE))
        .child(&file_name(name))
        .child(&size)
        .child(&remove);
    let (shown, name, button) = (size, shown_name(name), remove.clone());
    watch(move || {
        texts.with(|texts| {
            shown.set_text(&texts.size(bytes));
            let label = texts.text_with(Key::COMMON_COMPOSER_REMOVE_FILE, &[("name", &name)]);
            button.set("aria-label", Some(&label));
            button.set("title", Some(&label));
        });
    });
    let (id, input) = (id.to_owned(), input.clone());
    listen(
        remove.element(),
        "click",
        Box::new(move |_| {
            handle.dispatch(Intent::RemoveFile { id: id.clone() });
            // The button is gone; the focus would be nowhere.
            input.focus();
        }),
    );
    chip
}

/// Why files were not taken, with the limit and their names.
pub(super) fn refused(texts: &Catalogue, problem: &FileProblem) -> String {
    let (key, limit) = match problem.code {
        ErrorCode::UploadEmpty => (Key::COMMON_COMPOSER_FILE_EMPTY, String::new()),
        ErrorCode::UploadTooLarge => (
            Key::COMMON_COMPOSER_FILE_TOO_LARGE,
            texts.size(problem.limit),
        ),
        _ => (
            Key::COMMON_COMPOSER_TOO_MANY_FILES,
            texts.number(problem.limit as u32),
        ),
    };
    let mut names = String::new();
    for name in &problem.names {
        if !names.is_empty() {
            names.push_str(", ");
        }
        // Each finds its own direction.
        names.push('\u{2068}');
        names.push_str(&shown_name(name));
        names.push('\u{2069}');
    }
    texts.text_with(key, &[("limit", &limit), ("names", &names)])
}
