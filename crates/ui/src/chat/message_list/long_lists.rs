//! Lists that are too long to be drawn whole: what is drawn, and that nothing in view moves.
#![cfg(target_arch = "wasm32")]

use std::collections::HashSet;

use client_core::Intent;
use client_core::view::{DeliveryState, Row};
use leptos::prelude::document;
use protocol::message::MessageKind;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{Element, HtmlElement};

use super::tests::{below, give_room, list, log, many, seeking, show};
use crate::chat::MeSide;
use crate::tests::rows::{message, own, timeline};
use crate::tests::stage::{Stage, press, settled};

/// Messages of one to nine lines.
fn uneven(from: usize, to: usize) -> Vec<Row> {
    let row = |at: usize| {
        let text = "a line of text\n".repeat(1 + at * 7 % 9);
        message(&at.to_string(), MessageKind::Agent, text.trim_end())
    };
    (from..to).map(row).collect()
}

fn rows(stage: &Stage) -> Vec<Element> {
    stage
        .all("[data-key]")
        .into_iter()
        .map(Into::into)
        .collect()
}

fn key(row: &Element) -> usize {
    row.get_attribute("data-key").unwrap().parse().unwrap()
}

/// The first message that can be seen, and where it stands in the list.
fn first_in_view(stage: &Stage) -> (Element, f64) {
    let top = log(stage).get_bounding_client_rect().top();
    let mut all = rows(stage).into_iter();
    let first = all.find(|row| row.get_bounding_client_rect().bottom() > top + 1.0);
    let first = first.expect("something is in view");
    let place = place(stage, &first);
    (first, place)
}

/// How far a message is below the list's edge. The page around the list may move.
fn place(stage: &Stage, row: &Element) -> f64 {
    row.get_bounding_client_rect().top() - log(stage).get_bounding_client_rect().top()
}

/// Rows follow each other without a hole, and cover what is in view.
fn expect_covered(stage: &Stage) {
    let all = rows(stage);
    let keys: Vec<usize> = all.iter().map(key).collect();
    assert!(keys.windows(2).all(|two| two[1] == two[0] + 1), "{keys:?}");
    let view = log(stage).get_bounding_client_rect();
    let (first, last) = (&all[0], all.last().unwrap());
    let (top, bottom) = (
        first.get_bounding_client_rect().top(),
        last.get_bounding_client_rect().bottom(),
    );
    assert!(top <= view.top() || key(first) == 0, "nothing above {top}");
    assert!(
        bottom >= view.bottom() || below(stage) <= 40,
        "nothing below {bottom}"
    );
}

async fn scroll_to(stage: &Stage, top: i32) {
    log(stage).set_scroll_top(top);
    settled().await;
}

async fn long(rows: Vec<Row>) -> Stage {
    let stage = list(MeSide::Agent).await;
    give_room(&stage).await;
    show(&stage, timeline(rows)).await;
    settled().await;
    stage
}

#[test]
async fn of_a_long_list_only_what_is_near_is_drawn() {
    let stage = long(uneven(0, 1000)).await;
    assert_eq!(below(&stage), 0);
    let drawn = rows(&stage);
    assert!(drawn.len() < 100, "{} rows", drawn.len());
    assert_eq!(key(drawn.last().unwrap()), 999);
    assert!(log(&stage).scroll_height() > 40_000);
    scroll_to(&stage, 0).await;
    assert_eq!(key(&rows(&stage)[0]), 0);
    expect_covered(&stage);
    let middle = log(&stage).scroll_height() / 2;
    scroll_to(&stage, middle).await;
    expect_covered(&stage);
    stage.by_role("button", "Jump to newest").click();
    settled().await;
    settled().await;
    assert_eq!(below(&stage), 0);
    expect_covered(&stage);
}

#[test]
async fn nothing_in_view_moves_while_one_scrolls_up_through_all() {
    let stage = long(uneven(0, 400)).await;
    let mut seen = HashSet::new();
    let mut steps = 0;
    while log(&stage).scroll_top() > 0 {
        let (row, before) = first_in_view(&stage);
        let by = 150.min(log(&stage).scroll_top());
        scroll_to(&stage, log(&stage).scroll_top() - by).await;
        expect_covered(&stage);
        let moved = place(&stage, &row) - before;
        // The last step ends at the top, wherever guesses had put that.
        assert!(
            (moved - f64::from(by)).abs() < 2.0,
            "{moved} instead of {by}"
        );
        seen.extend(rows(&stage).iter().map(key));
        steps += 1;
        assert!(steps < 2000);
    }
    assert_eq!(seen.len(), 400);
}

#[test]
async fn what_comes_above_and_below_moves_nothing() {
    let stage = long(uneven(300, 600)).await;
    scroll_to(&stage, 1200).await;
    let (row, before) = first_in_view(&stage);
    let stays = |what: &str| {
        assert!(row.is_connected(), "{what}");
        let moved = place(&stage, &row) - before;
        assert!(moved.abs() < 1.0, "{what}: moved by {moved}");
    };
    show(&stage, timeline(uneven(100, 600))).await;
    settled().await;
    stays("older ones came");
    show(&stage, timeline(uneven(100, 640))).await;
    settled().await;
    stays("new ones came");
    expect_covered(&stage);
}

#[test]
async fn ones_own_new_message_is_shown_from_far_above() {
    let stage = long(uneven(0, 500)).await;
    scroll_to(&stage, 0).await;
    scroll_to(&stage, 2500).await;
    let mut rows = uneven(0, 500);
    let kind = MessageKind::Visitor;
    rows.push(own("500", kind, "hi", DeliveryState::Sending));
    show(&stage, timeline(rows)).await;
    settled().await;
    settled().await;
    assert_eq!(below(&stage), 0);
    assert_eq!(key(self::rows(&stage).last().unwrap()), 500);
    expect_covered(&stage);
}

#[test]
async fn a_list_that_grows_long_keeps_what_is_in_view() {
    let stage = long(uneven(200, 300)).await;
    scroll_to(&stage, 900).await;
    let (row, before) = first_in_view(&stage);
    show(&stage, timeline(uneven(0, 300))).await;
    settled().await;
    assert!(row.is_connected());
    let moved = place(&stage, &row) - before;
    assert!(moved.abs() < 1.0, "moved by {moved}");
    assert!(rows(&stage).len() < 160);
    // And a short one is drawn whole again.
    show(&stage, timeline(many(0, 2))).await;
    settled().await;
    assert_eq!(rows(&stage).len(), 2);
    assert_eq!(log(&stage).scroll_height(), log(&stage).client_height());
}

#[test]
async fn older_messages_are_asked_for_before_the_top_is_reached() {
    let stage = list(MeSide::Agent).await;
    give_room(&stage).await;
    let mut view = timeline(uneven(0, 200));
    view.has_older = true;
    show(&stage, view).await;
    stage.asked();
    scroll_to(&stage, 2000).await;
    assert!(!stage.asked().contains(&Intent::LoadOlder));
    scroll_to(&stage, 700).await;
    assert!(stage.asked().contains(&Intent::LoadOlder));
}

#[test]
async fn a_message_far_away_is_drawn_when_it_is_looked_for() {
    let stage = long(uneven(0, 1000)).await;
    show(&stage, seeking("500", uneven(0, 1000))).await;
    settled().await;
    let row = stage.one("[data-key='500']");
    let (view, place) = (
        log(&stage).get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    assert!(place.top() < view.bottom() && place.bottom() > view.top());
    assert_eq!(focused(), row);
    expect_covered(&stage);
}

#[test]
async fn keys_lead_to_messages_that_are_not_drawn_yet() {
    let stage = long(uneven(0, 500)).await;
    log(&stage).focus().unwrap();
    press(&log(&stage), "ArrowUp", |_| {});
    assert_eq!(key(&focused()), 499);
    for expected in (380..499).rev() {
        press(&focused(), "ArrowUp", |_| {});
        assert_eq!(key(&focused()), expected);
        settled().await;
    }
    press(&focused(), "Home", |_| {});
    settled().await;
    assert_eq!(key(&focused()), 0);
    expect_covered(&stage);
    press(&focused(), "End", |_| {});
    settled().await;
    assert_eq!(key(&focused()), 499);
    expect_covered(&stage);
}

#[test]
async fn the_focus_stays_while_its_message_is_scrolled_away() {
    let stage = long(uneven(0, 500)).await;
    press(&log(&stage), "ArrowUp", |_| {});
    let row = focused();
    let end = log(&stage).scroll_top();
    scroll_to(&stage, end - 6000).await;
    assert!(row.is_connected());
    assert_eq!(focused(), row);
    expect_covered(&stage);
}

fn focused() -> HtmlElement {
    document().active_element().unwrap().unchecked_into()
}
