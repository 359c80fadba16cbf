//! Files looked at: opened, left, gone through, magnified, and lost while one looks.
#![cfg(target_arch = "wasm32")]

use client_core::view::{AttachmentView, FileState, Row};
use leptos::prelude::*;
use protocol::attachment::AttachmentKind;
use protocol::ids::ConversationId;
use protocol::message::MessageKind;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, PointerEvent, PointerEventInit};

use crate::chat::{MeSide, MessageList};
use crate::i18n::{Catalogue, Key};
use crate::tests::rows::{changed, message, timeline};
use crate::tests::stage::{SPANISH, Stage, element, press, settled, stage};

/// A picture of 1600 by 800 that needs no network.
const PICTURE: &str =
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='1600' height='800'/>";
/// Nothing that could be shown.
const BROKEN: &str = "data:image/png,nothing";

fn with(key: &str, kind: AttachmentKind, url: &str) -> Row {
    changed(message(key, MessageKind::Agent, ""), |row| {
        row.attachments = vec![AttachmentView {
            key: format!("file-{key}"),
            name: format!("{key}.x"),
            size: 3_565_158,
            kind,
            dimensions: (kind == AttachmentKind::Image).then_some((1600, 800)),
            voice: None,
            url: Some(url.to_owned()),
            thumbnail_url: None,
            state: FileState::There,
        }];
    })
}

fn picture(key: &str) -> Row {
    with(key, AttachmentKind::Image, PICTURE)
}

/// A list with these rows, under the viewer's own sheet.
async fn list(rows: Vec<Row>) -> Stage {
    let stage = stage(|| {
        view! { <MessageList label=Key::WIDGET_LOG_LABEL me_side=MeSide::Visitor /> }
    })
    .await;
    let sheet = element("style");
    // As the sheet's reset has it.
    let reset = "[hidden] { display: none !important }";
    sheet.set_text_content(Some(&[reset, include_str!("viewer.css")].concat()));
    stage.root.append_child(&sheet).unwrap();
    show(&stage, rows).await;
    stage
}

async fn show(stage: &Stage, rows: Vec<Row>) {
    stage.mirror.show_timeline(timeline(rows));
    settled().await;
}

async fn open(stage: &Stage, key: &str) {
    stage.one(&format!("[data-view=file-{key}]")).click();
    settled().await;
}

/// Waits until what is looked at has come, or has failed.
async fn told(stage: &Stage, state: &str) {
    let wanted = format!(".viewer-file[data-state={state}]");
    for _ in 0..300 {
        if !stage.all(&wanted).is_empty() {
            return settled().await;
        }
        settled().await;
    }
    panic!("not {state}: {}", stage.one("dialog").outer_html());
}

fn position(stage: &Stage) -> String {
    stage.one("[part~=viewer-position]").inner_text()
}

fn place(stage: &Stage) -> HtmlElement {
    stage.one("[part~=viewer-stage]")
}

fn style(stage: &Stage) -> String {
    let style = stage.one(".viewer-image").get_attribute("style");
    style.unwrap_or_default()
}

async fn key(stage: &Stage, key: &str) {
    press(&place(stage), key, |_| {});
    settled().await;
}

fn active() -> web_sys::Element {
    document().active_element().unwrap()
}

#[test]
async fn a_press_opens_the_file_and_escape_gives_the_keyboard_back() {
    let stage = list(vec![picture("a")]).await;
    let link = stage.by_role("link", "Open a.x");
    assert_eq!(link.get_attribute("aria-haspopup").unwrap(), "dialog");
    link.focus().unwrap();
    link.click();
    settled().await;
    let dialog = stage.one("dialog");
    assert!(dialog.has_attribute("open"));
    assert!(dialog.matches(":modal").unwrap());
    assert_eq!(dialog.get_attribute("aria-label").unwrap(), "a.x");
    assert_eq!(active(), *place(&stage));
    let about = stage.one("[part~=viewer-about]").inner_text();
    assert_eq!(about, "Ana · 3.4 MB");
    assert_eq!(position(&stage), "", "there is one alone");
    assert!(!press(&place(&stage), "Escape", |_| {}), "it is taken");
    assert!(stage.all("dialog").is_empty());
    assert_eq!(active(), *link);
}

#[test]
async fn a_press_for_another_tab_is_left_to_the_browser() {
    let stage = list(vec![picture("a")]).await;
    let init = web_sys::MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_ctrl_key(true);
    let click = web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap();
    // So that this browser opens nothing either.
    let link = stage.one("[data-view]");
    link.remove_attribute("href").unwrap();
    assert!(link.dispatch_event(&click).unwrap());
    assert!(stage.all("dialog").is_empty());
}

#[test]
async fn keys_and_buttons_go_through_what_can_be_looked_at() {
    let rows = vec![
        picture("a"),
        with("b", AttachmentKind::File, BROKEN),
        with("c", AttachmentKind::Video, BROKEN),
        picture("d"),
    ];
    let stage = list(rows).await;
    open(&stage, "a").await;
    assert_eq!(position(&stage), "1 of 3");
    let back = stage.by_role("button", "Previous file");
    assert_eq!(back.get_attribute("aria-disabled").unwrap(), "true");
    key(&stage, "ArrowRight").await;
    assert_eq!(position(&stage), "2 of 3");
    assert!(stage.one(".viewer-stage video").has_attribute("controls"));
    assert!(stage.one("[part~=viewer-zoom]").hidden());
    stage.by_role("button", "Next file").click();
    settled().await;
    assert_eq!(position(&stage), "3 of 3");
    assert_eq!(
        stage.one("dialog").get_attribute("aria-label").unwrap(),
        "d.x"
    );
    let said = stage.by_role("status", "d.x, 3 of 3");
    key(&stage, "PageDown").await;
    assert_eq!(position(&stage), "3 of 3");
    key(&stage, "Home").await;
    assert_eq!(said.inner_text(), "a.x, 1 of 3");
    stage.by_role("button", "Close").click();
    assert_eq!(active(), *stage.one("[data-view=file-a]"));
}

#[test]
async fn tab_goes_round_inside() {
    let stage = list(vec![picture("a"), picture("b")]).await;
    open(&stage, "a").await;
    let next = stage.by_role("button", "Next file");
    next.focus().unwrap();
    assert!(!press(&next, "Tab", |_| {}));
    let first = stage.by_role("button", "Zoom out");
    assert_eq!(active(), *first);
    assert!(!press(&first, "Tab", |init| init.set_shift_key(true)));
    assert_eq!(active(), *next);
    assert!(
        press(&place(&stage), "Tab", |_| {}),
        "the browser's own way"
    );
}

#[test]
async fn a_picture_is_magnified_within_limits() {
    let stage = list(vec![picture("a"), picture("b")]).await;
    open(&stage, "a").await;
    told(&stage, "ready").await;
    let share = stage.one("[part~=viewer-share]");
    let fitted = share.inner_text();
    assert!(fitted.ends_with('%') && fitted != "100%", "{fitted}");
    stage.by_role("button", "Actual size").click();
    settled().await;
    assert_eq!(share.inner_text(), "100%");
    for _ in 0..9 {
        key(&stage, "+").await;
    }
    assert!(
        style(&stage).contains("--viewer-zoom: 8;"),
        "{}",
        style(&stage)
    );
    let more = stage.by_role("button", "Zoom in");
    assert_eq!(more.get_attribute("aria-disabled").unwrap(), "true");
    key(&stage, "ArrowRight").await;
    assert!(
        style(&stage).contains("--viewer-x: -80;"),
        "{}",
        style(&stage)
    );
    assert_eq!(position(&stage), "1 of 2", "arrows move the picture");
    stage.by_role("button", "Fit to screen").click();
    settled().await;
    assert_eq!(share.inner_text(), fitted);
    key(&stage, "-").await;
    assert_eq!(share.inner_text(), fitted);
    assert!(!place(&stage).has_attribute("data-zoomed"));
}

fn point(stage: &Stage, kind: &str, touch: i32, x: i32, y: i32) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_pointer_id(touch);
    init.set_pointer_type("touch");
    init.set_client_x(x);
    init.set_client_y(y);
    let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
    place(stage).dispatch_event(&event).unwrap();
}

#[test]
async fn fingers_swipe_pinch_and_drag() {
    let stage = list(vec![picture("a"), picture("b")]).await;
    open(&stage, "a").await;
    told(&stage, "ready").await;
    for (kind, x) in [
        ("pointerdown", 200),
        ("pointermove", 120),
        ("pointerup", 100),
    ] {
        point(&stage, kind, 1, x, 100);
    }
    settled().await;
    assert_eq!(position(&stage), "2 of 2");
    told(&stage, "ready").await;
    point(&stage, "pointerdown", 1, 100, 100);
    point(&stage, "pointerdown", 2, 200, 100);
    point(&stage, "pointermove", 2, 300, 100);
    assert!(
        style(&stage).contains("--viewer-zoom: 2;"),
        "{}",
        style(&stage)
    );
    point(&stage, "pointerup", 2, 300, 100);
    let before = style(&stage);
    point(&stage, "pointermove", 1, 90, 100);
    assert_ne!(style(&stage), before, "the finger that is left drags");
    point(&stage, "pointerup", 1, 90, 100);
    settled().await;
    assert_eq!(position(&stage), "2 of 2");
    // Twice on the same place.
    for _ in 0..2 {
        point(&stage, "pointerdown", 1, 100, 100);
        point(&stage, "pointerup", 1, 100, 100);
    }
    assert!(
        style(&stage).contains("--viewer-zoom: 1;"),
        "{}",
        style(&stage)
    );
}

#[test]
async fn nothing_stays_of_a_file_that_is_deleted() {
    let stage = list(vec![picture("a"), picture("b"), picture("c")]).await;
    open(&stage, "b").await;
    told(&stage, "ready").await;
    let gone = changed(message("b", MessageKind::Agent, ""), |row| {
        row.deleted = true;
    });
    show(&stage, vec![picture("a"), gone, picture("c")]).await;
    assert!(stage.all("dialog img").is_empty());
    let dialog = stage.one("dialog");
    assert!(!dialog.outer_html().contains("b.x"));
    assert_eq!(
        stage.one(".viewer-gone").inner_text(),
        "This file is no longer here."
    );
    key(&stage, "ArrowRight").await;
    assert_eq!(position(&stage), "2 of 2");
    assert_eq!(dialog.get_attribute("aria-label").unwrap(), "c.x");
    stage.by_role("button", "Close").click();
    assert_eq!(active(), *stage.one("[role=log]"), "its row's link is gone");
}

#[test]
async fn it_goes_with_its_conversation_and_with_its_panel() {
    let stage = list(vec![picture("a")]).await;
    open(&stage, "a").await;
    let mut other = timeline(vec![picture("a")]);
    other.conversation = ConversationId::parse("c2");
    stage.mirror.show_timeline(other);
    settled().await;
    assert!(stage.all("dialog").is_empty());
    open(&stage, "a").await;
    stage.root.set_hidden(true);
    settled().await;
    assert!(stage.all("dialog").is_empty());
}

#[test]
async fn what_fails_can_be_tried_again_and_is_when_its_address_is_renewed() {
    let stage = list(vec![with("a", AttachmentKind::Image, BROKEN)]).await;
    open(&stage, "a").await;
    told(&stage, "failed").await;
    let again = stage.by_role("button", "Try again");
    again.focus().unwrap();
    again.click();
    assert_eq!(active(), *place(&stage));
    told(&stage, "failed").await;
    show(&stage, vec![picture("a")]).await;
    told(&stage, "ready").await;
    assert!(stage.all("[part~=viewer-problem]").is_empty());
}

#[test]
async fn it_speaks_the_language_that_is_chosen_meanwhile() {
    let stage = list(vec![picture("a"), picture("b")]).await;
    open(&stage, "a").await;
    stage
        .catalogue
        .set(Catalogue::parse("es", SPANISH).unwrap());
    settled().await;
    assert_eq!(position(&stage), "1 de 2");
    stage.by_role("button", "Acercar");
    stage.by_role("button", "Tamaño real");
    // The same texts as if they were read from right to left.
    stage
        .catalogue
        .set(Catalogue::parse("ar", SPANISH).unwrap());
    settled().await;
    key(&stage, "ArrowLeft").await;
    assert_eq!(
        stage.one("dialog").get_attribute("aria-label").unwrap(),
        "b.x"
    );
}
