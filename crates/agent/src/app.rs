//! The whole app: its session, its texts, its routes.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;
use ui::i18n::{Catalogue, provide_catalogue};

use crate::layouts::shell::ShellLayout;
use crate::pages::inbox::InboxPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::sign_in::SignInPage;
use crate::routes;
use crate::session::Session;

/// The app. `catalogue` is what the page begins with; the agent may switch it.
#[component]
pub(crate) fn App(catalogue: Catalogue) -> impl IntoView {
    provide_catalogue(catalogue);
    Session::begin();
    // One layout around all conversations: going from one to the next keeps list and client.
    view! {
        <Router base=routes::BASE>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignInPage />
                <ParentRoute path=path!("/") view=ShellLayout>
                    <ParentRoute path=path!("/") view=InboxPage>
                        <Route path=path!("/") view=|| () />
                        <Route path=path!("/conversations/:id") view=|| () />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
