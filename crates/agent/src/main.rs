//! The agents' app: a single page below `/agent`.

#![expect(
    unreachable_pub,
    reason = "the component macro makes functions and their props public"
)]

mod app;
mod boot;
mod browser;
mod client;
mod layouts;
mod pages;
mod routes;
mod session;

fn main() {
    leptos::task::spawn_local(async {
        match boot::prepare().await {
            Some(catalogue) => {
                leptos::mount::mount_to_body(move || app::App(app::AppProps { catalogue }));
            }
            None => boot::give_up(),
        }
    });
}
