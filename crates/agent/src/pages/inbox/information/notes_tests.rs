//! The field of the shared notes on a real screen: what comes in does not disturb who writes.

use std::cell::RefCell;
use std::rc::Rc;

use client_core::Intent;
use client_core::view::{InformationView, SharedNotesState, SharedNotesView};
use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::agent::SharedNotes;
use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::dom::El;
use ui::i18n::{Catalogue, provide_catalogue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::notes::notes;

const ENGLISH: &str = include_str!("../../../../../../public/locales/en.json");

struct Screen {
    root: HtmlElement,
    mirror: Mirror,
    wanted: Rc<RefCell<Vec<Intent>>>,
    _mounted: Box<dyn std::any::Any>,
}

impl Screen {
    fn show() -> Self {
        let root = document().create_element("div").expect("an element");
        let root: HtmlElement = root.unchecked_into();
        let body = document().body().expect("a body");
        body.append_child(&root).expect("a place");
        let (send, receive) = std::sync::mpsc::channel();
        let wanted = Rc::new(RefCell::new(Vec::new()));
        let noted = Rc::clone(&wanted);
        let mounted = mount_to(root.clone(), move || {
            provide_catalogue(Catalogue::parse("en", ENGLISH).expect("texts"));
            let mirror = Mirror::new();
            provide_bridge(
                mirror,
                Handle::new(move |intent| noted.borrow_mut().push(intent)),
            );
            send.send(mirror).expect("somebody who waits");
            notes().view()
        });
        Self {
            root,
            mirror: receive.try_recv().expect("a mirror"),
            wanted,
            _mounted: Box::new(mounted),
        }
    }

    async fn tell(&self, text: &str, state: SharedNotesState) {
        self.mirror.information.set(InformationView {
            shared_notes: Some(SharedNotesView {
                text: text.to_owned(),
                state,
                merged: false,
                left: 10_000,
                version: SharedNotes::default(),
                history: None,
            }),
            ..InformationView::default()
        });
        leptos::task::tick().await;
        leptos::task::tick().await;
    }

    fn field(&self) -> El {
        let found = self.root.query_selector("textarea").expect("a selector");
        El::from_element(found.expect("a field"))
    }

    fn happens(&self, name: &str) {
        let event = web_sys::Event::new(name).expect("an event");
        let field = self.field();
        field.element().dispatch_event(&event).expect("a listener");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn what_others_write_leaves_the_caret_at_its_word() {
    let screen = Screen::show();
    screen.tell("one two", SharedNotesState::Saved).await;
    let field = screen.field();
    assert_eq!(field.value(), "one two");
    field.put("one two!", 3..3);
    screen.happens("input");
    let typed = Intent::EditSharedNotes {
        from: "one two".to_owned(),
        text: "one two!".to_owned(),
    };
    assert_eq!(screen.wanted.borrow().last(), Some(&typed));
    screen.tell("zero one two!", SharedNotesState::Saving).await;
    assert_eq!(field.value(), "zero one two!");
    assert_eq!(field.selected(), 8..8);
}

#[wasm_bindgen_test]
async fn while_a_character_is_composed_the_field_is_left_alone() {
    let screen = Screen::show();
    screen.tell("one", SharedNotesState::Saved).await;
    let field = screen.field();
    screen.happens("compositionstart");
    screen.tell("one two", SharedNotesState::Saved).await;
    assert_eq!(field.value(), "one");
    field.set_value("one漢");
    screen.happens("input");
    let typed = Intent::EditSharedNotes {
        from: "one".to_owned(),
        text: "one漢".to_owned(),
    };
    assert_eq!(screen.wanted.borrow().last(), Some(&typed));
    screen.tell("one漢 two", SharedNotesState::Saving).await;
    assert_eq!(field.value(), "one漢");
    screen.happens("compositionend");
    assert_eq!(field.value(), "one漢 two");
}

#[wasm_bindgen_test]
async fn there_is_no_section_where_nothing_is_kept() {
    let screen = Screen::show();
    let section = screen.root.first_element_child().expect("a section");
    assert!(section.has_attribute("hidden"));
    screen.tell("", SharedNotesState::Empty).await;
    assert!(!section.has_attribute("hidden"));
    let state = screen.root.query_selector("[data-state]").expect("one");
    let state = state.expect("a state").get_attribute("data-state");
    assert_eq!(state.as_deref(), Some("empty"));
}
