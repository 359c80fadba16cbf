//! The messages, oldest first, in a region that scrolls.
//!
//! Invariants: who reads the newest message goes on reading the newest message; who reads
//! anything else sees it stay where it is, whatever comes above or below. Both are kept at one
//! place, [`Scroller::settle`], which runs after every change of size and before it is painted.

mod scroller;
#[cfg(test)]
mod tests;

use client_core::Intent;
use client_core::view::{LoadPhase, RowContent};
use leptos::html::Div;
use leptos::prelude::*;

use super::{DayDivider, MeSide, MessageBubble, SystemLine};
use crate::bridge::{RowSlot, use_handle, use_mirror};
use crate::i18n::{Key, Plural, t, t_count, use_catalogue};
use crate::kit::{Glyph, Icon, Spinner, Text};
use scroller::Scroller;

/// The message list.
#[component]
pub fn MessageList(
    /// The log's name.
    #[prop(into)]
    label: Text,
    /// Whose screen this is.
    me_side: MeSide,
    /// What stands there while there are no messages.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView {
    let (mirror, handle) = (use_mirror(), use_handle());
    let (viewport, content) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let scroller = Scroller::new(viewport, content, mirror, handle);
    let phase = move || mirror.head.with(|head| head.phase);
    let loading = move || mirror.head.with(|head| head.loading_older);
    let has_older = move || mirror.head.with(|head| head.has_older);
    let bare = move || phase() != LoadPhase::Loading && mirror.order.with(Vec::is_empty);
    view! { class="p",
        <div class="message-list" part="message-list" data-reader=me_side.as_str()>
            <div
                class="message-list-scroll"
                part="messages"
                node_ref=viewport
                role="log"
                aria-live="off"
                tabindex="0"
                aria-label=move || label.get()
                aria-busy=move || if loading() || phase() == LoadPhase::Loading { "true" } else { "false" }
                on:scroll=move |_| scroller.scrolled()
                on:keydown=move |event| scroller.key(&event)
            >
                <div class="message-list-content" node_ref=content>
                    <div class="message-list-top" hidden=move || !has_older() && phase() != LoadPhase::Loading>
                        <button
                            class="message-list-older"
                            part="show-older"
                            type="button"
                            hidden=move || !has_older() || loading()
                            on:click=move |_| handle.dispatch(Intent::LoadOlder)
                        >
                            {move || t(Key::COMMON_MESSAGES_SHOW_OLDER)}
                        </button>
                        <span hidden=move || !loading() && phase() != LoadPhase::Loading>
                            <Spinner label=Key::COMMON_MESSAGES_LOADING />
                        </span>
                    </div>
                    {move || bare().then(|| empty.run())}
                    <For each=move || mirror.order.get() key=|slot| slot.key.clone() let:slot>
                        {row(slot, me_side)}
                    </For>
                </div>
            </div>
            <button
                class="message-list-jump"
                part="jump"
                type="button"
                hidden=move || scroller.at_newest.get()
                on:click=move |_| scroller.jump()
            >
                <Icon glyph=Glyph::CHEVRON_DOWN />
                <span>
                    {move || match mirror.head.with(|head| head.unread) {
                        0 => t(Key::COMMON_MESSAGES_JUMP),
                        unread => t_count(Plural::COMMON_MESSAGES_NEW, unread),
                    }}
                </span>
            </button>
        </div>
    }
}

/// A row; drawn again in place when its content or the language changes.
fn row(slot: RowSlot, me_side: MeSide) -> impl IntoView {
    use leptos::either::EitherOf4;

    let catalogue = use_catalogue();
    move || match slot.content.get() {
        RowContent::Message(row) => {
            let (key, texts) = (slot.key.clone(), catalogue.get());
            EitherOf4::A(view! { <MessageBubble key row=*row me_side texts /> })
        }
        RowContent::System { event, at } => EitherOf4::B(view! { <SystemLine event at /> }),
        RowContent::Day { at } => EitherOf4::C(view! { <DayDivider at /> }),
        RowContent::UnreadDivider => EitherOf4::D(view! { class="p",
            <div class="unread-divider" part="unread-divider">
                <span>{move || t(Key::COMMON_MESSAGES_NEW_DIVIDER)}</span>
            </div>
        }),
    }
}
