//! What is in the place of a file: a picture, a player, or name, size and a way to have it. It is
//! code of the second module: only [`inside`] is called from elsewhere.
//!
//! Invariants: nothing jumps when a picture comes, because its place has its measures; a picture
//! or player that has an address is not given another one before the first has failed, or it
//! would begin anew each time that addresses are renewed.

use client_core::view::{AttachmentView, FileState, RowContent};

use super::missing::{lost, missing};
use super::shape;
use crate::bridge::{Sound, address, put_player};
use crate::characters::digits;
use crate::chat::file_name::{file_name, shown_name};
use crate::chat::viewer;
use crate::dom::{El, Rows, watch};
use crate::i18n::{Key, use_catalogue};
use crate::kit::{Glyph, icon};
use crate::shown::RcShown;

/// Largest place of a picture, in pixels.
const WIDEST: u32 = 280;
const HIGHEST: u32 = 320;

/// A message's content, with the place of a file in it.
#[derive(Clone)]
pub(in crate::chat) struct Place {
    pub(in crate::chat) content: RcShown<RowContent>,
    pub(in crate::chat) key: String,
}

impl Place {
    /// Looks at the file, and is called again when it has changed.
    pub(in crate::chat) fn with<T>(&self, look: impl FnOnce(&AttachmentView) -> T) -> Option<T> {
        self.content.with(|content| {
            let RowContent::Message(row) = content else {
                return None;
            };
            let mut files = row.attachments.iter();
            files.find(|file| file.key == self.key).map(look)
        })
    }

    /// The address that is known now: of the small picture, or of the file.
    pub(in crate::chat) fn address(&self, small: bool) -> Option<String> {
        let url = self.with(|file| {
            let small = file.thumbnail_url.as_ref().filter(|_| small);
            small.or(file.url.as_ref()).map(|url| address(url))
        });
        url.flatten()
    }
}

/// Everything in a tile.
#[inline(never)]
pub(super) fn inside(tile: &El, place: &Place, file: &AttachmentView) {
    let shape = shape(file);
    match shape {
        "image" => tile.append(&picture(place, file)),
        "video" => tile.append(&player("video|playsinline=", place, file)),
        "audio" => tile.append(&player("audio", place, file)),
        "voice" => listen_to(tile, place, file),
        _ => {}
    }
    if shape != "image" && shape != "voice" {
        tile.append(&facts(place, file));
    }
    if file.state != FileState::There {
        on_its_way(tile, place, file);
    }
}

/// A picture that opens in the viewer, and leads to the original where one asks for another tab.
fn picture(place: &Place, file: &AttachmentView) -> El {
    let (width, height) = file.dimensions.unwrap_or((1, 1));
    let (wide, high) = fitted(width, height);
    // An element without an address has no measures of its own; a drawing always has.
    let spacer = El::new("svg|aria-hidden=true");
    let mut room = String::from("0 0 ");
    room.push_str(&digits(wide.into()));
    room.push(' ');
    room.push_str(&digits(high.into()));
    spacer.set("viewBox", Some(&room));
    spacer.set("width", Some(&digits(wide.into())));
    let image = El::new("img|class=attachment-image|part=attachment-image|decoding=async");
    image.set("alt", Some(&shown_name(&file.name)));
    source(&image, place, true);
    let link = link(place, Key::COMMON_ATTACHMENT_OPEN, &file.name)
        .child(&spacer)
        .child(&image);
    link.set("part", Some("attachment-picture"));
    opens(&link, place);
    link
}

/// The measures of a picture in its place.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (mut wide, mut high) = (width.min(WIDEST.into()), height);
    high = (high * wide / width).max(1);
    if high > HIGHEST.into() {
        wide = (wide * u64::from(HIGHEST) / high).max(1);
        high = HIGHEST.into();
    }
    (wide as u32, high as u32)
}

fn player(written: &str, place: &Place, file: &AttachmentView) -> El {
    let player = El::new(written);
    player.set("class", Some("p attachment-player"));
    player.set("part", Some("attachment-player"));
    player.set("controls", Some(""));
    player.set("preload", Some("metadata"));
    player.set("aria-label", Some(&shown_name(&file.name)));
    source(&player, place, false);
    player
}

/// A voice note, which has a player of its own.
fn listen_to(tile: &El, place: &Place, file: &AttachmentView) {
    if let Some(voice) = file.voice.clone() {
        let place = place.clone();
        let sound = Sound {
            key: file.key.clone(),
            voice,
            address: Box::new(move || place.address(false)),
        };
        put_player(tile, sound);
    }
}

/// Gives an element its address as soon as there is one, and the newest one when that failed.
fn source(element: &El, place: &Place, small: bool) {
    let (shown, known) = (element.clone(), place.clone());
    watch(move || {
        let address = known.address(small);
        if address.is_some() && !shown.element().has_attribute("src") {
            shown.set("src", address.as_deref());
        }
    });
    let (shown, known) = (element.clone(), place.clone());
    crate::dom::listen(
        element.element(),
        "error",
        Box::new(move |_| {
            let address = known.address(small);
            if address != shown.element().get_attribute("src") {
                shown.set("src", address.as_deref());
            }
        }),
    );
}

/// A link to the file, which has its address while that is known.
fn link(place: &Place, label: Key, name: &str) -> El {
    let link = El::new("a|target=_blank|rel=noopener noreferrer");
    let (texts, name) = (use_catalogue(), shown_name(name));
    let (shown, known) = (link.clone(), place.clone());
    watch(move || {
        shown.set("href", known.address(false).as_deref());
        let label = texts.with(|texts| texts.text_with(label, &[("name", &name)]));
        shown.set("aria-label", Some(&label));
    });
    link
}

/// A press on this opens the file in the viewer.
fn opens(pressed: &El, place: &Place) {
    pressed.set(viewer::OPENS, Some(&place.key));
    pressed.set("aria-haspopup", Some("dialog"));
}

/// A button for what has a player of its own in its place.
fn opener(place: &Place, name: &str) -> El {
    let button = El::new("button|class=attachment-open|part=attachment-open|type=button")
        .child(&icon(Glyph::CORNERS_OUT));
    let (texts, name, shown) = (use_catalogue(), shown_name(name), button.clone());
    watch(move || {
        let key = Key::COMMON_ATTACHMENT_OPEN;
        let label = texts.with(|texts| texts.text_with(key, &[("name", &name)]));
        shown.set("aria-label", Some(&label));
        shown.set("title", Some(&label));
    });
    opens(&button, place);
    button
}

/// Name and size, and the way to have it.
fn facts(place: &Place, file: &AttachmentView) -> El {
    let size = El::new("span|class=attachment-size|part=attachment-size");
    let (texts, shown, bytes) = (use_catalogue(), size.clone(), file.size);
    watch(move || shown.set_text(&texts.with(|texts| texts.size(bytes))));
    let name = match file.voice {
        // The name of a recording tells nothing.
        Some(_) => El::new("span").live_text(Key::COMMON_ATTACHMENT_VOICE.into()),
        None => file_name(&file.name),
    };
    let facts = El::new("div|class=attachment-facts")
        .child(&icon(Glyph::FILE))
        .child(
            &El::new("div|class=attachment-words")
                .child(&name)
                .child(&size),
        );
    if matches!(shape(file), "video" | "audio") {
        facts.append(&opener(place, &file.name));
    }
    if file.state == FileState::There {
        let link =
            link(place, Key::COMMON_ATTACHMENT_DOWNLOAD, &file.name).child(&icon(Glyph::DOWNLOAD));
        link.set("class", Some("p attachment-download"));
        link.set("part", Some("attachment-download"));
        link.set("download", Some(&file.name));
        facts.append(&link);
    }
    facts
}

/// How far it is, or that it has to be chosen again.
fn on_its_way(tile: &El, place: &Place, file: &AttachmentView) {
    let bar = El::new("progress|class=attachment-progress|part=attachment-progress|max=100");
    let (texts, name, is_voice) = (
        use_catalogue(),
        shown_name(&file.name),
        file.voice.is_some(),
    );
    tile.append(&bar);
    let mut again = Rows::new(tile, None);
    let (tile, place) = (tile.clone(), place.clone());
    watch(move || {
        let Some(state) = place.with(|file| file.state) else {
            return;
        };
        tile.set("data-state", Some(state.as_str()));
        let label = texts.with(|texts| {
            let recorded = is_voice.then(|| texts.text(Key::COMMON_ATTACHMENT_VOICE));
            let name = recorded.as_deref().unwrap_or(&name);
            texts.text_with(Key::COMMON_ATTACHMENT_PROGRESS, &[("name", name)])
        });
        bar.set("aria-label", Some(&label));
        let percent = match state {
            FileState::Moving(percent) => percent,
            _ => 0,
        };
        bar.set("value", Some(&digits(percent.into())));
        let key = match state {
            FileState::Missing { .. } if is_voice => Some("lost"),
            FileState::Missing { is_other: false } => Some("missing"),
            FileState::Missing { is_other: true } => Some("other"),
            _ => None,
        };
        bar.hide(key.is_some());
        again.show_one(key, || match key {
            Some("lost") => lost(),
            _ => missing(&place.key, &name, key == Some("other")),
        });
    });
}
