//! The files that will go with what is being written, and why others were not taken. It is code of
//! the second module: only [`show`] and [`refused`] are called from elsewhere.

use client_core::Intent;
use client_core::view::{ComposerView, FileProblem};
use protocol::error::ErrorCode;

use crate::bridge::use_handle;
use crate::chat::file_name::{file_name, shown_name};
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::{Catalogue, Key, use_catalogue};
use crate::kit::{Glyph, icon};

/// Shows exactly the files that go with the draft.
#[inline(never)]
pub(super) fn show(chips: &mut Rows, view: &ComposerView, input: &El) {
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
#[inline(never)]
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
