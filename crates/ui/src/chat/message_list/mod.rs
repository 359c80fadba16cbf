//! The messages, oldest first, in a region that scrolls.
//!
//! Invariants: who reads the newest message goes on reading the newest message; who reads
//! anything else sees it stay where it is, whatever comes above or below. Both are kept at one
//! place, [`Scroller::restore`], which runs after every change of size and before it is painted.
//! Of a long list the part around the reader is drawn (`window`); what a row shows and how high
//! it was outlives its element.

mod drawn;
mod found;
#[cfg(test)]
mod long_lists;
mod place;
mod restart;
mod scroller;
mod steps;
mod talking;
#[cfg(test)]
mod tests;
mod window;

use std::rc::Rc;

use client_core::Intent;
use client_core::view::LoadPhase;
use leptos::prelude::{IntoView, component};

use super::MeSide;
use crate::bridge::{use_handle, use_mirror};
use crate::dom::{El, watch};
use crate::i18n::{Key, Plural, t, t_count};
use crate::kit::{Glyph, Text, icon, spinner};
use crate::second::once_talking;
use drawn::Drawn;
use scroller::Scroller;

/// Makes what stands in the list while there are no messages.
pub struct Empty(Box<dyn Fn() -> El>);

impl<F, V> From<F> for Empty
where
    F: Fn() -> V + 'static,
    V: IntoView + 'static,
{
    fn from(view: F) -> Self {
        Self(Box::new(move || El::of_view(view())))
    }
}

impl Default for Empty {
    fn default() -> Self {
        Self(Box::new(|| El::new("span|hidden=")))
    }
}

/// The message list.
#[component]
pub fn MessageList(
    /// The log's name.
    #[prop(into)]
    label: Text,
    /// Whose screen this is.
    me_side: MeSide,
    /// What stands there while there are no messages: one element.
    #[prop(optional, into)]
    empty: Empty,
) -> impl IntoView {
    message_list(label, me_side, empty.0).view()
}

/// The same as an element.
pub fn message_list(label: Text, me_side: MeSide, empty: Box<dyn Fn() -> El>) -> El {
    let (mirror, handle) = (use_mirror(), use_handle());
    let older = El::new("button|class=message-list-older|part=show-older|type=button")
        .live_text(Key::COMMON_MESSAGES_SHOW_OLDER.into())
        .on("click", move |_| handle.dispatch(Intent::LoadOlder));
    let waiting = El::new("span").child(&spinner(Key::COMMON_MESSAGES_LOADING.into()));
    let top = El::new("div|class=message-list-top")
        .child(&older)
        .child(&waiting);
    let content = El::new("div|class=message-list-content").child(&top);
    let log =
        El::new("div|class=message-list-scroll|part=messages|role=log|aria-live=off|tabindex=0")
            .live("aria-label", label)
            .child(&content);
    let news = El::new("span");
    let jump = El::new("button|class=message-list-jump|part=jump|type=button")
        .child(&icon(Glyph::CHEVRON_DOWN))
        .child(&news);
    let list = El::new("div|class=message-list|part=message-list")
        .child(&log)
        .child(&jump);
    list.set("data-reader", Some(me_side.as_str()));

    let drawn = Rc::new(Drawn::new(&content, mirror, me_side));
    let scroller = Scroller::start(log.html(), content.html(), &jump, &drawn, mirror, handle);
    let (talked_in, rows) = (log.clone(), Rc::clone(&drawn));
    once_talking(move || talking::start(&talked_in, &content, &rows));
    watch(move || {
        let is_empty = mirror.order.with(Vec::is_empty);
        if is_empty && mirror.head.with(|head| head.phase) != LoadPhase::Loading {
            drawn.show_instead(&empty);
        } else {
            scroller.order_changed();
        }
    });
    watch(move || {
        let (loading, has_older, fetching, unread) = mirror.head.with(|head| {
            let loading = head.phase == LoadPhase::Loading;
            (loading, head.has_older, head.loading_older, head.unread)
        });
        log.set_state("aria-busy", loading || fetching);
        top.hide(!has_older && !loading);
        older.hide(!has_older || fetching);
        waiting.hide(!fetching && !loading);
        news.set_text(&match unread {
            0 => t(Key::COMMON_MESSAGES_JUMP),
            unread => t_count(Plural::COMMON_MESSAGES_NEW, unread),
        });
    });
    list
}
