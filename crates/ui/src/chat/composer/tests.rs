//! The composer as a person uses it.
#![cfg(target_arch = "wasm32")]

use client_core::view::{AimView, ComposerView, FileProblem, QuoteView};
use client_core::{Intent, LocalFile};
use leptos::prelude::*;
use protocol::author::{Author, AuthorRole};
use protocol::error::ErrorCode;
use protocol::ids::MessageId;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::chat::Composer;
use crate::i18n::Key;
use crate::tests::stage::{Stage, press, settled, stage, type_text};

async fn composer() -> Stage {
    stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await
}

fn input(stage: &Stage) -> HtmlElement {
    stage.by_role("textbox", "Message")
}

fn value(stage: &Stage) -> String {
    input(stage).unchecked_into::<HtmlTextAreaElement>().value()
}

#[test]
async fn what_is_typed_goes_to_the_core_and_enter_sends_it() {
    let stage = composer().await;
    type_text(&input(&stage), "hello");
    assert!(!press(&input(&stage), "Enter", |_| {}), "no line break");
    let text = "hello".to_owned();
    assert_eq!(
        stage.asked(),
        [Intent::EditDraft { text }, Intent::SendDraft]
    );
}

#[test]
async fn the_field_empties_because_the_core_did_and_not_by_itself() {
    let stage = composer().await;
    type_text(&input(&stage), "hello");
    press(&input(&stage), "Enter", |_| {});
    settled().await;
    assert_eq!(value(&stage), "hello");
    stage.mirror.composer.set(ComposerView {
        revision: 1,
        ..ComposerView::default()
    });
    settled().await;
    assert_eq!(value(&stage), "");
}

#[test]
async fn a_draft_of_the_same_revision_never_disturbs_who_types() {
    let stage = composer().await;
    type_text(&input(&stage), "new");
    stage.mirror.composer.set(ComposerView {
        draft: "old".to_owned(),
        can_send: true,
        ..ComposerView::default()
    });
    settled().await;
    assert_eq!(value(&stage), "new");
}

#[test]
async fn the_enter_that_ends_a_composition_sends_nothing() {
    let stage = composer().await;
    assert!(press(&input(&stage), "Enter", |init| init.set_is_composing(true)));
    assert!(press(&input(&stage), "Enter", |init| init.set_key_code(229)));
    assert_eq!(stage.asked(), []);
}

#[test]
async fn shift_and_enter_make_a_line() {
    let stage = composer().await;
    assert!(press(&input(&stage), "Enter", |init| init.set_shift_key(true)));
    assert_eq!(stage.asked(), []);
}

#[test]
async fn the_button_sends_and_leaves_the_focus_in_the_text() {
    let stage = composer().await;
    stage.by_role("button", "Send").click();
    assert_eq!(stage.asked(), [Intent::SendDraft]);
    let focused = document().active_element().unwrap();
    assert_eq!(focused, input(&stage).unchecked_into());
}

#[test]
async fn the_button_says_whether_there_is_something_to_send() {
    let stage = composer().await;
    let send = stage.by_role("button", "Send");
    assert_eq!(send.get_attribute("aria-disabled").unwrap(), "true");
    stage.mirror.composer.update(|view| view.can_send = true);
    settled().await;
    assert_eq!(send.get_attribute("aria-disabled").unwrap(), "false");
}

#[test]
async fn a_refusal_is_a_sentence_and_the_counter_counts_both_ways() {
    let stage = composer().await;
    assert!(stage.one(".composer-counter").hidden());
    stage
        .mirror
        .composer
        .update(|view| view.remaining = Some(1));
    settled().await;
    assert_eq!(
        stage.one(".composer-counter").inner_text(),
        "1 character left"
    );
    stage.mirror.composer.update(|view| {
        view.remaining = Some(-2);
        view.problem = Some(ErrorCode::TextTooLong);
    });
    settled().await;
    assert_eq!(
        stage.one(".composer-counter").inner_text(),
        "2 characters too many"
    );
    let problem = stage.one(".composer-problem");
    assert_eq!(
        problem.inner_text(),
        "The message is too long. Shorten it and send it again."
    );
    let described_by = input(&stage).get_attribute("aria-describedby");
    assert_eq!(described_by, Some(problem.id()));
}

fn file(id: &str, name: &str) -> LocalFile {
    LocalFile {
        id: id.to_owned(),
        name: name.to_owned(),
        size: 2048,
        media_type: String::new(),
        voice: None,
    }
}

#[test]
async fn files_are_offered_only_where_the_core_takes_them() {
    let stage = composer().await;
    assert!(stage.find("button", "Attach file").is_none());
    stage.mirror.composer.update(|view| view.can_attach = true);
    settled().await;
    stage.by_role("button", "Attach file");
}

#[test]
async fn chosen_files_are_chips_that_can_be_taken_away() {
    let stage = composer().await;
    let name = "<b>hostile</b>\u{202e}gpj.exe";
    stage.mirror.composer.update(|view| {
        view.can_attach = true;
        view.files = vec![file("1", "a.png"), file("2", name)];
    });
    settled().await;
    let chips = stage.all("[part=file]");
    assert_eq!(chips.len(), 2);
    assert!(chips[0].inner_text().contains("2 kB"));
    assert!(chips[1].inner_text().contains("<b>hostile</b>gpj.exe"));
    stage.by_role("button", "Remove a.png").click();
    let id = "1".to_owned();
    assert_eq!(stage.asked(), [Intent::RemoveFile { id }]);
    stage
        .mirror
        .composer
        .update(|view| view.files.remove(0).size = 0);
    settled().await;
    assert_eq!(stage.all("[part=file]"), [chips[1].clone()]);
}

#[test]
async fn files_that_do_not_fit_are_named_with_the_limit() {
    let stage = composer().await;
    let refused = |code, limit| FileProblem {
        code,
        names: vec!["a.bin".to_owned(), "b.bin".to_owned()],
        limit,
    };
    for (problem, start) in [
        (
            refused(ErrorCode::UploadTooLarge, 52_428_800),
            "Files may have at most 50 MB.",
        ),
        (
            refused(ErrorCode::UploadEmpty, 0),
            "Empty files cannot be sent.",
        ),
        (
            refused(ErrorCode::TooManyAttachments, 10),
            "One message takes at most 10 files.",
        ),
    ] {
        stage
            .mirror
            .composer
            .update(|view| view.refused = Some(problem));
        settled().await;
        let said = stage.one(".composer-problem").inner_text();
        assert!(said.starts_with(start), "{said}");
        assert!(said.contains("a.bin") && said.contains("b.bin"), "{said}");
    }
}

fn aim(edits: bool) -> AimView {
    AimView {
        edits,
        quote: QuoteView {
            message: MessageId::parse("m1").unwrap(),
            author: Author {
                role: AuthorRole::Agent,
                agent: None,
                name: Some("Ana".to_owned()),
            },
            own: edits,
            text: "Which one?".to_owned(),
            attachment: None,
            deleted: false,
        },
    }
}

async fn aimed(edits: bool) -> Stage {
    let stage = composer().await;
    stage.mirror.composer.set(ComposerView {
        draft: if edits { "Which one?" } else { "" }.to_owned(),
        revision: 1,
        aim: Some(aim(edits)),
        ..ComposerView::default()
    });
    settled().await;
    stage
}

#[test]
async fn what_a_text_is_for_stands_above_it_and_escape_leaves_it() {
    for (edits, words, leave) in [
        (true, "Editing your message", "Stop editing"),
        (false, "Reply to Ana", "Do not quote"),
    ] {
        let stage = aimed(edits).await;
        let bar = stage.one(".editing-bar");
        assert!(bar.text_content().unwrap().contains(words));
        assert!(bar.text_content().unwrap().contains("Which one?"));
        assert_eq!(document().active_element().unwrap(), *input(&stage));
        assert!(!press(&input(&stage), "Escape", |_| {}));
        stage.by_role("button", leave).click();
        assert_eq!(stage.asked(), [Intent::LeaveAim, Intent::LeaveAim]);
        stage.mirror.composer.set(ComposerView::default());
        settled().await;
        assert_eq!(stage.all(".editing-bar").len(), 0);
        assert!(press(&input(&stage), "Escape", |_| {}), "not ours any more");
    }
}

#[test]
async fn the_key_upwards_edits_the_last_message_when_nothing_is_written() {
    let stage = composer().await;
    assert!(!press(&input(&stage), "ArrowUp", |_| {}));
    assert_eq!(stage.asked(), [Intent::EditLast]);
    type_text(&input(&stage), "x");
    stage.asked();
    assert!(press(&input(&stage), "ArrowUp", |_| {}));
    assert_eq!(stage.asked(), []);
}
