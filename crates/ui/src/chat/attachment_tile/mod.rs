//! The files of a message, each in its place. What is in a place comes from the second module.

mod inside;
mod missing;
#[cfg(test)]
mod tests;

use client_core::view::{AttachmentView, FileState, RowContent};
use protocol::attachment::AttachmentKind;

use crate::dom::{El, Rows};
use crate::second::when_here;
use crate::shown::RcShown;
pub(super) use inside::Place;
use inside::inside;

/// Shows exactly these files.
pub(super) fn show(rows: &mut Rows, content: &RcShown<RowContent>, files: &[AttachmentView]) {
    let mut keys = Vec::with_capacity(files.len());
    for file in files {
        let mut key = String::from(shape(file));
        key.push(' ');
        key.push_str(&file.key);
        keys.push(key);
    }
    rows.show(keys, &mut |at| tile(content, &files[at]));
}

/// How a file is shown.
pub(super) fn shape(file: &AttachmentView) -> &'static str {
    match file.kind {
        _ if file.state != FileState::There => "file",
        AttachmentKind::Image if file.dimensions.is_some() => "image",
        AttachmentKind::Video => "video",
        AttachmentKind::Voice if file.voice.is_some() => "voice",
        AttachmentKind::Audio | AttachmentKind::Voice => "audio",
        _ => "file",
    }
}

fn tile(content: &RcShown<RowContent>, file: &AttachmentView) -> El {
    let tile = El::new("div|class=attachment|part=attachment");
    tile.set("data-shape", Some(shape(file)));
    let place = Place {
        content: content.clone(),
        key: file.key.clone(),
    };
    let (file, shown) = (file.clone(), tile.clone());
    when_here(move || inside(&shown, &place, &file));
    tile
}
