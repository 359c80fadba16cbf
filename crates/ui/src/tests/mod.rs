//! What the tests of this crate share, and the tests of things that lie outside of it: colours
//! and catalogues. Tests of a component lie beside it. Those without a DOM run everywhere.

mod catalogues;
#[cfg(target_arch = "wasm32")]
mod i18n;
#[cfg(target_arch = "wasm32")]
pub(crate) mod rows;
#[cfg(target_arch = "wasm32")]
pub(crate) mod stage;
mod themes;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
