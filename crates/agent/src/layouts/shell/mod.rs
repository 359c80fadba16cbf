//! The frame around every page of a signed-in agent: the views on one side, the page beside
//! them, the agent's client under all of it.
//!
//! Invariant: inside the frame a client runs; outside of it nobody is signed in.

mod account;
mod my_state;
mod views;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::author::AgentRef;
use ui::chat::{Announcer, ConnectionBanner, MeSide};
use ui::dom::El;
use ui::i18n::{Key, t};
use ui::kit::{EmptyState, Glyph};

use crate::client::Client;
use crate::pages::inbox::InboxPage;
use crate::pages::not_found::NotFoundPage;
use crate::routes;
use crate::session::{Session, State, use_session};
use views::Views;

/// The layout, and the pages in it.
#[component]
pub(crate) fn ShellLayout() -> impl IntoView {
    let session = use_session();
    leave_when_signed_out(session);
    move || match session.state() {
        State::SignedIn(agent) => Some(El::of_view(view! { <Frame agent /> }).view()),
        State::Unreachable => Some(El::of_view(view! { <Unreachable /> }).view()),
        State::Asking | State::SignedOut(_) => None,
    }
}

#[component]
fn Frame(agent: AgentRef) -> impl IntoView {
    let session = use_session();
    Client::start(agent, session);
    let pathname = use_location().pathname;
    let in_inbox = Memo::new(move |_| routes::is_inbox(&pathname.get()));
    let page = move || {
        // As an element a page is compiled once.
        if in_inbox.get() {
            El::of_view(view! { <InboxPage /> }).view()
        } else {
            El::of_view(view! { <NotFoundPage /> }).view()
        }
    };
    view! { class="p",
        <div class="shell">
            <a class="shell-skip" href="#conversations" rel="external">
                {move || t(Key::AGENT_APP_SKIP)}
            </a>
            <Views />
            <main class="shell-page">
                <h1 class="visually-hidden">{move || t(Key::AGENT_APP_NAME)}</h1>
                <ConnectionBanner me_side=MeSide::Agent on_sign_in=move || session.expired() />
                <Announcer />
                {page}
            </main>
        </div>
    }
}

/// Nobody knows whether anybody is signed in. It is asked again when the network is back.
#[component]
fn Unreachable() -> impl IntoView {
    let session = use_session();
    session.ask_again_soon();
    view! { class="p",
        <main class="shell-alone" role="status">
            <EmptyState
                title=move || t(Key::AGENT_START_UNREACHABLE)
                text=move || t(Key::AGENT_START_UNREACHABLE_HINT)
                glyph=Glyph::OFFLINE
            />
        </main>
    }
}

/// Goes to the sign-in page, remembering where one was, when nobody is signed in (any more).
fn leave_when_signed_out(session: Session) {
    let (navigate, location) = (use_navigate(), use_location());
    Effect::new(move || {
        if matches!(session.state(), State::SignedOut(_)) {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            let to = routes::sign_in_path(&location.pathname.get_untracked());
            navigate(&to, options);
        }
    });
}
