//! The expertise the session wants: a list to tick, which can be searched when it is long
//! (mission P12). What the chatbot asked for is ticked and stays.

use client_core::Intent;
use protocol::agent::SessionExpertise;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Rows, watch};
use ui::i18n::{Key, use_catalogue};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::section::headed;

/// Entries from which on the list can be searched.
const MANY: usize = 10;

/// The section; not shown where nothing can be chosen.
#[inline(never)]
pub(super) fn expertise() -> El {
    let information = use_mirror().information;
    let sought = El::new("input|class=expertise-filter|type=search|autocomplete=off")
        .live("aria-label", Key::AGENT_INFO_EXPERTISE_FILTER.into())
        .live("placeholder", Key::AGENT_INFO_EXPERTISE_FILTER.into());
    let list = El::new("ul|class=expertise|role=list");
    let (typed, entries) = (sought.clone(), list.clone());
    let sought = sought.on("input", move |_| filter(&entries, &typed.value()));
    let section = headed(Key::AGENT_INFO_EXPERTISE)
        .child(&sought)
        .child(&list);
    let shown = section.clone();
    let mut rows = Rows::new(&list, None);
    watch(move || {
        information.with(|view| {
            let nothing = SessionExpertise::default();
            let known = &view.expertise.as_ref().unwrap_or(&nothing).known;
            shown.hide(known.is_empty());
            sought.hide(known.len() <= MANY);
            rows.show(known.clone(), &mut |at| entry(&known[at]));
        });
    });
    section
}

fn entry(name: &str) -> El {
    let (information, handle, texts) = (use_mirror().information, use_handle(), use_catalogue());
    let tick = El::new("input|class=expertise-tick|type=checkbox");
    let words = El::new("bdi");
    words.say(name);
    let asked = El::new("span|class=expertise-asked");
    let (shown, note, own) = (tick.clone(), asked.clone(), name.to_owned());
    watch(move || {
        let (chosen, wanted) = information.with(|view| match &view.expertise {
            Some(it) => (it.chosen.contains(&own), it.wanted.contains(&own)),
            None => (false, false),
        });
        let tick: &HtmlInputElement = shown.element().unchecked_ref();
        tick.set_checked(chosen || wanted);
        tick.set_disabled(wanted);
        let told = texts.with(|texts| texts.text(Key::AGENT_INFO_EXPERTISE_ASKED));
        note.set_text(if wanted { &told } else { "" });
    });
    let (ticked, own) = (tick.clone(), name.to_owned());
    let tick = tick.on("change", move |_| {
        let tick: &HtmlInputElement = ticked.element().unchecked_ref();
        handle.dispatch(Intent::ChooseExpertise {
            name: own.clone(),
            chosen: tick.checked(),
        });
    });
    let label = El::new("label|class=expertise-entry")
        .child(&tick)
        .child(&words)
        .child(&asked);
    El::new("li").child(&label)
}

/// Hides what does not hold the words that are sought.
fn filter(list: &El, sought: &str) {
    let sought = lower(sought);
    let mut next = list.element().first_element_child();
    while let Some(row) = next {
        next = row.next_element_sibling();
        let row = El::from_element(row);
        row.hide(!lower(&row.text()).contains(&sought));
    }
}

/// In small letters. The browser knows them; to know them ourselves would cost kilobytes.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}
