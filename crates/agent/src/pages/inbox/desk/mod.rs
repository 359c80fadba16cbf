//! The agent's desk below the list: sessions held out to them, what became of others, and the
//! way back after one was missed (mission W1 to W4).
//!
//! It takes its room from the end of the list, so no row moves under the pointer, and it never
//! takes the focus: F6 goes there and back.

mod announcement;
mod card;
mod facts;
mod incoming;
mod keys;
mod missed;
mod notices;
#[cfg(all(test, target_arch = "wasm32"))]
mod screen_tests;
mod thread;

use leptos::prelude::*;
use protocol::ids::ChannelId;
use ui::bridge::use_mirror;
use ui::dom::El;

use announcement::Announcement;
use incoming::Incoming;
use missed::Missed;
use notices::Notices;

/// The desk. It is code of the second module, as all below.
#[inline(never)]
pub(super) fn desk() -> El {
    keys::listen();
    let parts = view! { class="p",
        <div class="desk">
            <Announcement />
            <Missed />
            <Notices />
            <Incoming />
        </div>
    };
    El::of_view(parts)
}

/// A channel's name, once the list knows it.
fn channel_name(channel: &ChannelId) -> Option<String> {
    use_mirror()
        .roster
        .with(|roster| roster.channel_name(channel).map(str::to_owned))
}
