//! The sign-in page: who are you, in the reader's language, with reasons when it fails.
//!
//! What was typed stays until it worked. Password managers may fill in, people may paste.

mod trouble;
mod waiting;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use protocol::http::SignInRequest;
use ui::i18n::{Key, t};
use ui::kit::{Button, Notice, Size, TextField, Variant};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use crate::layouts::language_picker::LanguagePicker;
use crate::routes;
use crate::session::{Reason, State, use_session};
use trouble::{Trouble, TroubleLine};

const EMAIL: &str = "username";
const PASSWORD: &str = "password";

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    go_on_when_signed_in();
    let session = use_session();
    // Nothing to see before it is known that there is something to ask.
    view! { class="p",
        <Show when=move || session.state() != State::Asking>
            <main class="sign-in">
                <div class="sign-in-card">
                    <p class="sign-in-brand">{move || t(Key::AGENT_APP_NAME)}</p>
                    <h1 class="sign-in-title">{move || t(Key::AGENT_SIGN_IN_TITLE)}</h1>
                    <Why />
                    <SignInForm />
                </div>
                <LanguagePicker />
            </main>
        </Show>
    }
}

/// Why the person is here, when they might wonder.
#[component]
fn Why() -> impl IntoView {
    let session = use_session();
    let words = move || match session.state() {
        State::SignedOut(Reason::Expired) => Some(Key::AGENT_SIGN_IN_ENDED),
        State::SignedOut(Reason::Left) => Some(Key::AGENT_SIGN_IN_LEFT),
        _ => None,
    };
    move || words().map(|key| view! { <Notice text=move || t(key) /> })
}

#[component]
fn SignInForm() -> impl IntoView {
    let session = use_session();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let resting = trouble.get_untracked().is_some_and(Trouble::rests);
        if busy.get_untracked() || resting {
            return;
        }
        let request = SignInRequest {
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        if let Some(missing) = Trouble::missing(&request) {
            trouble.set(Some(missing));
            focus(if request.email.is_empty() {
                EMAIL
            } else {
                PASSWORD
            });
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = session.sign_in(&request).await;
            if let Err(failure) = answer {
                trouble.set(Some(Trouble::after(failure)));
                busy.set(false);
                focus(PASSWORD);
            }
        });
    };
    let about = move |field: &'static str| {
        move || {
            trouble
                .get()
                .and_then(|trouble| trouble.about(field))
                .map(t)
                .unwrap_or_default()
        }
    };
    let label = move || {
        t(if busy.get() {
            Key::AGENT_SIGN_IN_SUBMITTING
        } else {
            Key::AGENT_SIGN_IN_SUBMIT
        })
    };
    Effect::new(move || focus(EMAIL));
    view! { class="p",
        <form class="sign-in-form" novalidate on:submit=submit>
            <TextField
                label=move || t(Key::AGENT_SIGN_IN_EMAIL)
                value=email
                error=about(EMAIL)
                kind="email"
                name=EMAIL
                autocomplete="username"
            />
            <TextField
                label=move || t(Key::AGENT_SIGN_IN_PASSWORD)
                value=password
                error=about(PASSWORD)
                kind="password"
                name=PASSWORD
                autocomplete="current-password"
            />
            <TroubleLine trouble=trouble />
            <Button
                label=label
                on_press=|| {}
                variant=Variant::Primary
                size=Size::Large
                disabled=move || busy.get()
                submit=true
            />
        </form>
    }
}

fn focus(field: &str) {
    let field = document()
        .query_selector(&format!(".sign-in input[name={field}]"))
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        // Only a detached field refuses the focus, and then there is nothing to type into.
        let _focused = field.focus();
        field.select();
    }
}

/// Goes where one wanted to go as soon as somebody is signed in, here or in another tab.
fn go_on_when_signed_in() {
    let session = use_session();
    let (navigate, query) = (use_navigate(), use_query_map());
    Effect::new(move || {
        if matches!(session.state(), State::SignedIn(_)) {
            let next = query.read_untracked().get(routes::NEXT);
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&routes::return_path(next.as_deref()), options);
        }
    });
}
