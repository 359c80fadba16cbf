//! Where in the inbox one is: which conversation is open, and whether its panel is.

use std::time::Duration;

use client_core::Intent;
use client_core::view::RosterRow;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::ids::ConversationId;
use protocol::time::Timestamp;
use ui::bridge::{use_handle, use_mirror};

use crate::browser::clock::ticking;
use crate::browser::preferences::Choice;
use crate::routes;

/// How often "5 min. ago" is looked at again.
const TIME_STEP: Duration = Duration::from_secs(20);
/// From here on the panel has a place of its own; below it covers the conversation. The sheet
/// `inbox.css` knows the same width.
const WIDE: &str = "(min-width: 70rem)";
/// Below this, one area is seen at a time. The sheets know the same width.
const PHONE: &str = "(max-width: 45rem)";
const OPEN: &str = "open";

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Where one is. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The open conversation.
    pub(super) selected: Memo<Option<ConversationId>>,
    /// Whether the mentions stand beside it instead of the conversations.
    pub(super) is_mentions: Memo<bool>,
    /// Its row, once that is known: it comes with the list or with the conversation.
    pub(super) row: Memo<Option<RosterRow>>,
    /// Whether the information panel is open.
    pub(super) information: RwSignal<bool>,
    /// The server's time, for what grows old: a device whose clock is wrong shows the same.
    pub(super) time: Memo<Timestamp>,
    /// The same for what is counted in seconds; no finer than `time` where no desk counts them.
    second: Memo<Timestamp>,
    navigate: StoredValue<Navigate>,
}

impl Place {
    /// Reads the address and what is remembered; there for every component below.
    pub(super) fn provide() -> Self {
        let location = use_location();
        let selected = Memo::new(move |_| routes::shown_conversation(&location.pathname.get()));
        let is_mentions = Memo::new(move |_| routes::is_mentions(&location.pathname.get()));
        let (time, desk) = (server_time(), use_mirror().desk);
        let second = Memo::new(move |_| {
            let counted = desk.with(|desk| desk.state.is_some().then_some(desk.time));
            counted.unwrap_or_else(|| time.get())
        });
        let remembered = Choice::Information.read().as_deref() == Some(OPEN);
        let place = Self {
            selected,
            is_mentions,
            row: row_of(selected),
            information: RwSignal::new(remembered && matches(WIDE)),
            time,
            second,
            navigate: StoredValue::new(Box::new(use_navigate())),
        };
        // An address may name a message: it is shown once its conversation is.
        let (head, handle) = (use_mirror().head, use_handle());
        let named = Memo::new(move |_| routes::shown_message(&location.hash.get()));
        let here = Memo::new(move |_| head.with(|head| head.conversation.clone()));
        Effect::new(move || {
            let here = here.get();
            if let Some(message) = named.get()
                && here.is_some()
                && here == selected.get()
            {
                handle.dispatch(Intent::SeekMessage(message));
            }
        });
        // Where the panel covers the conversation, it does not stay for the next one.
        Effect::new(move || {
            selected.get();
            if !matches(WIDE) {
                place.information.set(false);
            }
        });
        provide_context(place);
        place
    }

    /// The same with this conversation open, whatever the address says: for tests.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub(super) fn provide_with(conversation: ConversationId) -> Self {
        let selected = Memo::new(move |_| Some(conversation.clone()));
        let place = Self {
            selected,
            row: row_of(selected),
            ..Self::provide()
        };
        provide_context(place);
        place
    }

    /// Opens a conversation, or none, beside the list that is there.
    pub(super) fn go(self, conversation: Option<&ConversationId>) {
        let path = if self.is_mentions.get_untracked() {
            routes::mention_path(conversation)
        } else {
            routes::conversation_path(conversation)
        };
        self.navigate
            .with_value(|navigate| navigate(&path, NavigateOptions::default()));
    }

    /// How many whole seconds ago that was.
    pub(super) fn seconds_since(self, then: Timestamp) -> u32 {
        let millis = self.second.get().since(then).max(0);
        u32::try_from(millis / 1000).unwrap_or(u32::MAX)
    }

    /// Opens or closes the information panel, for later pages too where it has its own place.
    pub(super) fn toggle_information(self) {
        let open = !self.information.get_untracked();
        self.information.set(open);
        if matches(WIDE) {
            if open {
                Choice::Information.write(OPEN);
            } else {
                Choice::Information.forget();
            }
        }
    }
}

/// The row of the open conversation.
fn row_of(selected: Memo<Option<ConversationId>>) -> Memo<Option<RosterRow>> {
    let roster = use_mirror().roster;
    Memo::new(move |_| {
        let id = selected.get()?;
        roster.with(|roster| {
            let mut rows = roster.groups.iter().flat_map(|group| &group.rows);
            rows.find(|row| row.summary.id == id).cloned()
        })
    })
}

/// The server's time, looked at every so often.
fn server_time() -> Memo<Timestamp> {
    let (time, desk) = (ticking(TIME_STEP), use_mirror().desk);
    let ahead = Memo::new(move |_| desk.with(|desk| desk.clock_ahead_ms));
    Memo::new(move |_| time.get().plus(ahead.get()))
}

/// Where in the inbox this component is.
pub(super) fn use_place() -> Place {
    expect_context()
}

/// Whether one area is seen at a time.
pub(super) fn is_phone() -> bool {
    matches(PHONE)
}

fn matches(query: &str) -> bool {
    let found = window().match_media(query).ok().flatten();
    found.is_some_and(|list| list.matches())
}
