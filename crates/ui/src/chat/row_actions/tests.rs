//! The bar of a message: where it is, what it offers, and that it asks before it deletes.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::{Actions, DeliveryState, Row};
use leptos::prelude::*;
use protocol::message::MessageKind;
use protocol::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlElement;

use crate::chat::{MeSide, MessageList};
use crate::i18n::Key;
use crate::tests::rows::{changed, message, own, timeline};
use crate::tests::stage::{Stage, element, is_shown, press, settled, stage};

fn mine(key: &str) -> Row {
    let row = own(key, MessageKind::Visitor, key, DeliveryState::Sent);
    changed(row, |row| {
        let now = js_sys::Date::now() as i64;
        row.actions = Actions {
            reply: true,
            change_until: Some(Timestamp(now + 60_000)),
            ..Actions::default()
        };
    })
}

fn theirs(key: &str) -> Row {
    changed(message(key, MessageKind::Agent, key), |row| {
        row.actions.reply = true;
    })
}

async fn list(rows: Vec<Row>) -> Stage {
    let stage = stage(|| {
        view! { <MessageList label=Key::WIDGET_LOG_LABEL me_side=MeSide::Visitor /> }
    })
    .await;
    stage.mirror.show_timeline(timeline(rows));
    settled().await;
    stage.asked();
    stage
}

fn row(stage: &Stage, key: &str) -> HtmlElement {
    stage.one(&format!("[data-key={key}]"))
}

fn point_at(target: &HtmlElement) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("pointerover", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// The names of the buttons one sees.
fn offered(stage: &Stage) -> Vec<String> {
    let buttons = stage.all(".row-actions button").into_iter();
    let shown = buttons.filter(|button| is_shown(button));
    shown
        .map(|button| {
            let label = button.get_attribute("aria-label");
            label.unwrap_or_else(|| button.text_content().unwrap_or_default())
        })
        .collect()
}

fn of_rows(stage: &Stage) -> Vec<Intent> {
    let mut asked = stage.asked();
    asked.retain(|intent| !matches!(intent, Intent::LookAtNewest { .. }));
    asked
}

#[test]
async fn what_can_be_done_goes_to_the_message_one_points_at() {
    let stage = list(vec![theirs("a"), mine("b")]).await;
    assert_eq!(stage.all(".row-actions").len(), 0);
    point_at(&row(&stage, "a"));
    assert!(
        row(&stage, "a")
            .query_selector(".row-actions")
            .unwrap()
            .is_some()
    );
    assert_eq!(offered(&stage), ["Reply"]);
    point_at(&row(&stage, "b"));
    assert_eq!(stage.all(".row-actions").len(), 1);
    assert_eq!(offered(&stage), ["Reply", "Edit", "Delete"]);
    stage.by_role("button", "Edit").click();
    assert_eq!(
        of_rows(&stage),
        [Intent::EditMessage {
            key: "b".to_owned()
        }]
    );
    assert_eq!(offered(&stage), [""; 0]);
    point_at(&row(&stage, "a"));
    stage.by_role("button", "Reply").click();
    assert_eq!(
        of_rows(&stage),
        [Intent::ReplyTo {
            key: "a".to_owned()
        }]
    );
}

#[test]
async fn what_is_too_old_is_not_offered_to_be_changed() {
    let old = changed(mine("a"), |row| {
        row.actions.change_until = Some(Timestamp(js_sys::Date::now() as i64 - 1));
    });
    let stage = list(vec![old]).await;
    point_at(&row(&stage, "a"));
    assert_eq!(offered(&stage), ["Reply"]);
}

#[test]
async fn deleting_is_asked_about_in_place_and_can_be_left_by_key() {
    let stage = list(vec![mine("a"), mine("b")]).await;
    point_at(&row(&stage, "a"));
    stage.by_role("button", "Delete").click();
    assert_eq!(offered(&stage), ["Delete", "Keep it"]);
    let keep = stage.by_role("button", "Keep it");
    assert_eq!(document().active_element().unwrap(), *keep);
    // Who is in it stays in it.
    point_at(&row(&stage, "b"));
    assert!(
        row(&stage, "a")
            .query_selector(".row-actions")
            .unwrap()
            .is_some()
    );
    assert!(!press(&keep, "Escape", |_| {}));
    assert_eq!(offered(&stage), [""; 0]);
    assert_eq!(document().active_element().unwrap(), *row(&stage, "a"));
    assert_eq!(of_rows(&stage), []);

    point_at(&row(&stage, "a"));
    assert_eq!(offered(&stage)[0], "Reply", "it asks anew");
    stage.by_role("button", "Delete").click();
    stage.by_role("button", "Delete").click();
    assert_eq!(
        of_rows(&stage),
        [Intent::DeleteMessage {
            key: "a".to_owned()
        }]
    );
}

#[test]
async fn keys_and_the_button_of_a_message_reach_the_same() {
    let stage = list(vec![theirs("a"), mine("b")]).await;
    row(&stage, "b").focus().unwrap();
    assert_eq!(offered(&stage), ["Reply", "Edit", "Delete"]);
    let sheet = element("style");
    sheet.set_text_content(Some(".message-more { display: inline-grid }"));
    stage.root.append_child(&sheet).unwrap();
    let more = row(&stage, "a").query_selector(".message-more").unwrap();
    let more: HtmlElement = wasm_bindgen::JsCast::unchecked_into(more.unwrap());
    assert_eq!(
        more.get_attribute("aria-label").unwrap(),
        "What to do with this message"
    );
    more.click();
    let first = stage.by_role("button", "Reply");
    assert_eq!(document().active_element().unwrap(), *first);
    assert_eq!(offered(&stage), ["Reply"]);
}

#[test]
async fn a_message_nothing_can_be_done_about_has_no_bar() {
    let row_of = message("a", MessageKind::Agent, "a");
    let stage = list(vec![row_of]).await;
    point_at(&row(&stage, "a"));
    assert_eq!(offered(&stage), [""; 0]);
    assert!(!is_shown(&stage.one(".message-more")));
}
