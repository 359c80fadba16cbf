//! The desk on a real screen, asked for by role and name.

use std::cell::RefCell;
use std::rc::Rc;

use client_core::Intent;
use client_core::view::{DeskNotice, DeskView, NoticeKind, OfferView, OwnStateView};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos_router::components::Router;
use protocol::agent::{Availability, DeclineReason, MissedOffer, Offer, OfferReason, OfferStatus};
use protocol::author::{AgentRef, Author, AuthorRole};
use protocol::conversation::{ContactRef, Country};
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, MessageId, OfferId};
use protocol::message::{Format, Message, MessageKind};
use protocol::seq::Position;
use protocol::time::Timestamp;
use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::i18n::{Catalogue, provide_catalogue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::desk;
use crate::client::Client;
use crate::pages::inbox::place::Place;

const ENGLISH: &str = include_str!("../../../../../../public/locales/en.json");

fn agent(id: &str, name: &str) -> AgentRef {
    AgentRef {
        id: AgentId::parse(id).expect("an id"),
        name: name.to_owned(),
    }
}

fn vera() -> ContactRef {
    ContactRef {
        id: ContactId::parse("contact").expect("an id"),
        name: Some("Vera".to_owned()),
        language: Some("es-MX".to_owned()),
        widget_language: None,
        country: Some(Country {
            code: "MX".to_owned(),
            guessed: true,
        }),
    }
}

fn said(kind: MessageKind, role: AuthorRole, text: &str) -> Message {
    Message {
        id: MessageId::parse(kind.as_str()).expect("an id"),
        conversation: ConversationId::parse("c1").expect("an id"),
        position: Position(1),
        kind,
        author: Author {
            role,
            agent: None,
            name: None,
        },
        text: text.to_owned(),
        format: Format::Plain,
        event: None,
        attachments: Vec::new(),
        reply_to: None,
        revision: None,
        posted_at: Timestamp(0),
        client_id: None,
        question: None,
    }
}

fn offer(id: &str) -> OfferView {
    OfferView {
        offer: Offer {
            id: OfferId::parse(id).expect("an id"),
            conversation: ConversationId::parse("c1").expect("an id"),
            channel: ChannelId::parse("support").expect("an id"),
            contact: vera(),
            status: OfferStatus::Open,
            taken_by: None,
            expertise: vec!["Technical".to_owned()],
            own_expertise: true,
            reasons: vec![OfferReason::Expertise, OfferReason::LongestIdle],
            waiting_since: Timestamp(0),
            offered_at: Timestamp(0),
            expires_at: Timestamp(30_000),
            messages: vec![
                said(MessageKind::Visitor, AuthorRole::Visitor, "a < b > c?"),
                said(MessageKind::Automated, AuthorRole::Automated, "One moment"),
            ],
        },
        waited: 75,
        left: 24,
        total: 30,
        answer: None,
    }
}

fn state(availability: Availability) -> OwnStateView {
    OwnStateView {
        availability,
        reason: None,
        is_pending: false,
        seconds: Some(5),
        missed: None,
    }
}

fn with(offers: Vec<OfferView>) -> DeskView {
    DeskView {
        state: Some(state(Availability::Available)),
        fitting: offers.len(),
        offers,
        notices: Vec::new(),
        time: Timestamp(0),
        clock_ahead_ms: 0,
    }
}

/// The desk of Ana, alone on the page.
struct Screen {
    root: HtmlElement,
    mirror: Mirror,
    wanted: Rc<RefCell<Vec<Intent>>>,
    _mounted: Box<dyn std::any::Any>,
}

impl Screen {
    async fn show(desk: DeskView) -> Self {
        let root = document().create_element("div").expect("an element");
        let root: HtmlElement = root.unchecked_into();
        let body = document().body().expect("a body");
        body.append_child(&root).expect("a place");
        let wanted = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&wanted);
        let (send, receive) = std::sync::mpsc::channel();
        let mounted = mount_to(root.clone(), move || {
            provide_catalogue(Catalogue::parse("en", ENGLISH).expect("texts"));
            let mirror = Mirror::new();
            mirror.desk.set(desk.clone());
            provide_bridge(
                mirror,
                Handle::new(move |intent| heard.borrow_mut().push(intent)),
            );
            provide_context(Client::without_core(agent("ana", "Ana")));
            send.send(mirror).expect("somebody who waits");
            view! { <Router><Stage /></Router> }
        });
        let screen = Self {
            root,
            mirror: receive.try_recv().expect("a mirror"),
            wanted,
            _mounted: Box::new(mounted),
        };
        settled().await;
        screen
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at))
            .map(|node| node.unchecked_into())
            .collect()
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// The first button whose text or label this is.
    fn button(&self, name: &str) -> HtmlElement {
        let named = |button: &Element| {
            let label = button.get_attribute("aria-label");
            label.or_else(|| button.text_content()).as_deref() == Some(name)
        };
        let buttons = self.all("button");
        let button = buttons.into_iter().find(named).expect("the button");
        button.unchecked_into()
    }

    fn take(&self) -> Vec<Intent> {
        self.wanted.take()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[component]
fn Stage() -> impl IntoView {
    Place::provide();
    desk().view()
}

async fn settled() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

/// The screen was drawn again, and what waited for that is done.
async fn drawn() {
    for _ in 0..2 {
        let frame = js_sys::Promise::new(&mut |done, _| {
            let _ = window().request_animation_frame(&done);
        });
        let _ = wasm_bindgen_futures::JsFuture::from(frame).await;
    }
}

fn press(target: &Element, key: &str) {
    let options = web_sys::KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options);
    target
        .dispatch_event(&event.expect("an event"))
        .expect("a target");
}

fn focused() -> Option<String> {
    document().active_element()?.get_attribute("data-offer")
}

#[wasm_bindgen_test]
async fn a_card_says_who_what_why_and_how_long() {
    let screen = Screen::show(with(vec![offer("o1")])).await;
    let text = screen.text();
    for part in [
        "Incoming chats",
        "Vera",
        "Waiting 1:15",
        "24 sec",
        "Mexico (a guess)",
        "Mexican Spanish",
        "Your expertiseTechnical",
        "you know what is wanted · it is your turn",
        "Ana",
        "a < b > c?",
        "One moment",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let kinds: Vec<_> = screen
        .all(".offer-line")
        .iter()
        .filter_map(|line| line.get_attribute("data-kind"))
        .collect();
    assert_eq!(kinds, ["visitor", "automated"]);
    let label = screen.all("[data-offer=o1]")[0].get_attribute("aria-label");
    assert_eq!(label.as_deref(), Some("Chat from Vera"));
}

#[wasm_bindgen_test]
async fn a_second_that_passes_keeps_the_card_and_its_words() {
    let screen = Screen::show(with(vec![offer("o1")])).await;
    let (card, line) = (
        screen.all(".offer")[0].clone(),
        screen.all(".offer-line")[0].clone(),
    );
    let mut later = offer("o1");
    (later.waited, later.left) = (95, 4);
    screen.mirror.desk.set(with(vec![later]));
    settled().await;
    assert!(card.is_same_node(Some(&screen.all(".offer")[0])));
    assert!(line.is_same_node(Some(&screen.all(".offer-line")[0])));
    assert_eq!(card.get_attribute("data-urgency").as_deref(), Some("high"));
    assert!(screen.text().contains("Waiting 1:35"));
}

#[wasm_bindgen_test]
async fn the_buttons_answer_and_a_reason_can_be_given() {
    let screen = Screen::show(with(vec![offer("o1")])).await;
    let id = OfferId::parse("o1").expect("an id");
    screen.button("Accept").click();
    assert_eq!(screen.take(), [Intent::AcceptOffer(id.clone())]);
    let declined = |reason| Intent::DeclineOffer {
        offer: id.clone(),
        reason,
    };
    screen.button("Decline").click();
    assert_eq!(screen.take(), [declined(DeclineReason::Other)]);
    screen.button("Say why not").click();
    settled().await;
    screen.button("Not my language").click();
    assert_eq!(screen.take(), [declined(DeclineReason::Language)]);
}

#[wasm_bindgen_test]
async fn enter_accepts_on_the_card_and_nowhere_else() {
    let screen = Screen::show(with(vec![offer("o1")])).await;
    press(&screen.all(".offer-thread")[0], "Enter");
    assert!(screen.take().is_empty());
    press(&screen.all(".offer")[0], "Enter");
    assert_eq!(screen.take().len(), 1);
}

#[wasm_bindgen_test]
async fn f6_goes_to_the_first_card_and_back_and_a_card_that_goes_hands_on_the_focus() {
    let screen = Screen::show(with(vec![offer("o1"), offer("o2")])).await;
    let field = document().create_element("textarea").expect("an element");
    screen.root.append_child(&field).expect("a place");
    let field: HtmlElement = field.unchecked_into();
    field.focus().expect("the focus");
    press(&field, "F6");
    assert_eq!(focused().as_deref(), Some("o1"));
    press(&screen.all(".offer")[0], "F6");
    assert_eq!(focused(), None);
    assert!(field.is_same_node(document().active_element().as_deref()));

    press(&field, "F6");
    screen.mirror.desk.set(with(vec![offer("o2")]));
    settled().await;
    drawn().await;
    assert_eq!(focused().as_deref(), Some("o2"));

    // The list stands before the composer; who was writing goes on writing.
    let list = document().create_element("section").expect("an element");
    list.set_id("conversations");
    screen.root.prepend_with_node_1(&list).expect("a place");
    field.set_class_name("composer-input");
    screen.mirror.desk.set(with(Vec::new()));
    settled().await;
    drawn().await;
    assert!(field.is_same_node(document().active_element().as_deref()));
}

#[wasm_bindgen_test]
async fn nothing_takes_the_focus_by_itself() {
    let screen = Screen::show(with(Vec::new())).await;
    let field = document().create_element("textarea").expect("an element");
    screen.root.append_child(&field).expect("a place");
    let field: HtmlElement = field.unchecked_into();
    field.focus().expect("the focus");
    screen.mirror.desk.set(with(vec![offer("o1")]));
    settled().await;
    screen.mirror.desk.set(with(Vec::new()));
    settled().await;
    assert!(field.is_same_node(document().active_element().as_deref()));
}

#[wasm_bindgen_test]
async fn several_can_be_accepted_at_once_and_more_than_five_are_counted() {
    let one = Screen::show(with(vec![offer("o1")])).await;
    assert!(!one.text().contains("Accept all"));
    drop(one);
    let offers = (1..=7).map(|at| offer(&format!("o{at}"))).collect();
    let screen = Screen::show(with(offers)).await;
    assert_eq!(screen.all(".offer").len(), 5);
    assert!(screen.text().contains("1–5 of 7"));
    screen.button("Accept all").click();
    assert_eq!(screen.take(), [Intent::AcceptAll]);
    let mut fewer = with((1..=3).map(|at| offer(&format!("o{at}"))).collect());
    fewer.fitting = 2;
    screen.mirror.desk.set(fewer);
    settled().await;
    screen.button("Accept the first 2").click();
    assert_eq!(screen.take(), [Intent::AcceptAll]);
}

#[wasm_bindgen_test]
async fn an_offer_is_announced_once() {
    let screen = Screen::show(with(vec![offer("o1")])).await;
    let region = screen.all("[role=status].visually-hidden")[0].clone();
    let heard = || region.text_content().unwrap_or_default();
    assert!(heard().starts_with("New chat from Vera in"), "{}", heard());
    screen.mirror.desk.set(with(vec![offer("o1"), offer("o2")]));
    settled().await;
    assert_eq!(heard().matches("New chat").count(), 1);
    screen.mirror.desk.set(with(Vec::new()));
    settled().await;
    assert_eq!(heard(), "");
}

#[wasm_bindgen_test]
async fn after_a_miss_it_is_said_what_and_one_key_leads_back() {
    let mut desk = with(Vec::new());
    let missed = MissedOffer {
        offer: OfferId::parse("o1").expect("an id"),
        conversation: ConversationId::parse("c1").expect("an id"),
        contact: vera(),
        channel: ChannelId::parse("support").expect("an id"),
    };
    desk.state = Some(OwnStateView {
        missed: Some(missed.clone()),
        ..state(Availability::Missed)
    });
    desk.notices = vec![DeskNotice {
        id: 1,
        kind: NoticeKind::Missed,
        offer: Some(missed.offer),
        conversation: None,
        contact: Some(vera()),
    }];
    let screen = Screen::show(desk).await;
    assert!(screen.text().contains("You missed the chat from Vera"));
    assert!(!screen.text().contains("Time ran out"), "it is said once");
    let back = Intent::SetState {
        availability: Availability::Available,
        reason: None,
    };
    let body = document().body().expect("a body");
    press(&body, "b");
    assert_eq!(screen.take(), std::slice::from_ref(&back));
    screen.all(".desk-back")[0]
        .unchecked_ref::<HtmlElement>()
        .click();
    assert_eq!(screen.take(), [back]);
    screen.mirror.desk.set(with(Vec::new()));
    settled().await;
    press(&body, "b");
    assert!(screen.take().is_empty());
}

#[wasm_bindgen_test]
async fn every_cause_has_its_own_words() {
    let notice = |id, kind| DeskNotice {
        id,
        kind,
        offer: None,
        conversation: ConversationId::parse("c1"),
        contact: Some(vera()),
    };
    let words = [
        (NoticeKind::Missed, "Time ran out"),
        (NoticeKind::Declined, "You declined the chat from Vera"),
        (NoticeKind::Withdrawn, "no longer needs an answer"),
        (
            NoticeKind::TakenBy(Some(agent("ben", "Ben"))),
            "Ben took the chat from Vera",
        ),
        (NoticeKind::TakenBy(None), "Somebody else took"),
        (NoticeKind::Disconnected, "You were disconnected"),
        (NoticeKind::Arrived, "It waits in the list"),
    ];
    for (kind, part) in words {
        let mut desk = with(Vec::new());
        desk.notices = vec![notice(7, kind.clone())];
        let screen = Screen::show(desk).await;
        assert!(screen.text().contains(part), "{part}: {}", screen.text());
        if kind != NoticeKind::Arrived {
            screen.button("Close").click();
            assert_eq!(screen.take(), [Intent::DismissNotice { id: 7 }]);
        }
    }
}
