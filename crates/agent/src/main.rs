//! The agents' app: a single page below `/agent`.

#![expect(
    unreachable_pub,
    reason = "the component macro makes functions and their props public"
)]

mod app;
mod bell;
mod boot;
mod browser;
mod client;
mod contacts;
mod layouts;
mod pages;
mod routes;
mod session;
mod voice;

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn main() {
    // A development build says where it broke; the shipped one has no words for it inside.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    wasm_bindgen_futures::spawn_local(async {
        match boot::prepare().await {
            Some(catalogue) => {
                leptos::mount::mount_to_body(move || app::App(app::AppProps { catalogue }));
            }
            None => boot::give_up(),
        }
    });
}
