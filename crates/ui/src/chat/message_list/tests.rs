//! The message list: what stays, what moves, and what is shown of a message.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::{DeliveryState, Found, QuoteView, Row, Segment, TimelineView};
use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::ids::MessageId;
use protocol::message::{MessageKind, SystemEventKind};
#[cfg(feature = "agent")]
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{MeSide, MessageList};
use crate::i18n::{Catalogue, Key};
use crate::tests::rows::{changed, message, own, system, timeline};
use crate::tests::stage::{SPANISH, Stage, element, press, settled, stage, text_of};

pub(super) async fn list(me_side: MeSide) -> Stage {
    stage(move || view! { <MessageList label=Key::WIDGET_LOG_LABEL me_side /> }).await
}

pub(super) async fn show(stage: &Stage, view: TimelineView) {
    stage.mirror.show_timeline(view);
    settled().await;
}

/// Gives the list the room and the sheet it has on a screen.
pub(super) async fn give_room(stage: &Stage) {
    let sheet = element("style");
    sheet.set_text_content(Some(include_str!("message_list.css")));
    stage.root.append_child(&sheet).unwrap();
    let style = "display: flex; block-size: 200px; inline-size: 300px; font: 16px/20px monospace";
    stage.root.set_attribute("style", style).unwrap();
    settled().await;
}

pub(super) fn many(from: usize, to: usize) -> Vec<Row> {
    let row = |at: usize| message(&at.to_string(), MessageKind::Agent, "text");
    (from..to).map(row).collect()
}

/// These rows, when one of them was looked for.
pub(super) fn seeking(key: &str, rows: Vec<Row>) -> TimelineView {
    TimelineView {
        found: Some(Found {
            key: key.to_owned(),
            count: 1,
        }),
        ..timeline(rows)
    }
}

pub(super) fn log(stage: &Stage) -> web_sys::HtmlElement {
    stage.by_role("log", "Conversation")
}

pub(super) fn below(stage: &Stage) -> i32 {
    let log = log(stage);
    log.scroll_height() - log.scroll_top() - log.client_height()
}

#[test]
async fn a_row_keeps_its_node_when_the_echo_becomes_a_message() {
    let stage = list(MeSide::Visitor).await;
    let kind = MessageKind::Visitor;
    show(
        &stage,
        timeline(vec![own("k", kind, "hi", DeliveryState::Sending)]),
    )
    .await;
    let echo = stage.one("[data-kind]");
    let text = stage.one(".message-text");
    assert_eq!(echo.get_attribute("data-state").unwrap(), "sending");
    let posted = vec![
        message("new", MessageKind::Agent, "before it"),
        own("k", kind, "hi", DeliveryState::Sent),
    ];
    show(&stage, timeline(posted)).await;
    assert!(echo.is_connected() && text.is_connected());
    assert_eq!(echo.get_attribute("data-state").unwrap(), "sent");
    assert_eq!(stage.all("[data-kind]")[1], echo);
}

#[test]
async fn only_the_changed_row_is_drawn_again() {
    let stage = list(MeSide::Visitor).await;
    show(&stage, timeline(many(0, 3))).await;
    let orders = RwSignal::new(0);
    Effect::new(move |_| {
        stage.mirror.order.track();
        orders.update_untracked(|times| *times += 1);
    });
    settled().await;
    let mut rows = many(0, 3);
    rows[1] = message("1", MessageKind::Agent, "edited");
    show(&stage, timeline(rows)).await;
    assert_eq!(orders.get_untracked(), 1, "the order did not change");
    assert_eq!(text_of(&stage.all(".message-text")[1]), "edited");
}

#[test]
async fn kinds_say_what_they_are_and_stand_on_the_side_of_their_screen() {
    let rows = vec![
        message("v", MessageKind::Visitor, "a"),
        message("a", MessageKind::Agent, "b"),
        message("b", MessageKind::Automated, "c"),
        system("s", SystemEventKind::AgentJoined),
    ];
    for (me_side, sides) in [
        (MeSide::Agent, ["start", "end", "end"]),
        (MeSide::Visitor, ["end", "start", "start"]),
    ] {
        let stage = list(me_side).await;
        show(&stage, timeline(rows.clone())).await;
        let shown = stage.all("[data-kind]");
        let kinds: Vec<String> = shown
            .iter()
            .filter_map(|row| row.get_attribute("data-kind"))
            .collect();
        assert_eq!(kinds, ["visitor", "agent", "automated", "system"]);
        for (row, side) in shown.iter().zip(sides) {
            assert_eq!(row.get_attribute("data-side").unwrap(), side);
        }
        assert!(
            stage
                .find("article", "Automated message from Robot")
                .is_some()
        );
        assert!(stage.find("article", "Message from Ana").is_some());
        assert_eq!(
            text_of(&stage.one(".system-line-text")).trim(),
            "Ana joined the conversation"
        );
        assert_eq!(stage.one(".system-line-text bdi").inner_text(), "Ana");
    }
}

#[test]
async fn links_open_elsewhere_and_tell_nothing() {
    let stage = list(MeSide::Agent).await;
    let row = changed(message("k", MessageKind::Visitor, ""), |row| {
        row.segments = vec![
            Segment::Text("see ".to_owned()),
            Segment::Link {
                text: "example.com".to_owned(),
                href: "https://example.com/".to_owned(),
            },
            Segment::Text("!".to_owned()),
        ];
    });
    show(&stage, timeline(vec![row])).await;
    let link = stage.by_role("link", "example.com");
    assert_eq!(
        link.get_attribute("rel").unwrap(),
        "noopener noreferrer nofollow ugc"
    );
    assert_eq!(link.get_attribute("target").unwrap(), "_blank");
    assert_eq!(link.get_attribute("href").unwrap(), "https://example.com/");
    assert_eq!(text_of(&stage.one(".message-text")), "see example.com!");
}

#[test]
async fn every_character_is_shown_and_none_is_markup() {
    let texts = [
        "<img src=x onerror=alert(1)>",
        "a < b > c & {{name}} &lt;",
        "  two blanks\n\nand lines\t",
        "a\u{202e}evil\u{202c}b 👩‍👩‍👧‍👦 e\u{301}",
    ];
    let stage = list(MeSide::Agent).await;
    let rows = texts.iter().enumerate();
    let rows = rows.map(|(at, text)| message(&at.to_string(), MessageKind::Visitor, text));
    show(&stage, timeline(rows.collect())).await;
    let shown: Vec<String> = stage
        .all(".message-text")
        .iter()
        .map(|row| text_of(row))
        .collect();
    assert_eq!(shown, texts);
    assert!(stage.all("img").is_empty());
    assert!(
        stage
            .all(".message-text")
            .iter()
            .all(|row| row.dir() == "auto")
    );
}

#[test]
async fn a_failed_message_says_why_and_offers_both_ways_out() {
    let stage = list(MeSide::Visitor).await;
    let failed = changed(
        own("k", MessageKind::Visitor, "hi", DeliveryState::Failed),
        |row| row.problem = Some(ErrorCode::Forbidden),
    );
    show(&stage, timeline(vec![failed])).await;
    let problem = stage.one(".message-problem").inner_text();
    assert_eq!(problem, "You are not allowed to do this.");
    stage.asked();
    stage.by_role("button", "Retry").click();
    stage.by_role("button", "Discard").click();
    let key = || "k".to_owned();
    assert_eq!(
        stage.asked(),
        [
            Intent::RetryMessage { key: key() },
            Intent::DiscardMessage { key: key() }
        ]
    );
}

#[test]
async fn another_language_draws_the_rows_again() {
    let stage = list(MeSide::Visitor).await;
    let row = own("k", MessageKind::Visitor, "hi", DeliveryState::Read);
    show(&stage, timeline(vec![row])).await;
    let node = stage.one("[data-kind]");
    stage
        .catalogue
        .set(Catalogue::parse("es", SPANISH).unwrap());
    settled().await;
    assert!(node.is_connected());
    assert_eq!(node.get_attribute("aria-label").unwrap(), "Tu mensaje");
    assert_eq!(stage.one(".delivery-mark").inner_text(), "Leído");
}

#[test]
async fn who_reads_the_newest_goes_on_reading_the_newest() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 40))).await;
    assert_eq!(below(&stage), 0);
    assert!(
        stage
            .asked()
            .contains(&Intent::LookAtNewest { in_view: true })
    );
    show(&stage, timeline(many(0, 60))).await;
    assert_eq!(below(&stage), 0);
    assert!(stage.find("button", "Jump to newest").is_none());
}

/// A scroll of our own is told a frame later; what grew meanwhile is no step of the reader's.
#[test]
async fn who_reads_the_newest_does_so_while_the_list_grows_under_a_scroll() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 40))).await;
    stage.mirror.show_timeline(timeline(many(0, 50)));
    leptos::task::tick().await;
    assert!(below(&stage) > 100, "grown, and not looked at yet");
    let told = web_sys::Event::new("scroll").unwrap();
    log(&stage).dispatch_event(&told).unwrap();
    settled().await;
    assert_eq!(below(&stage), 0);
    assert!(stage.find("button", "Jump to newest").is_none());
}

#[test]
async fn who_reads_older_messages_is_left_there_and_can_jump() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 40))).await;
    log(&stage).set_scroll_top(200);
    settled().await;
    stage.asked();
    let mut more = timeline(many(0, 42));
    more.unread = 2;
    show(&stage, more).await;
    assert_eq!(log(&stage).scroll_top(), 200);
    stage.by_role("button", "2 new messages").click();
    settled().await;
    assert_eq!(below(&stage), 0);
    assert_eq!(stage.asked(), [Intent::LookAtNewest { in_view: true }]);
}

#[test]
async fn leaving_the_newest_is_told_once() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 40))).await;
    stage.asked();
    for top in [300, 280, 260] {
        log(&stage).set_scroll_top(top);
        settled().await;
    }
    assert_eq!(stage.asked(), [Intent::LookAtNewest { in_view: false }]);
}

#[test]
async fn older_messages_come_in_above_without_a_jump() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    let mut view = timeline(many(50, 90));
    view.has_older = true;
    show(&stage, view).await;
    stage.asked();
    log(&stage).set_scroll_top(100);
    settled().await;
    assert!(stage.asked().contains(&Intent::LoadOlder));
    let read = stage.all("[data-kind]")[5].clone();
    let before = read.get_bounding_client_rect().top();
    show(&stage, timeline(many(0, 90))).await;
    assert_eq!(stage.all("[data-kind]").len(), 90);
    let moved = read.get_bounding_client_rect().top() - before;
    assert!(moved.abs() < 1.0, "moved by {moved}");
}

#[test]
async fn ones_own_new_message_is_shown_at_once() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 40))).await;
    log(&stage).set_scroll_top(0);
    settled().await;
    let mut rows = many(0, 40);
    rows.push(own(
        "mine",
        MessageKind::Visitor,
        "hi",
        DeliveryState::Sending,
    ));
    show(&stage, timeline(rows)).await;
    settled().await;
    assert_eq!(below(&stage), 0);
}

#[test]
async fn arrow_keys_step_through_messages() {
    let stage = list(MeSide::Agent).await;
    show(&stage, timeline(many(0, 3))).await;
    let log = log(&stage);
    log.focus().unwrap();
    press(&log, "ArrowUp", |_| {});
    let rows = stage.all("[data-kind]");
    let focused = || document().active_element().unwrap();
    assert_eq!(focused(), *rows[2]);
    press(&rows[2], "ArrowUp", |_| {});
    assert_eq!(focused(), *rows[1]);
    press(&rows[1], "Home", |_| {});
    assert_eq!(focused(), *rows[0]);
}

#[test]
async fn a_writer_keeps_their_colour_in_every_language() {
    let stage = list(MeSide::Visitor).await;
    let nameless = |name: Option<&str>| {
        changed(message("k", MessageKind::Agent, "hi"), |row| {
            row.author.name = name.map(str::to_owned);
        })
    };
    show(&stage, timeline(vec![nameless(Some("Ana"))])).await;
    let hue = || stage.one(".avatar").get_attribute("data-hue");
    let before = hue();
    show(&stage, timeline(vec![nameless(None)])).await;
    assert_eq!(hue(), before);
    stage
        .catalogue
        .set(Catalogue::parse("es", SPANISH).unwrap());
    settled().await;
    assert_eq!(hue(), before);
}

#[cfg(feature = "agent")]
#[test]
async fn a_note_says_in_words_and_shape_that_it_is_one() {
    use client_core::view::NoteView;

    let stage = list(MeSide::Agent).await;
    let note = |key: &str, mentions_me: bool| {
        changed(message(key, MessageKind::Unknown, "secret"), |row| {
            row.author.role = protocol::author::AuthorRole::Agent;
            row.author.name = Some("Ana".to_owned());
            row.note = Some(NoteView {
                mentions_me,
                team: None,
            });
        })
    };
    let failed = changed(note("f", false), |row| {
        row.own = true;
        row.state = Some(DeliveryState::Failed);
        row.problem = Some(ErrorCode::Forbidden);
    });
    let of_team = changed(note("t", true), |row| {
        row.note = Some(NoteView {
            mentions_me: true,
            team: Some("Billing".to_owned()),
        });
    });
    show(
        &stage,
        timeline(vec![note("a", false), note("b", true), failed, of_team]),
    )
    .await;
    let bubble = stage.by_role("article", "Private note from Ana");
    assert_eq!(bubble.get_attribute("data-kind").unwrap(), "note");
    assert_eq!(bubble.get_attribute("data-side").unwrap(), "end");
    let head = bubble.query_selector(".message-author").unwrap().unwrap();
    assert!(!head.has_attribute("hidden"));
    let words = text_of(&head.unchecked_into());
    assert!(
        words.contains("Private note") && words.contains("Ana"),
        "{words}"
    );
    assert!(
        bubble
            .query_selector(".message-author > .icon")
            .unwrap()
            .is_some()
    );
    let marked = stage.all("[data-mentions-me]");
    assert_eq!(marked.len(), 2);
    assert!(text_of(&marked[0]).contains("mentions you"));
    assert!(text_of(&marked[1]).contains("mentions your team Billing"));
    let failed = stage.by_role("article", "Your private note");
    assert!(text_of(&failed).contains("somebody you mention"));
}

#[test]
async fn a_deleted_message_keeps_its_row_and_says_that_it_is() {
    let stage = list(MeSide::Visitor).await;
    let said = message("k", MessageKind::Agent, "secret");
    show(&stage, timeline(vec![said.clone()])).await;
    let node = stage.one("[data-kind]");
    let gone = changed(said.clone(), |row| {
        row.deleted = true;
        row.segments = vec![Segment::Text(String::new())];
    });
    show(&stage, timeline(vec![gone])).await;
    assert!(node.is_connected());
    assert_eq!(text_of(&stage.one(".message-text")), "Message deleted");
    assert!(node.has_attribute("data-deleted"));
    stage
        .catalogue
        .set(Catalogue::parse("es", SPANISH).unwrap());
    settled().await;
    assert_eq!(text_of(&stage.one(".message-text")), "Mensaje eliminado");
    // What failed to be deleted is there again.
    show(&stage, timeline(vec![said])).await;
    assert_eq!(text_of(&stage.one(".message-text")), "secret");
}

#[test]
async fn an_edited_message_is_marked_and_a_quote_leads_to_what_it_quotes() {
    let stage = list(MeSide::Visitor).await;
    let quoting = changed(message("k", MessageKind::Agent, "this"), |row| {
        row.edited = true;
        row.quote = Some(Box::new(QuoteView {
            message: MessageId::parse("m1").unwrap(),
            author: row.author.clone(),
            own: true,
            text: "which?".to_owned(),
            attachment: None,
            deleted: false,
        }));
    });
    show(&stage, timeline(vec![quoting.clone()])).await;
    assert_eq!(text_of(&stage.one(".message-edited")), "edited");
    let quote = stage.one(".message-quote");
    assert_eq!(text_of(&quote), "Youwhich?");
    stage.asked();
    quote.click();
    let wanted = Intent::SeekMessage(MessageId::parse("m1").unwrap());
    assert!(stage.asked().contains(&wanted));
    let gone = changed(quoting, |row| {
        row.quote.as_mut().unwrap().deleted = true;
    });
    show(&stage, timeline(vec![gone])).await;
    assert_eq!(text_of(&stage.one(".message-quote")), "YouMessage deleted");
}

#[test]
async fn who_looks_for_a_message_is_led_to_it_and_it_is_marked() {
    let stage = list(MeSide::Visitor).await;
    give_room(&stage).await;
    show(&stage, timeline(many(0, 60))).await;
    assert_eq!(below(&stage), 0);
    show(&stage, seeking("20", many(0, 60))).await;
    settled().await;
    let row = stage.one("[data-key='20']");
    assert!(row.has_attribute("data-found"));
    let (list, place) = (
        log(&stage).get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    assert!(place.top() >= list.top() && place.bottom() <= list.bottom());
    assert_eq!(document().active_element().unwrap(), *row);
    stage.by_role("button", "Jump to newest");
    // It stays while something new comes.
    let at = log(&stage).scroll_top();
    show(&stage, seeking("20", many(0, 61))).await;
    assert_eq!(log(&stage).scroll_top(), at);
}

/// Kinds differ by more than colour: by what they are called, and by icon, word or side.
#[cfg(feature = "agent")]
#[test]
async fn kinds_have_names_signs_and_sides_of_their_own() {
    let stage = list(MeSide::Agent).await;
    let note = changed(message("n", MessageKind::Unknown, "x"), |row| {
        row.note = Some(client_core::view::NoteView::default());
    });
    show(
        &stage,
        timeline(vec![
            message("v", MessageKind::Visitor, "x"),
            message("a", MessageKind::Agent, "x"),
            message("r", MessageKind::Automated, "x"),
            note,
        ]),
    )
    .await;
    let looks: Vec<_> = stage
        .all("[data-kind]")
        .into_iter()
        .map(|row| {
            let icon = row.query_selector(".message-author svg path").unwrap();
            (
                row.get_attribute("aria-label").unwrap(),
                row.get_attribute("data-side").unwrap(),
                icon.map(|path| path.get_attribute("d").unwrap()),
                row.query_selector(".message-tag")
                    .unwrap()
                    .map(|tag| text_of(&tag)),
            )
        })
        .collect();
    let names: Vec<_> = looks.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Message from Visitor",
            "Message from Ana",
            "Automated message from Robot",
            "Private note from Ana"
        ]
    );
    for (at, one) in looks.iter().enumerate() {
        for other in &looks[at + 1..] {
            let differ = (&one.1, &one.2, &one.3) != (&other.1, &other.2, &other.3);
            assert!(differ, "{one:?} and {other:?}");
        }
    }
}
