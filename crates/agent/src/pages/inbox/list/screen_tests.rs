//! The list on a real screen, asked for by role and name.

use client_core::view::{DeskView, OwnStateView, RosterRow, RosterView};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos_router::components::Router;
use protocol::agent::Availability;
use protocol::author::AgentRef;
use protocol::conversation::{LiveStatus, Participant, ParticipantRole, Preview};
use protocol::ids::AgentId;
use protocol::message::{MessageKind, SystemEvent, SystemEventKind};
use protocol::time::Timestamp;
use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::i18n::{Catalogue, provide_catalogue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::ConversationList;
use super::tests::{call, calling, row, under};
use crate::browser::preferences::Choice;
use crate::client::Client;
use crate::pages::inbox::place::Place;

const ENGLISH: &str = include_str!("../../../../../../public/locales/en.json");

fn agent(id: &str, name: &str) -> AgentRef {
    AgentRef {
        id: AgentId::parse(id).expect("an id"),
        name: name.to_owned(),
    }
}

/// The list of Ana, alone on the page.
struct Screen {
    root: HtmlElement,
    mirror: Mirror,
    _mounted: Box<dyn std::any::Any>,
}

impl Screen {
    fn show(roster: RosterView) -> Self {
        // An earlier screen may have left another tab.
        Choice::Tab.forget();
        let root = document().create_element("div").expect("an element");
        let root: HtmlElement = root.unchecked_into();
        let body = document().body().expect("a body");
        body.append_child(&root).expect("a place");
        let (send, receive) = std::sync::mpsc::channel();
        let mounted = mount_to(root.clone(), move || {
            provide_catalogue(Catalogue::parse("en", ENGLISH).expect("texts"));
            let mirror = Mirror::new();
            mirror.roster.set(roster.clone());
            provide_bridge(mirror, Handle::new(|_| {}));
            provide_context(Client::without_core(agent("ana", "Ana")));
            send.send(mirror).expect("somebody who waits");
            view! { <Router><Stage /></Router> }
        });
        Self {
            root,
            mirror: receive.try_recv().expect("a mirror"),
            _mounted: Box::new(mounted),
        }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at))
            .map(|node| node.unchecked_into())
            .collect()
    }

    fn rows(&self) -> Vec<String> {
        let rows = self.all("[data-conversation]");
        let id = |row: &Element| row.get_attribute("data-conversation");
        rows.iter().filter_map(id).collect()
    }

    fn tab(&self, name: &str) -> HtmlElement {
        let tabs = self.all("[role=tab]");
        let named = |tab: &&Element| tab.text_content().unwrap_or_default().starts_with(name);
        let tab = tabs.iter().find(named).expect("the tab");
        tab.clone().unchecked_into()
    }

    fn press(&self, on: &str, key: &str) {
        let options = web_sys::KeyboardEventInit::new();
        options.set_key(key);
        options.set_bubbles(true);
        let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options);
        let target = &self.all(on)[0];
        target
            .dispatch_event(&event.expect("an event"))
            .expect("a target");
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
    view! { <ConversationList /> }
}

async fn settled() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

fn roster(rows: Vec<RosterRow>) -> RosterView {
    super::tests::roster(vec![under("Support", rows)])
}

/// The same with calls for help.
fn roster_with(calls: Vec<RosterRow>, rows: Vec<RosterRow>) -> RosterView {
    super::tests::roster(vec![calling(calls), under("Support", rows)])
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

/// A desk at so many milliseconds.
fn desk_at(time: i64) -> DeskView {
    DeskView {
        state: Some(OwnStateView {
            availability: Availability::Available,
            reason: None,
            is_pending: false,
            seconds: Some(0),
            missed: None,
        }),
        time: Timestamp(time),
        ..DeskView::default()
    }
}

fn label(element: &Element) -> Option<String> {
    element.get_attribute("aria-label")
}

#[wasm_bindgen_test]
async fn a_tab_shows_its_rows_and_says_when_there_are_none() {
    let screen = Screen::show(roster(vec![row("a", false, true), row("b", false, false)]));
    settled().await;
    assert_eq!(screen.rows(), ["a", "b"]);
    screen.tab("Unassigned").click();
    settled().await;
    assert_eq!(screen.rows(), ["a"]);
    assert_eq!(
        screen.tab("Unassigned").text_content().as_deref(),
        Some("Unassigned1")
    );
    screen.tab("Mine").click();
    settled().await;
    assert!(screen.rows().is_empty());
    let said = screen.all(".empty-state-title")[0].text_content();
    assert_eq!(said.as_deref(), Some("You answer no conversation"));
    screen.tab("All").click();
}

#[wasm_bindgen_test]
async fn a_row_says_who_what_and_how_much_waits() {
    let mut taken = row("a", false, false);
    taken.summary.unread = 2;
    taken.summary.participants = vec![Participant {
        agent: agent("ben", "Ben"),
        role: ParticipantRole::Owner,
    }];
    taken.summary.preview = Some(Preview {
        kind: MessageKind::System,
        text: String::new(),
        event: Some(SystemEvent {
            kind: SystemEventKind::ConversationTaken,
            agent: Some(agent("ben", "Ben")),
        }),
        attachment: None,
        deleted_at: None,
    });
    let screen = Screen::show(roster(vec![taken]));
    settled().await;
    let told = screen.all("[data-conversation]")[0]
        .text_content()
        .unwrap_or_default();
    assert!(told.contains("Visitor TACT"), "{told}");
    assert!(told.contains("Ben took the conversation"), "{told}");
    assert!(told.contains("2 unread messages"), "{told}");
    let owner = screen.all(".list-row-owner")[0].get_attribute("aria-label");
    assert_eq!(owner.as_deref(), Some("Ben answers"));
}

#[wasm_bindgen_test]
async fn a_row_that_changes_keeps_its_element() {
    let screen = Screen::show(roster(vec![row("a", false, true), row("b", false, true)]));
    settled().await;
    let before = screen.all("[data-conversation=a]").remove(0);
    let mut changed = row("a", true, false);
    changed.summary.unread = 1;
    screen
        .mirror
        .roster
        .set(roster(vec![row("b", false, true), changed]));
    settled().await;
    assert_eq!(screen.rows(), ["b", "a"]);
    let after = screen.all("[data-conversation=a]").remove(0);
    assert!(before.is_same_node(Some(&after)));
    assert!(after.has_attribute("data-unread"));
}

#[wasm_bindgen_test]
async fn the_arrow_keys_move_the_one_tab_stop() {
    let screen = Screen::show(roster(vec![row("a", false, true), row("b", false, true)]));
    settled().await;
    let stop = |screen: &Screen| {
        let rows = screen.all("[data-conversation][tabindex='0']");
        assert_eq!(rows.len(), 1);
        rows[0].get_attribute("data-conversation")
    };
    assert_eq!(stop(&screen).as_deref(), Some("a"));
    let first: HtmlElement = screen
        .all("[data-conversation=a]")
        .remove(0)
        .unchecked_into();
    first.focus().expect("the focus");
    screen.press("[data-conversation=a]", "ArrowDown");
    settled().await;
    assert_eq!(stop(&screen).as_deref(), Some("b"));
    screen.press("[data-conversation=b]", "ArrowDown");
    settled().await;
    assert_eq!(stop(&screen).as_deref(), Some("b"));
}

#[wasm_bindgen_test]
async fn calls_for_help_stand_above_the_channels_with_where_and_how_long() {
    let mut own = call("b", 1_000);
    own.summary.help.as_mut().expect("a call").own_expertise = true;
    let screen = Screen::show(roster_with(
        vec![call("a", 0), own],
        vec![row("c", true, false)],
    ));
    screen.mirror.desk.set(desk_at(46_000));
    settled().await;
    assert_eq!(screen.rows(), ["a", "b", "c"]);
    let heading = &screen.all("h3")[0];
    assert_eq!(heading.text_content().as_deref(), Some("Looking for help"));
    let group = heading.closest("[role=group]").ok().flatten();
    let group = group.expect("its group");
    assert_eq!(
        group.get_attribute("aria-labelledby"),
        heading.get_attribute("id")
    );
    assert_eq!(screen.all("h3 > svg").len(), 1);
    let calling = &screen.all("[data-conversation=a]")[0];
    assert_eq!(
        calling.get_attribute("data-live-status").as_deref(),
        Some("looking_for_help")
    );
    let told = calling.text_content().unwrap_or_default();
    assert!(told.contains("press"), "{told}");
    let wanted = screen.all("[data-conversation=a] .list-row-wanted");
    assert_eq!(label(&wanted[0]).as_deref(), Some("Help wanted for 46 sec"));
    let stars = screen.all(".list-row-line:not([hidden]) > .list-row-star:not([hidden])");
    let in_call = |star: &Element| star.closest("[data-conversation=b]").ok().flatten();
    let in_calls: Vec<_> = stars.iter().filter_map(in_call).collect();
    assert_eq!(in_calls.len(), 1);
    assert_eq!(label(&stars[0]).as_deref(), Some("Your expertise"));
    // What is counted goes on.
    screen.mirror.desk.set(desk_at(120_000));
    settled().await;
    assert_eq!(label(&wanted[0]).as_deref(), Some("Help wanted for 2 min"));
}

#[wasm_bindgen_test]
async fn calls_for_help_are_on_every_tab() {
    let screen = Screen::show(roster_with(
        vec![call("a", 0)],
        vec![row("b", false, false)],
    ));
    for tab in ["Mine", "Unassigned"] {
        screen.tab(tab).click();
        settled().await;
        assert_eq!(screen.rows(), ["a"], "{tab}");
    }
    screen.tab("All").click();
}

#[wasm_bindgen_test]
async fn a_row_that_waits_for_the_customer_says_so() {
    let mut awaiting = row("a", true, false);
    awaiting.summary.live_status = Some(LiveStatus::WaitingForCustomer);
    let mut running = row("b", true, false);
    running.summary.live_status = Some(LiveStatus::InProgress);
    let over = row("c", false, false);
    let screen = Screen::show(roster(vec![awaiting, running, over]));
    settled().await;
    let shown = screen.all(".list-row-awaiting:not([hidden])");
    assert_eq!(shown.len(), 1);
    assert_eq!(label(&shown[0]).as_deref(), Some("Waiting for customer"));
    assert_eq!(
        shown[0].closest("[data-live-status]").ok().flatten(),
        screen.all("[data-conversation=a]").first().cloned()
    );
    let status = |row: &Element| row.get_attribute("data-live-status");
    let statuses: Vec<_> = screen
        .all("[data-conversation]")
        .iter()
        .map(status)
        .collect();
    assert_eq!(
        statuses,
        [
            Some("waiting_for_customer".to_owned()),
            Some("in_progress".to_owned()),
            None
        ]
    );
    assert!(
        screen.all(".list-row-wanted")[0]
            .closest("[hidden]")
            .ok()
            .flatten()
            .is_some()
    );
}

#[wasm_bindgen_test]
async fn a_row_with_the_focus_keeps_it_under_another_heading() {
    let screen = Screen::show(roster(vec![row("a", true, false), row("b", true, false)]));
    settled().await;
    let row_a: HtmlElement = screen
        .all("[data-conversation=a]")
        .remove(0)
        .unchecked_into();
    row_a.focus().expect("the focus");
    settled().await;
    let calls = roster_with(vec![call("a", 0)], vec![row("b", true, false)]);
    screen.mirror.roster.set(calls);
    settled().await;
    drawn().await;
    let active = document().active_element().expect("a focus");
    assert_eq!(
        active.get_attribute("data-conversation").as_deref(),
        Some("a")
    );
}
