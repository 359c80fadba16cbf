//! The whole app: its session, its texts, its routes.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use ui::i18n::{Catalogue, provide_catalogue};

use crate::layouts::shell::ShellLayout;
use crate::pages::sign_in::SignInPage;
use crate::routes;
use crate::session::Session;

/// The app. `catalogue` is what the page begins with; the agent may switch it.
#[component]
pub(crate) fn App(catalogue: Catalogue) -> impl IntoView {
    provide_catalogue(catalogue);
    Session::begin();
    // One route for everything but sign-in: going from conversation to conversation keeps the
    // list and the client. Nested routes would do the same and cost a tenth of the app's bytes.
    view! {
        <Router base=routes::BASE>
            <FlatRoutes fallback=|| ()>
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/*place") view=ShellLayout />
            </FlatRoutes>
        </Router>
    }
}
