//! Everything around the stage: whose file it is, the buttons, and that it is gone.

use std::rc::Rc;

use client_core::view::RowContent;

use super::Viewer;
use super::files::{self, Seen, To};
use super::lens::{Change, STEP};
use super::shown::shown;
use crate::chat::file_name::{file_name, shown_name};
use crate::dom::{El, Rows, later, watch};
use crate::i18n::{Catalogue, Key, author_name, use_catalogue};
use crate::kit::{Glyph, icon, icon_button};

/// The elements that are told what one sees.
pub(super) struct Frame {
    pub(super) dialog: El,
    pub(super) stage: El,
    name: El,
    about: El,
    private: El,
    position: El,
    zooming: El,
    less: El,
    share: El,
    more: El,
    fit: El,
    download: El,
    pub(super) close: El,
    previous: El,
    next: El,
    told: El,
}

impl Frame {
    pub(super) fn new() -> Self {
        let name = El::new("div|class=viewer-name|part=viewer-name");
        let about = El::new("bdi");
        let position = El::new("span|class=viewer-position|part=viewer-position");
        let private = El::new("span|class=viewer-private|hidden=").child(&icon(Glyph::LOCK));
        #[cfg(feature = "agent")]
        private.append(&El::new("span").live_text(Key::AGENT_NOTE_TAG.into()));
        let facts = El::new("div|class=viewer-facts").child(&name).child(
            &El::new("div|class=viewer-about|part=viewer-about")
                .child(&private)
                .child(&about)
                .child(&position),
        );
        let less = icon_button(
            Key::COMMON_VIEWER_ZOOM_OUT.into(),
            Glyph::MAGNIFY_LESS,
            "viewer-zoom-out",
        );
        let more = icon_button(
            Key::COMMON_VIEWER_ZOOM_IN.into(),
            Glyph::MAGNIFY_MORE,
            "viewer-zoom-in",
        );
        let share = El::new("span|class=viewer-share|part=viewer-share|role=status");
        let fit = El::new("button|class=icon-button|part=viewer-fit|type=button|data-size=medium")
            .child(&icon(Glyph::CORNERS_OUT))
            .child(&icon(Glyph::CORNERS_IN));
        let zooming = El::new("div|class=viewer-zooming|part=viewer-zoom")
            .child(&less)
            .child(&share)
            .child(&more)
            .child(&fit);
        let download =
            El::new("a|class=icon-button|part=viewer-download|data-size=medium|download=")
                .child(&icon(Glyph::DOWNLOAD));
        let close = icon_button(
            Key::COMMON_ACTION_CLOSE.into(),
            Glyph::CLOSE,
            "viewer-close",
        );
        let tools = El::new("div|class=viewer-tools")
            .child(&download)
            .child(&close);
        let beside = |label: Key, glyph, part| {
            let button = icon_button(label.into(), glyph, part);
            button.set("data-mirrored", Some(""));
            button.set("data-size", Some("large"));
            button
        };
        let previous = beside(
            Key::COMMON_VIEWER_PREVIOUS,
            Glyph::PREVIOUS,
            "viewer-previous",
        );
        let next = beside(Key::COMMON_VIEWER_NEXT, Glyph::NEXT, "viewer-next");
        let stage = El::new("div|class=viewer-stage|part=viewer-stage|role=group|tabindex=0");
        let told = El::new("p|class=visually-hidden|role=status");
        let head = El::new("div|class=viewer-head|part=viewer-head")
            .child(&facts)
            .child(&zooming)
            .child(&tools);
        let dialog = El::new("dialog|class=viewer|part=viewer|aria-modal=true|tabindex=-1")
            .child(&head)
            .child(&stage)
            .child(&previous)
            .child(&next)
            .child(&told);
        Self {
            dialog,
            stage,
            name,
            about,
            private,
            position,
            zooming,
            less,
            share,
            more,
            fit,
            download,
            close,
            previous,
            next,
            told,
        }
    }
}

/// Shows the file that is looked at now, whatever becomes of it.
pub(super) fn follow(viewer: &Rc<Viewer>) {
    let (this, texts) = (Rc::clone(viewer), use_catalogue());
    let frame = &viewer.frame;
    let (mut names, mut files) = (Rows::new(&frame.name, None), Rows::new(&frame.stage, None));
    let here = this.conversation();
    watch(move || {
        let now = this.mirror.head.with(|head| head.conversation.clone());
        if here.is_some() && now != here {
            // Not from inside of what the closing ends.
            let this = Rc::clone(&this);
            return later(0, move || this.close());
        }
        let seen = files::all(this.mirror);
        this.now.track();
        let at = this.find(&seen);
        let found = at.and_then(|at| seen.get(at));
        if let Some(at) = at {
            this.at.set(at);
        }
        texts.with(|texts| {
            let name = this.tell(found, at, seen.len(), texts);
            names.show_one(Some(&name), || match found {
                Some(seen) => file_name(
                    &seen
                        .place
                        .with(|file| file.name.clone())
                        .unwrap_or_default(),
                ),
                None => El::new("span").child(&said(&name)),
            });
        });
        let key = found.map_or("", |seen| seen.place.key.as_str());
        files.show_one(Some(key), || match found {
            Some(seen) => shown(seen, &this.zoom),
            None => El::new("p|class=viewer-gone|part=viewer-problem|role=alert")
                .live_text(Key::COMMON_VIEWER_GONE.into()),
        });
    });
}

fn said(text: &str) -> El {
    let said = El::new("bdi");
    said.say(text);
    said
}

impl Viewer {
    /// Says which file it is, and says its name.
    fn tell(
        &self,
        found: Option<&Seen>,
        at: Option<usize>,
        all: usize,
        texts: &Catalogue,
    ) -> String {
        let frame = &self.frame;
        let gone = found.is_none();
        frame.dialog.set("data-gone", gone.then_some(""));
        let name = found.and_then(|seen| seen.place.with(|file| shown_name(&file.name)));
        let name = name.unwrap_or_default();
        let said = match gone {
            true => texts.text(Key::COMMON_VIEWER_GONE),
            false => name.clone(),
        };
        frame.dialog.set("aria-label", Some(&said));
        frame.stage.set("aria-label", Some(&said));
        let (about, is_private) = about(found, texts);
        frame.about.set_text(&about);
        frame.private.hide(!is_private);
        let place = at.filter(|_| all > 1).map(|at| {
            let (at, all) = (texts.number(at as u32 + 1), texts.number(all as u32));
            texts.text_with(Key::COMMON_VIEWER_POSITION, &[("at", &at), ("all", &all)])
        });
        frame
            .position
            .set_text(place.as_deref().unwrap_or_default());
        let mut told = said;
        if let Some(place) = &place {
            told.push_str(", ");
            told.push_str(place);
        }
        frame.told.set_text(&told);
        let at = self.at.get();
        for (button, to) in [(&frame.previous, To::Previous), (&frame.next, To::Next)] {
            let there = files::beside(to, at, gone, all);
            button.set("aria-disabled", there.is_none().then_some("true"));
            button.hide(all < 2 && !gone || all == 0);
        }
        frame
            .zooming
            .hide(found.is_none_or(|seen| seen.shape != "image"));
        let address = found.and_then(|seen| seen.place.address(false));
        frame.download.set("href", address.as_deref());
        frame.download.set("download", Some(&name));
        let label = texts.text_with(Key::COMMON_ATTACHMENT_DOWNLOAD, &[("name", &name)]);
        frame.download.set("aria-label", Some(&label));
        frame.download.set("title", Some(&label));
        frame.download.hide(gone);
        name
    }

    /// Shows how large the picture is, and what can be done about that.
    pub(super) fn follow_zoom(self: &Rc<Self>) {
        let (this, texts) = (Rc::clone(self), use_catalogue());
        watch(move || {
            let frame = &this.frame;
            let seeing = this.zoom.seeing.with(|seeing| *seeing);
            let (lens, room) = (seeing.lens, seeing.room);
            let is_zoomed = lens.is_zoomed();
            texts.with(|texts| {
                let share = seeing.is_there.then(|| texts.percent(lens.share(room)));
                frame.share.set_text(share.as_deref().unwrap_or_default());
                let label = texts.text(match is_zoomed {
                    true => Key::COMMON_VIEWER_FIT,
                    false => Key::COMMON_VIEWER_ACTUAL,
                });
                frame.fit.set("aria-label", Some(&label));
                frame.fit.set("title", Some(&label));
            });
            frame.fit.set("data-zoomed", is_zoomed.then_some(""));
            let is_there = seeing.is_there;
            for (button, can) in [
                (&frame.less, is_there && is_zoomed),
                (&frame.more, is_there && lens.zoom < super::lens::MOST),
                (&frame.fit, is_there && (is_zoomed || room.has_more())),
            ] {
                button.set("aria-disabled", (!can).then_some("true"));
            }
        });
    }

    /// What the buttons do.
    pub(super) fn listen_to_buttons(self: &Rc<Self>) {
        let frame = &self.frame;
        self.on(&frame.close, "click", |viewer, _| viewer.close());
        self.on(&frame.previous, "click", |viewer, _| {
            viewer.go(To::Previous);
        });
        self.on(&frame.next, "click", |viewer, _| viewer.go(To::Next));
        self.on(&frame.less, "click", |viewer, _| {
            viewer.zoom.change(Change::By(1.0 / STEP, 0.0, 0.0), true);
        });
        self.on(&frame.more, "click", |viewer, _| {
            viewer.zoom.change(Change::By(STEP, 0.0, 0.0), true);
        });
        self.on(&frame.fit, "click", |viewer, _| {
            let change = match viewer.zoom.is_zoomed() {
                true => Change::Fit,
                false => Change::Actual,
            };
            viewer.zoom.change(change, true);
        });
    }
}

/// Who sent it and how large it is; whether only agents see it.
fn about(found: Option<&Seen>, texts: &Catalogue) -> (String, bool) {
    let Some(seen) = found else {
        return (String::new(), false);
    };
    let size = seen.place.with(|file| texts.size(file.size));
    seen.place.content.with(|content| {
        let RowContent::Message(row) = content else {
            return (String::new(), false);
        };
        let mut about = match row.own {
            true => texts.text(Key::COMMON_MESSAGE_YOU),
            false => author_name(texts, &row.author),
        };
        about.push_str(" · ");
        about.push_str(&size.unwrap_or_default());
        #[cfg(feature = "agent")]
        let is_private = row.note.is_some();
        #[cfg(not(feature = "agent"))]
        let is_private = false;
        (about, is_private)
    })
}
