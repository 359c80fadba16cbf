//! All files of the conversation, the newest first: what, how large, from whom, when, and the way
//! to have it. Those of private notes are marked.

use client_core::Intent;
use client_core::view::FilesView;
use leptos::prelude::*;
use protocol::agent::SharedFile;
use protocol::attachment::AttachmentKind;
use ui::bridge::{address, use_handle, use_mirror};
use ui::chat::file_name;
use ui::dom::{El, Rows, watch};
use ui::i18n::{Key, author_name, use_catalogue, with_attachment};
use ui::kit::{Glyph, Size, Variant, button, icon};

use super::section::headed;

/// The section; not shown while there are no files.
#[inline(never)]
pub(super) fn files() -> El {
    let (mirror, handle) = (use_mirror(), use_handle());
    let open = Memo::new(move |_| mirror.head.with(|head| head.conversation.clone()));
    watch(move || {
        if open.get().is_some() {
            handle.dispatch(Intent::ShowFiles { more: false });
        }
    });
    let list = El::new("ul|class=shared-files|role=list");
    let more = button(
        Key::AGENT_INFO_MORE.into(),
        Variant::Secondary,
        Size::Small,
        None,
        "button",
    )
    .on("click", move |_| {
        handle.dispatch(Intent::ShowFiles { more: true });
    });
    let section = headed(Key::AGENT_INFO_FILES).child(&list).child(&more);
    let (shown, information) = (section.clone(), mirror.information);
    let mut rows = Rows::new(&list, None);
    watch(move || {
        information.with(|view| {
            let nothing = FilesView::default();
            let view = view.files.as_ref().unwrap_or(&nothing);
            shown.hide(view.files.is_empty());
            more.hide(!view.has_more);
            list.set_state("aria-busy", view.loading);
            let files = &view.files;
            let keys = files.iter().map(|it| it.file.attachment.id.to_string());
            rows.show(keys.collect(), &mut |at| row(&files[at].file));
        });
    });
    section
}

fn row(file: &SharedFile) -> El {
    let (information, texts) = (use_mirror().information, use_catalogue());
    let about = El::new("span|class=shared-file-about");
    let link = El::new("a|class=shared-file-link|target=_blank|rel=noopener noreferrer")
        .child(&icon(Glyph::DOWNLOAD));
    link.set("download", Some(&file.attachment.name));
    let (shown, said, own) = (link.clone(), about.clone(), file.clone());
    watch(move || {
        let url = information.with(|view| {
            let mut files = view.files.iter().flat_map(|view| &view.files);
            let found = files.find(|it| it.file.attachment.id == own.attachment.id);
            found.and_then(|it| it.url.as_deref().map(address))
        });
        shown.set("href", url.as_deref());
        texts.with(|texts| {
            let name = [("name", own.attachment.name.as_str())];
            let label = texts.text_with(Key::COMMON_ATTACHMENT_DOWNLOAD, &name);
            shown.set("aria-label", Some(&label));
            let mut facts = vec![
                texts.size(own.attachment.size),
                author_name(texts, &own.author),
                texts.stamp(own.posted_at),
            ];
            if own.attachment.kind != AttachmentKind::Voice {
                facts.insert(0, with_attachment(texts, own.attachment.kind, ""));
            }
            said.set_text(&facts.join(" · "));
        });
    });
    // The name of a recording tells nothing.
    let name = match file.attachment.kind {
        AttachmentKind::Voice => El::new("span").live_text(Key::COMMON_ATTACHMENT_VOICE.into()),
        _ => file_name(&file.attachment.name),
    };
    let words = El::new("span|class=shared-file-words")
        .child(&name)
        .child(&about);
    if file.private {
        let mark = El::new("span|class=shared-file-private")
            .child(&icon(Glyph::LOCK))
            .child(&El::new("span").live_text(Key::AGENT_COMPOSE_NOTE.into()));
        words.append(&mark);
    }
    let row = El::new("li|class=shared-file")
        .child(&icon(glyph(file.attachment.kind)))
        .child(&words)
        .child(&link);
    row.set("data-file", Some(file.attachment.kind.as_str()));
    row
}

fn glyph(kind: AttachmentKind) -> Glyph {
    match kind {
        AttachmentKind::Image => Glyph::IMAGE,
        AttachmentKind::Audio | AttachmentKind::Voice => Glyph::SOUND,
        AttachmentKind::Video => Glyph::FILM,
        _ => Glyph::FILE,
    }
}
