//! A question's buttons, as visitors press them and agents see them.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::{
    AnswerState, AnswerView, ComposerView, QuestionView, Restart, WaitingView,
};
use leptos::prelude::*;
use protocol::ids::MessageId;
use protocol::message::MessageKind;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{Composer, MeSide, MessageList, waiting_line};
use crate::i18n::Key;
use crate::tests::rows::{changed, message, timeline};
use crate::tests::stage::{Stage, settled, stage, text_of};

fn question(state: AnswerState, chosen: Option<usize>) -> QuestionView {
    let texts = ["Yes", "No"].iter().enumerate();
    QuestionView {
        message: MessageId::parse("q").unwrap(),
        state,
        buttons: texts
            .map(|(at, text)| AnswerView {
                id: text.to_lowercase(),
                text: (*text).to_owned(),
                href: None,
                chosen: chosen == Some(at),
            })
            .collect(),
    }
}

async fn show(stage: &Stage, question: QuestionView) {
    let asks = changed(message("q", MessageKind::Automated, "Tea?"), |row| {
        row.question = Some(Box::new(question));
    });
    stage.mirror.show_timeline(timeline(vec![asks]));
    settled().await;
}

async fn asked(me_side: MeSide) -> Stage {
    let stage = stage(move || {
        view! {
            <MessageList label=Key::WIDGET_LOG_LABEL me_side />
            <Composer label=Key::COMMON_COMPOSER_LABEL />
        }
    })
    .await;
    show(&stage, question(AnswerState::Open, None)).await;
    stage.asked();
    stage
}

fn press_yes() -> Intent {
    Intent::PressButton {
        question: MessageId::parse("q").unwrap(),
        button: "yes".to_owned(),
    }
}

#[test]
async fn an_answer_is_pressed_once_and_stays_while_it_is_on_its_way() {
    let stage = asked(MeSide::Visitor).await;
    let yes = stage.by_role("button", "Yes");
    yes.click();
    assert_eq!(stage.asked(), [press_yes()]);
    show(&stage, question(AnswerState::Answering, Some(0))).await;
    assert!(yes.is_connected());
    assert_eq!(yes.get_attribute("aria-disabled").unwrap(), "true");
    assert!(yes.has_attribute("data-chosen"));
    yes.click();
    stage.by_role("button", "No").click();
    assert_eq!(stage.asked(), []);
    show(&stage, question(AnswerState::Closed, Some(0))).await;
    assert!(stage.find("button", "Yes").is_none());
}

#[test]
async fn after_an_answer_the_focus_is_where_one_writes_once_one_can() {
    let stage = asked(MeSide::Visitor).await;
    let input = stage.by_role("textbox", "Message");
    let lock = |is_locked| ComposerView {
        is_locked,
        ..ComposerView::default()
    };
    stage.mirror.composer.set(lock(true));
    settled().await;
    let yes = stage.by_role("button", "Yes");
    yes.focus().unwrap();
    yes.click();
    settled().await;
    assert_eq!(document().active_element().unwrap(), *yes);
    stage.mirror.composer.set(lock(false));
    settled().await;
    assert_eq!(document().active_element().unwrap(), *input);
}

#[test]
async fn agents_see_which_answers_there_were_and_which_it_was() {
    let stage = asked(MeSide::Agent).await;
    show(&stage, question(AnswerState::Closed, Some(1))).await;
    assert!(stage.find("button", "Yes").is_none(), "nothing to press");
    let chips = stage.all(".answer");
    assert_eq!(chips.len(), 2);
    assert!(!chips[0].has_attribute("data-chosen"));
    assert!(chips[1].has_attribute("data-chosen"));
    assert_eq!(text_of(&chips[1]), "No");
}

#[test]
async fn the_chatbot_can_be_begun_again_and_only_once() {
    let stage = asked(MeSide::Visitor).await;
    assert!(stage.find("button", "Start again").is_none());
    stage
        .mirror
        .head
        .update(|head| head.restart = Restart::Offered);
    settled().await;
    let again = stage.by_role("button", "Start again");
    assert!(again.closest("[role=log]").unwrap().is_some());
    again.click();
    assert_eq!(stage.asked(), [Intent::RestartChatbot]);
    stage
        .mirror
        .head
        .update(|head| head.restart = Restart::Asked);
    settled().await;
    assert_eq!(again.get_attribute("aria-disabled").unwrap(), "true");
}

#[test]
async fn who_waits_is_told_the_place_and_the_time() {
    let stage = stage(|| waiting_line().view()).await;
    let told = || text_of(&stage.one("[role=status]"));
    assert_eq!(told(), "");
    let wait = |waiting| stage.mirror.head.update(|head| head.waiting = waiting);
    wait(Some(WaitingView::default()));
    settled().await;
    assert_eq!(told(), "Connecting you…");
    wait(Some(WaitingView {
        position: Some(2),
        expected_wait_ms: Some(150_000),
        nobody_there: false,
    }));
    settled().await;
    assert_eq!(
        told(),
        "Connecting you…You are number 2 in line · about 3 minutes"
    );
    wait(None);
    settled().await;
    assert_eq!(told(), "");
}
