//! The chatbot's answers on a real screen (mission P9).

use client_core::view::{AnswersView, InformationView};
use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::agent::GivenAnswer;
use protocol::time::Timestamp;
use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::i18n::{Catalogue, provide_catalogue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::answers;

const ENGLISH: &str = include_str!("../../../../../../public/locales/en.json");

fn given(question: &str, answer: &str, round: u32) -> GivenAnswer {
    GivenAnswer {
        question: question.to_owned(),
        answer: answer.to_owned(),
        answered_at: Timestamp(0),
        round,
    }
}

/// The section, alone on the page.
struct Screen {
    root: HtmlElement,
    mirror: Mirror,
    _mounted: Box<dyn std::any::Any>,
}

impl Screen {
    fn show() -> Self {
        let root = document().create_element("div").expect("an element");
        let root: HtmlElement = root.unchecked_into();
        let body = document().body().expect("a body");
        body.append_child(&root).expect("a place");
        let (send, receive) = std::sync::mpsc::channel();
        let mounted = mount_to(root.clone(), move || {
            provide_catalogue(Catalogue::parse("en", ENGLISH).expect("texts"));
            let mirror = Mirror::new();
            provide_bridge(mirror, Handle::new(|_| {}));
            send.send(mirror).expect("somebody who waits");
            answers().view()
        });
        Self {
            root,
            mirror: receive.try_recv().expect("a mirror"),
            _mounted: Box::new(mounted),
        }
    }

    async fn tell(&self, latest: Vec<GivenAnswer>, earlier: Vec<GivenAnswer>) {
        self.mirror.information.set(InformationView {
            answers: AnswersView { latest, earlier },
            ..InformationView::default()
        });
        leptos::task::tick().await;
        leptos::task::tick().await;
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at))
            .map(|node| node.unchecked_into())
            .collect()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.all(selector);
        found
            .iter()
            .filter_map(|found| found.text_content())
            .collect()
    }

    fn is_hidden(&self, selector: &str) -> bool {
        self.all(selector)[0].has_attribute("hidden")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn questions_stand_with_their_answers_in_order() {
    let screen = Screen::show();
    assert!(screen.is_hidden("section"), "nothing was answered yet");
    let answers = vec![
        given("What is it about?", "A <b>bill</b>", 0),
        given("And your e-mail?", "v@example.com", 0),
    ];
    screen.tell(answers, vec![]).await;
    assert!(!screen.is_hidden("section"));
    assert_eq!(screen.texts("h3"), ["Chatbot answers"]);
    assert_eq!(
        screen.texts("dt"),
        ["What is it about?", "And your e-mail?"]
    );
    assert_eq!(screen.texts("dd"), ["A <b>bill</b>", "v@example.com"]);
    assert!(screen.is_hidden("details"));
}

#[wasm_bindgen_test]
async fn a_further_answer_leaves_the_others_where_they_are() {
    let screen = Screen::show();
    screen.tell(vec![given("One?", "1", 0)], vec![]).await;
    let first = screen.all("dd")[0].clone();
    let answers = vec![given("One?", "1", 0), given("Two?", "2", 0)];
    screen.tell(answers, vec![]).await;
    assert!(screen.all("dd")[0].is_same_node(Some(&first)));
    assert_eq!(screen.texts("dd"), ["1", "2"]);
}

#[wasm_bindgen_test]
async fn earlier_rounds_are_folded_away_and_stay_open_once_opened() {
    let screen = Screen::show();
    let earlier = || vec![given("One?", "1", 0)];
    screen.tell(vec![given("One?", "uno", 1)], earlier()).await;
    assert!(!screen.is_hidden("details"));
    assert_eq!(screen.texts("summary"), ["Earlier answers"]);
    assert_eq!(screen.texts("details dd"), ["1"]);
    let fold = screen.all("details")[0].clone();
    assert!(!fold.has_attribute("open"));
    fold.set_attribute("open", "").expect("an attribute");
    let latest = vec![given("One?", "uno", 1), given("Two?", "dos", 1)];
    screen.tell(latest, earlier()).await;
    assert!(screen.all("details")[0].has_attribute("open"));
    assert_eq!(screen.texts("dd"), ["uno", "dos", "1"]);
}
