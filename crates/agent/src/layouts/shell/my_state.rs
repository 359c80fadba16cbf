//! The agent's state: what it is, since when, and what else it may be (mission W2).
//!
//! The browser's own list, so that it works with fingers, keys and screen readers alike. It
//! shows what the core shows: a choice the server refuses goes back by itself.

use client_core::Intent;
use client_core::view::OwnStateView;
use leptos::html::Select;
use leptos::prelude::*;
use protocol::agent::{Availability, BusyReason};
use ui::bridge::{use_handle, use_mirror};
use ui::i18n::{Key, t, t_with, use_catalogue};
use ui::kit::{Glyph, Icon};

/// A state as an option.
struct Choice {
    availability: Availability,
    reason: Option<BusyReason>,
    text: Key,
}

/// The options in order. A busy agent says why.
const CHOICES: [Choice; 9] = [
    choice(Availability::Available, Key::AGENT_STATE_AVAILABLE),
    busy(BusyReason::Break, Key::AGENT_STATE_BUSY_BREAK),
    busy(BusyReason::Lunch, Key::AGENT_STATE_BUSY_LUNCH),
    busy(BusyReason::Meeting, Key::AGENT_STATE_BUSY_MEETING),
    busy(BusyReason::Training, Key::AGENT_STATE_BUSY_TRAINING),
    busy(BusyReason::Paperwork, Key::AGENT_STATE_BUSY_PAPERWORK),
    busy(BusyReason::Other, Key::AGENT_STATE_BUSY_OTHER),
    choice(Availability::Missed, Key::AGENT_STATE_MISSED),
    choice(Availability::Offline, Key::AGENT_STATE_OFFLINE),
];

const fn choice(availability: Availability, text: Key) -> Choice {
    Choice {
        availability,
        reason: None,
        text,
    }
}

const fn busy(reason: BusyReason, text: Key) -> Choice {
    Choice {
        availability: Availability::Busy,
        reason: Some(reason),
        text,
    }
}

impl Choice {
    fn value(&self) -> String {
        value(self.availability, self.reason)
    }
}

/// A state as an option's value.
fn value(availability: Availability, reason: Option<BusyReason>) -> String {
    match reason {
        Some(reason) => format!("{}/{}", availability.as_str(), reason.as_str()),
        None => availability.as_str().to_owned(),
    }
}

/// The picker; nothing where the server knows no states.
#[component]
pub(super) fn MyState() -> impl IntoView {
    let desk = use_mirror().desk;
    let known = Memo::new(move |_| desk.with(|desk| desk.state.is_some()));
    view! {
        <Show when=move || known.get()>
            <Picker />
        </Show>
    }
}

#[component]
fn Picker() -> impl IntoView {
    let (desk, handle, catalogue) = (use_mirror().desk, use_handle(), use_catalogue());
    // Everything but the clock.
    let state = Memo::new(move |_| {
        let still = |state: &OwnStateView| OwnStateView {
            seconds: None,
            missed: None,
            ..state.clone()
        };
        desk.with(|desk| desk.state.as_ref().map(still))
    });
    let shown = Memo::new(move |_| {
        let state = state.get();
        state.map_or_else(String::new, |state| value(state.availability, state.reason))
    });
    let clock = Memo::new(move |_| {
        let seconds = desk.with(|desk| desk.state.as_ref().and_then(|state| state.seconds))?;
        Some(catalogue.with(|texts| texts.clock(seconds)))
    });
    let control = NodeRef::<Select>::new();
    let show = move || {
        if let Some(control) = control.get() {
            control.set_value(&shown.get_untracked());
        }
    };
    Effect::new(move || {
        shown.track();
        catalogue.track();
        show();
    });
    let choose = move |chosen: String| {
        if let Some(choice) = CHOICES.iter().find(|choice| choice.value() == chosen) {
            handle.dispatch(Intent::SetState {
                availability: choice.availability,
                reason: choice.reason,
            });
        }
        show();
    };
    let availability = move || {
        let state = state.with(|state| state.as_ref().map(|state| state.availability));
        state.unwrap_or(Availability::Unknown)
    };
    let pending = move || state.with(|state| state.as_ref().is_some_and(|state| state.is_pending));
    let title = move || match (pending(), clock.get()) {
        (true, _) => t(Key::AGENT_STATE_PENDING),
        (false, Some(time)) => t_with(Key::AGENT_STATE_FOR, &[("time", time.as_str())]),
        (false, None) => String::new(),
    };
    view! { class="p",
        <div
            class="my-state"
            data-availability=move || availability().as_str()
            data-pending=move || pending().then_some("")
            title=title
        >
            <span class="my-state-mark">
                {move || view! { <Icon glyph=glyph(availability()) /> }}
            </span>
            <select
                class="my-state-control"
                aria-label=move || t(Key::AGENT_STATE_LABEL)
                node_ref=control
                on:change=move |event| choose(event_target_value(&event))
            >
                {options()}
                {move || strange(shown.get())}
            </select>
            <Icon glyph=Glyph::CHEVRON_DOWN />
            <span class="my-state-clock" role="timer" aria-label=title>
                {move || if pending() { Some("…".to_owned()) } else { clock.get() }}
            </span>
        </div>
    }
}

fn options() -> impl IntoView {
    let options = CHOICES.iter().map(|choice| {
        // It is come into, never chosen.
        let disabled = choice.availability == Availability::Missed;
        let text = choice.text;
        view! { class="p",
            <option value=choice.value() disabled=disabled>
                {move || t(text)}
            </option>
        }
    });
    options.collect_view()
}

/// A state that is none of the options, as a later server may have it.
fn strange(value: String) -> Option<impl IntoView> {
    let known = CHOICES.iter().any(|choice| choice.value() == value);
    let text = if value.starts_with(Availability::Busy.as_str()) {
        Key::AGENT_STATE_BUSY
    } else {
        Key::AGENT_STATE_UNKNOWN
    };
    (!known).then(|| {
        view! { class="p",
            <option value=value disabled selected>
                {move || t(text)}
            </option>
        }
    })
}

/// States differ in shape, not by colour alone.
fn glyph(availability: Availability) -> Glyph {
    match availability {
        Availability::Available => Glyph::CHECK,
        Availability::Busy => Glyph::MINUS,
        Availability::Missed => Glyph::BANG,
        Availability::Offline | Availability::Unknown => Glyph::CLOSE,
    }
}
