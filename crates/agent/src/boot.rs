//! What must be there before the first screen: a theme, a language and its texts.
//!
//! The build writes the hashed names of the texts into the page's configuration block; without
//! them, as in development, they are fetched by their plain names.

use gloo_net::http::Request;
use js_sys::Reflect;
use leptos::prelude::*;
use ui::i18n::{Catalogue, Current, LANGUAGES, direction, negotiate};
use wasm_bindgen::JsValue;

use crate::browser::preferences::Choice;
use crate::browser::root_element;
use crate::browser::theme::Theme;

const CONFIG_ID: &str = "parlour-config";
const FALLBACK: &str = "en";

/// Shows the chosen theme and fetches the texts of the reader's language, or English ones when
/// those cannot be had. Nothing when no texts can be had at all.
pub(crate) async fn prepare() -> Option<Catalogue> {
    Theme::remembered().apply();
    let wanted = language();
    let catalogue = match load(wanted).await {
        None if wanted != FALLBACK => load(FALLBACK).await,
        loaded => loaded,
    };
    if let Some(catalogue) = &catalogue {
        mark_page(catalogue.tag());
    }
    catalogue
}

/// Without texts there is only one thing to say, and no language to say it in but this one.
pub(crate) fn give_up() {
    if let Some(body) = document().body() {
        body.set_text_content(Some(
            "Parlour could not be loaded. Check your connection and reload the page.",
        ));
    }
}

/// Switches to another language, now and on later pages. False when its texts cannot be had;
/// then everything stays as it is.
pub(crate) async fn switch_language(current: Current, tag: &str) -> bool {
    if current.get_untracked().tag() == tag {
        return true;
    }
    let Some(catalogue) = load(tag).await else {
        return false;
    };
    mark_page(tag);
    Choice::Language.write(tag);
    current.set(catalogue);
    true
}

/// The reader's language: what they chose here, else the browser's preferences.
fn language() -> &'static str {
    let chosen = Choice::Language.read();
    let preferred: Vec<String> = chosen
        .into_iter()
        .chain(
            window()
                .navigator()
                .languages()
                .iter()
                .filter_map(|tag| tag.as_string()),
        )
        .collect();
    let offered: Vec<&'static str> = LANGUAGES.iter().map(|(tag, _)| *tag).collect();
    negotiate(&preferred, &offered)
}

async fn load(tag: &str) -> Option<Catalogue> {
    let response = Request::get(&texts_url(tag)).send().await.ok()?;
    if !response.ok() {
        return None;
    }
    Catalogue::parse(tag, &response.text().await.ok()?)
}

/// Where the texts of a language are: as the page's configuration says, else by plain name.
fn texts_url(tag: &str) -> String {
    let configured = document()
        .get_element_by_id(CONFIG_ID)
        .and_then(|block| block.text_content())
        .and_then(|text| js_sys::JSON::parse(&text).ok())
        .and_then(|config| Reflect::get(&config, &JsValue::from_str("locales")).ok())
        .and_then(|locales| Reflect::get(&locales, &JsValue::from_str(tag)).ok())
        .and_then(|url| url.as_string());
    configured.unwrap_or_else(|| format!("/locales/{tag}.json"))
}

/// Says the language and its direction to the browser and to screen readers.
fn mark_page(tag: &str) {
    if let Some(root) = root_element() {
        // Both fail only for names that are no attribute names.
        let _done = root.set_attribute("lang", tag);
        let _done = root.set_attribute("dir", direction(tag));
    }
}
