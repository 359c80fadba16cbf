//! The agent's own menu: appearance, sound, language, sign-out.
//!
//! The browser's own popover opens and closes it: Escape and a click elsewhere work by
//! themselves, and it lies above everything.

use client_web::desktop::{self, Permission, permission};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::bridge::use_mirror;
use ui::i18n::{Key, t, t_with};
use ui::kit::{Avatar, Button, Glyph, Icon, Notice, Tone, VisuallyHidden};

use crate::browser::theme::Theme;
use crate::client::use_client;
use crate::layouts::language_picker::LanguagePicker;
use crate::session::use_session;

const MENU: &str = "account-menu";

/// The button with the agent's name, and the menu it opens.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let client = use_client();
    let (name, id) = (client.agent_name(), client.agent_id());
    let label = {
        let name = name.clone();
        move || t_with(Key::AGENT_ACCOUNT_LABEL, &[("name", name.as_str())])
    };
    let menu_label = label.clone();
    view! { class="p",
        <div class="account">
            <button class="account-button" type="button" popovertarget=MENU>
                <Avatar name=name.clone() id=id.to_string() />
                <VisuallyHidden text=label />
                // The name is heard with the words before it.
                <span class="account-name" aria-hidden="true">
                    <bdi>{name}</bdi>
                </span>
                <Icon glyph=Glyph::CHEVRON_DOWN />
            </button>
            <div class="account-menu" id=MENU popover role="group" aria-label=menu_label>
                <Appearance />
                <Sound />
                <Desktop />
                <LanguagePicker />
                <SignOut />
            </div>
        </div>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let chosen = RwSignal::new(Theme::remembered());
    let choices = Theme::ALL
        .into_iter()
        .map(|theme| {
            let text = match theme {
                Theme::System => Key::AGENT_ACCOUNT_THEME_SYSTEM,
                Theme::Light => Key::AGENT_ACCOUNT_THEME_LIGHT,
                Theme::Dark => Key::AGENT_ACCOUNT_THEME_DARK,
            };
            view! { class="p",
                <label class="account-choice">
                    <input
                        type="radio"
                        name="theme"
                        value=theme.as_str()
                        prop:checked=move || chosen.get() == theme
                        on:change=move |_| {
                            chosen.set(theme);
                            theme.choose();
                        }
                    />
                    <span>{move || t(text)}</span>
                </label>
            }
        })
        .collect_view();
    view! { class="p",
        <fieldset class="account-group">
            <legend class="account-legend">{move || t(Key::AGENT_ACCOUNT_THEME)}</legend>
            <div class="account-choices">{choices}</div>
        </fieldset>
    }
}

#[component]
fn Sound() -> impl IntoView {
    let client = use_client();
    view! { class="p",
        <label class="account-switch">
            <span>{move || t(Key::AGENT_ACCOUNT_SOUND)}</span>
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || client.sound.get()
                on:change=move |event| client.choose_sound(event_target_checked(&event))
            />
        </label>
    }
}

/// Offers on the desktop. The browser asks the agent first, once.
#[component]
fn Desktop() -> impl IntoView {
    let (client, mirror) = (use_client(), use_mirror());
    let offered = Memo::new(move |_| mirror.desk.with(|desk| desk.state.is_some()));
    let allowed = RwSignal::new(permission());
    let on = move || client.on_desktop.get() && allowed.get() == Permission::Granted;
    let choose = move |wanted: bool| {
        client.choose_desktop(wanted);
        if wanted {
            desktop::ask(move || allowed.set(permission()));
        }
    };
    view! { class="p",
        <Show when=move || offered.get()>
            <label class="account-switch">
                <span>{move || t(Key::AGENT_ACCOUNT_DESKTOP)}</span>
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=on
                    disabled=move || allowed.get() == Permission::Refused
                    on:change=move |event| choose(event_target_checked(&event))
                />
            </label>
            <Show when=move || allowed.get() == Permission::Refused>
                <p class="account-hint">{move || t(Key::AGENT_ACCOUNT_DESKTOP_BLOCKED)}</p>
            </Show>
        </Show>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let session = use_session();
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let leave = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(false);
        spawn_local(async move {
            // On success this menu is gone by now, and its signals with it.
            if session.sign_out().await.is_err() {
                busy.set(false);
                failed.set(true);
            }
        });
    };
    let refusal = move || {
        failed.get().then(|| {
            view! { <Notice text=move || t(Key::AGENT_ACCOUNT_SIGN_OUT_FAILED) tone=Tone::Danger /> }
        })
    };
    view! { class="p",
        <div class="account-leave">
            {refusal}
            <Button
                label=move || t(Key::AGENT_SIGN_OUT)
                on_press=leave
                glyph=Glyph::SIGN_OUT
                disabled=move || busy.get()
            />
        </div>
    }
}
