//! Elements, what they follow, and that all of it ends with its owner.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{El, Rows, watch};
use crate::kit::Text;
use crate::tests::stage::{settled, stage};

/// An owner that is set, as an app's is.
fn owner() -> Owner {
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();
    owner
}

fn html(element: &El) -> String {
    element.element().outer_html()
}

fn children(place: &El) -> Vec<web_sys::Element> {
    let found = place.element().children();
    (0..found.length())
        .filter_map(|at| found.item(at))
        .collect()
}

/// A row that says its key.
fn row(key: &str) -> El {
    let row = El::new("i");
    row.say(key);
    row
}

fn show(rows: &mut Rows, keys: &[&str]) {
    let owned = keys.iter().map(|key| (*key).to_owned()).collect();
    rows.show(owned, &mut |at| row(keys[at]));
}

#[test]
fn an_element_is_what_is_written() {
    let link = El::new("a|class=big link|href=https://example.com/?a=b|rel=no opener");
    link.say("<b>");
    assert_eq!(
        html(&link),
        r#"<a href="https://example.com/?a=b" rel="no opener" class="p big link">&lt;b&gt;</a>"#
    );
    let icon = El::new("svg|class=icon").child(&El::new("path|d=M1 1"));
    let namespace = |element: &web_sys::Element| element.namespace_uri().unwrap_or_default();
    assert_eq!(namespace(icon.element()), "http://www.w3.org/2000/svg");
    assert_eq!(namespace(&children(&icon)[0]), "http://www.w3.org/2000/svg");
}

#[test]
fn typing_in_is_heard_and_leaves_the_caret_in_its_place() {
    let _owner = owner();
    let heard = Rc::new(Cell::new(0));
    let count = Rc::clone(&heard);
    let field = El::new("textarea").on("input", move |_| count.set(count.get() + 1));
    field.type_in("one two", 3..5);
    assert_eq!((heard.get(), field.value().as_str()), (1, "one two"));
    let area = wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlTextAreaElement>(field.element());
    assert_eq!(area.selection_start(), Ok(Some(3)));
    assert_eq!(area.selection_end(), Ok(Some(5)));
}

#[test]
async fn texts_and_attributes_follow_their_signals() {
    let owner = owner();
    let signal = RwSignal::new("one".to_owned());
    let text = Text::from(move || signal.get());
    let element = owner.with(|| El::new("p").live_text(text.clone()).live("title", text));
    assert_eq!(html(&element), r#"<p class="p" title="one">one</p>"#);
    signal.set("two".to_owned());
    settled().await;
    assert_eq!(html(&element), r#"<p class="p" title="two">two</p>"#);
}

#[test]
async fn nothing_follows_once_the_owner_has_ended() {
    let owner = owner();
    let signal = RwSignal::new(1_u32);
    let (runs, below) = (Rc::new(Cell::new(0)), owner.child());
    below.with(|| {
        let runs = Rc::clone(&runs);
        watch(move || {
            signal.get();
            runs.set(runs.get() + 1);
        });
    });
    below.cleanup();
    signal.set(2);
    settled().await;
    assert_eq!(runs.get(), 1);
}

#[test]
fn a_listener_goes_with_its_owner() {
    let owner = owner();
    let pressed = Rc::new(Cell::new(0));
    let count = Rc::clone(&pressed);
    let button = owner.with(|| El::new("button").on("click", move |_| count.set(count.get() + 1)));
    button.html().click();
    owner.cleanup();
    button.html().click();
    assert_eq!(pressed.get(), 1);
    assert_eq!(Rc::strong_count(&pressed), 1, "the closure is gone");
}

#[test]
fn rows_that_move_keep_their_nodes_and_stand_where_they_should() {
    let _owner = owner();
    let last = El::new("hr");
    let place = El::new("div").child(&El::new("h1")).child(&last);
    let mut rows = Rows::new(&place, Some(&last));
    show(&mut rows, &["a", "b", "c"]);
    let before = children(&place);
    show(&mut rows, &["c", "new", "a", "b"]);
    let after = children(&place);
    assert_eq!(place.text(), "cnewab");
    assert_eq!(after[0], before[0]);
    assert_eq!(
        [&after[1], &after[3], &after[4]],
        [&before[3], &before[1], &before[2]]
    );
    assert_eq!(after[5], before[4], "the last child is still the last");
    show(&mut rows, &["b"]);
    assert_eq!(children(&place)[1], before[2]);
    assert_eq!(place.text(), "b");
}

#[test]
async fn a_row_that_goes_ends_what_it_began_and_one_that_stays_goes_on() {
    let _owner = owner();
    let (place, signal) = (El::new("div"), RwSignal::new(0_u32));
    let ended = Rc::new(Cell::new(String::new()));
    let mut rows = Rows::new(&place, None);
    let mut show = |keys: &[&'static str]| {
        let owned = keys.iter().map(|key| (*key).to_owned()).collect();
        rows.show(owned, &mut |at| {
            let (key, ended) = (keys[at], Rc::clone(&ended));
            super::at_end(Box::new(move || ended.set(ended.take() + key)));
            El::new("i").live_text(Text::from(move || signal.get().to_string()))
        });
    };
    show(&["a", "b"]);
    show(&["b"]);
    assert_eq!(ended.take(), "a");
    signal.set(7);
    settled().await;
    assert_eq!(place.text(), "7");
}

#[test]
async fn rows_outlive_the_effect_that_orders_them() {
    let _owner = owner();
    let (place, keys) = (El::new("div"), RwSignal::new(vec!["a"]));
    let ended = RwSignal::new(0);
    let mut rows = Rows::new(&place, None);
    watch(move || {
        let keys = keys.get();
        let owned = keys.iter().map(|key| (*key).to_owned()).collect();
        rows.show(owned, &mut |at| {
            on_cleanup(move || ended.update(|times| *times += 1));
            row(keys[at])
        });
    });
    let first = children(&place)[0].clone();
    keys.set(vec!["b", "a"]);
    settled().await;
    assert_eq!(ended.get_untracked(), 0);
    assert_eq!(children(&place)[1], first);
}

#[test]
async fn an_element_stands_in_a_view_and_a_view_in_an_element() {
    let shown = RwSignal::new(true);
    let stage = stage(move || {
        view! {
            <section>
                {move || shown.get().then(|| El::new("i|id=inner").view())}
                {El::of_view(view! { <b>"view"</b> }.into_view()).view()}
            </section>
        }
    })
    .await;
    assert_eq!(stage.one("section").inner_text(), "view");
    assert_eq!(stage.all("#inner").len(), 1);
    assert_eq!(stage.all("section > b").len(), 1, "nothing around it");
    shown.set(false);
    settled().await;
    assert_eq!(stage.all("#inner").len(), 0);
}
